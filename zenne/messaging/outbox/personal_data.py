"""What the outbox knows of a person: which letters went where, and which came back. All of it goes with the account."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Bounce, Letter, Unreachable


def _export(person: Person) -> dict[str, Any]:
    letters = Letter.objects.filter(person=person).order_by("id")
    bounces = Bounce.objects.filter(person=person).order_by("id")
    unreachable = Unreachable.objects.filter(person=person).order_by("id")
    return {
        "letters": list(letters.values("source", "key", "state", "address", "language", "created_at", "settled_at")),
        "came_back": list(bounces.values("address", "status", "reason", "at")),
        "unreachable": list(unreachable.values("address", "since", "reason")),
    }


def _erase(person: Person, now: datetime) -> None:
    Unreachable.objects.filter(person=person).delete()
    Bounce.objects.filter(person=person).delete()
    Letter.objects.filter(person=person).delete()


personal_data.register(
    "letters",
    PersonalData(
        _("Letters sent to me"),
        covers=("outbox.Letter", "outbox.Bounce", "outbox.Unreachable"),
        export=_export,
        erase=_erase,
    ),
)
