"""Whom a campaign may reach because of a panel: those who sit in it."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.messaging.campaigns.kinds import Audience, audiences
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from .enums import PanelState
from .models import Panel


def _panels(organisation: Organisation) -> list[tuple[int, str]]:
    rows = Panel.objects.filter(process__organisation=organisation, state=PanelState.AT_WORK).order_by("-pk")
    return [(panel.pk, str(panel)) for panel in rows]


def _members(organisation: Organisation, number: int) -> QuerySet[Person]:
    """The group holds who sits today."""
    return Person.objects.filter(groups_joined__panel=number, groups_joined__organisation=organisation)


audiences.register("panels.members", Audience(_("Members of a panel"), things=_panels, people=_members, order=30))
