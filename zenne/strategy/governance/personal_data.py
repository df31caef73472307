"""What governance knows of a person: the bodies they sit in, what they look after, and what they entered as staff."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Entry, Match, Piece, Resolution, Review, Seat, Stage


def _seats(person: Person) -> list[dict[str, Any]]:
    found = Seat.objects.filter(person=person).order_by("id")
    return list(found.values("id", "body_id", "name", "part", "since", "until"))


def _leave(person: Person, now: datetime) -> None:
    Seat.objects.filter(person=person).update(person=None)


def _work(person: Person) -> list[dict[str, Any]]:
    looked_after = {
        "review": Review.objects.filter(owner=person),
        "step": Stage.objects.filter(done_by=person),
        "application": Match.objects.filter(owner=person),
        "piece": Piece.objects.filter(done_by=person),
        "entry": Entry.objects.filter(owner=person),
        "resolution": Resolution.objects.filter(entered_by=person),
    }
    return [
        {"kind": kind, "id": number}
        for kind, rows in looked_after.items()
        for number in rows.order_by("id").values_list("id", flat=True)
    ]


def _forget(person: Person, now: datetime) -> None:
    Review.objects.filter(owner=person).update(owner=None)
    Stage.objects.filter(done_by=person).update(done_by=None)
    Match.objects.filter(owner=person).update(owner=None)
    Piece.objects.filter(done_by=person).update(done_by=None)
    Entry.objects.filter(owner=person).update(owner=None)
    Resolution.objects.filter(entered_by=person).update(entered_by=None)


personal_data.register(
    "governance.seats",
    PersonalData(
        _("Bodies I sit or sat in"),
        covers=("governance.Seat",),
        export=_seats,
        erase=_leave,
        keeps=_(
            "Who held a public mandate stays readable, as in the minutes of the body; the link to your account goes."
        ),
    ),
)
personal_data.register(
    "governance.work",
    PersonalData(
        _("Reviews, applications and registers I looked after as staff"),
        covers=(
            "governance.Review",
            "governance.Stage",
            "governance.Match",
            "governance.Piece",
            "governance.Entry",
            "governance.Resolution",
        ),
        export=_work,
        erase=_forget,
        keeps=_("The rows stay, without your name."),
    ),
)
