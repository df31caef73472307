"""What panels know of a person: the seats they have or had."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from . import actions
from .models import Seat


def _export(person: Person) -> dict[str, Any]:
    fields = ("contact_name", "contact_email", "contact_phone", "contact_address", "language", "account")
    shown = ("public_name", "public_district", "state", "seated_at", "claimed_at", "ended_at", "end", "reason")
    rows = Seat.objects.filter(person=person).order_by("id")
    return {"seats": list(rows.values("panel_id", "number", "term__begins_on", "term__ends_on", *fields, *shown))}


personal_data.register(
    "panels",
    PersonalData(
        _("My seats in panels"),
        covers=("panels.Seat",),
        export=_export,
        erase=lambda person, now: actions.forget(person, now=now) and None,
        keeps=_(
            "Your seat's number stays, with the meetings it attended and what was said from it, without your name."
        ),
    ),
)
