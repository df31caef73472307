from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data
from zenne.people.history.queries import reads_of

from .models import Invitation, Membership, Organisation


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


def _export_reads(person: Person) -> list[dict[str, Any]]:
    """When an organisation's staff saw data of this person. Which colleague it was is the organisation's to know."""
    entries = list(reads_of(person))
    houses = Organisation.objects.in_bulk({entry.scope for entry in entries if entry.scope})
    return [
        {
            "when": entry.happened_at,
            "organisation": houses[entry.scope].slug if entry.scope in houses else None,
            "screen": entry.details["what"],
        }
        for entry in entries
    ]


def _erase_reads(person: Person, now: datetime) -> None:
    """Entries point to the person's row, which no longer names anybody."""


personal_data.register(
    "reads",
    PersonalData(
        _("When staff saw my e-mail address or where I live"),
        covers=(),
        export=_export_reads,
        erase=_erase_reads,
        keeps=_(
            "The record that staff opened data of an account stays, so that misuse can be found; it no longer says whose."
        ),
    ),
)
