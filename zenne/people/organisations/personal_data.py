from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Invitation, Membership


def _export(person: Person) -> dict[str, Any]:
    memberships = Membership.objects.filter(person=person).order_by("id")
    invitations = Invitation.objects.filter(email__iexact=person.email).order_by("id")
    return {
        "memberships": list(memberships.values("organisation__slug", "role", "since")),
        "invitations": list(invitations.values("organisation__slug", "role", "invited_at", "accepted_at")),
    }


def _erase(person: Person, now: datetime) -> None:
    Invitation.objects.filter(email__iexact=person.email).delete()
    Membership.objects.filter(person=person).delete()


personal_data.register(
    "organisations",
    PersonalData(
        _("Organisations I work for"),
        covers=("organisations.Membership", "organisations.Invitation"),
        export=_export,
        erase=_erase,
    ),
)
