from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .kinds import in_words
from .models import Entry


def _export(person: Person) -> list[dict[str, Any]]:
    entries = Entry.objects.filter(actor=person).select_related("about_type").order_by("happened_at", "id")
    return [
        {
            "when": entry.happened_at,
            "what": in_words(entry.event),
            "about": f"{entry.about_type.app_label} {entry.about_id}",
            "details": entry.details,
        }
        for entry in entries
    ]


def _erase(person: Person, now: datetime) -> None:
    """Entries point to the person's row, which no longer names anybody."""


personal_data.register(
    "history",
    PersonalData(
        _("What I did, step by step"),
        covers=("history.Entry",),
        export=_export,
        erase=_erase,
        keeps=_(
            "The record of what happened to public things stays, so that decisions can be checked; it no longer says that it was you."
        ),
    ),
)
