"""The audiences that lie below messaging: people of a group, people of a commune or a district."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.people.access.models import Group
from zenne.people.accounts.enums import Purpose
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area

from .kinds import Audience, audiences


def _groups(organisation: Organisation) -> list[tuple[int, str]]:
    return list(Group.objects.filter(organisation=organisation).order_by("name", "pk").values_list("pk", "name"))


def _members(organisation: Organisation, number: int) -> QuerySet[Person]:
    return Person.objects.filter(groups_joined__organisation=organisation, groups_joined=number)


def _areas(organisation: Organisation) -> list[tuple[int, str]]:
    """Communes, each followed by its districts. Where people live is theirs to tell, so any organisation may name any area."""
    known = Area.objects.filter(kind__in=[AreaKind.COMMUNE, AreaKind.DISTRICT]).select_related("parent")
    rows = [
        ((str(area.parent) if area.kind == AreaKind.DISTRICT else str(area)), area) for area in known.order_by("pk")
    ]
    rows.sort(key=lambda row: (row[0].casefold(), row[1].kind == AreaKind.DISTRICT, str(row[1]).casefold()))
    return [(area.pk, f"{commune} · {area}" if area.kind == AreaKind.DISTRICT else commune) for commune, area in rows]


def _residents(organisation: Organisation, number: int) -> QuerySet[Person]:
    return Person.objects.filter(Q(residence__commune=number) | Q(residence__district=number))


audiences.register("people.group", Audience(_("People of a group"), things=_groups, people=_members, order=40))
audiences.register(
    "areas.residents",
    Audience(
        _("Residents of a commune or a district"), things=_areas, people=_residents, consent=Purpose.NEWS, order=50
    ),
)
