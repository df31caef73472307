"""What panels know of a person: the seats they have or had."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from . import actions
from .ibans import account_of
from .models import Amendment, Attendance, Payout, Post, Seat, StrawVoice, Version


def _export(person: Person) -> dict[str, Any]:
    fields = ("contact_name", "contact_email", "contact_phone", "contact_address", "language")
    shown = ("public_name", "public_district", "state", "seated_at", "claimed_at", "ended_at", "end", "reason")
    rows = Seat.objects.filter(person=person).order_by("id")
    told = rows.values("panel_id", "number", "term__begins_on", "term__ends_on", *fields, *shown)
    mine = {"seat__person": person}
    there = Attendance.objects.filter(**mine).order_by("meeting__starts_at", "id")
    said = Post.objects.filter(**mine).order_by("id")
    wrote = Version.objects.filter(**mine).order_by("draft_id", "number")
    proposed = Amendment.objects.filter(**mine).order_by("id")
    voices = StrawVoice.objects.filter(**mine).order_by("poll_id").prefetch_related("options")
    return {
        "seats": [row | {"account": account_of(seat)} for row, seat in zip(told, rows, strict=True)],
        "attendance": list(there.values("meeting_id", "meeting__starts_at", "present", "cents", "payout__number")),
        "said": list(said.values("thread__title", "text", "said_at", "state")),
        "texts_written": list(wrote.values("draft__title", "number", "changed", "written_at")),
        "amendments": list(
            proposed.values("draft__title", "number", "change", "title", "text", "motive", "state", "proposed_at")
        ),
        "straw_polls": [
            {"poll": voice.poll_id, "answers": [option.words for option in voice.options.all()]} for voice in voices
        ],
        "lists_closed_as_staff": list(
            Payout.objects.filter(closed_by=person).order_by("id").values("panel_id", "number", "closed_at")
        ),
    }


def _erase(person: Person, now: datetime) -> None:
    """Seats are left and forget the name; what was said and done stays under their numbers."""
    actions.forget(person, now=now)
    Payout.objects.filter(closed_by=person).update(closed_by=None)


personal_data.register(
    "panels",
    PersonalData(
        _("My seats in panels"),
        covers=("panels.Seat", "panels.Payout"),
        export=_export,
        erase=_erase,
        keeps=_(
            "Your seat's number stays, with the meetings it attended and what was said from it, without your name."
        ),
    ),
)
