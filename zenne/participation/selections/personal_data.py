"""What selections know of a person: which ones they signed or annulled as staff."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Selection


def _export(person: Person) -> dict[str, Any]:
    columns = ("id", "title", "published_at", "annulled_at")
    return {
        "selections_published_as_staff": list(
            Selection.objects.filter(decided_by=person).order_by("id").values(*columns)
        ),
        "selections_annulled_as_staff": list(
            Selection.objects.filter(annulled_by=person).order_by("id").values(*columns)
        ),
    }


def _erase(person: Person, now: datetime) -> None:
    Selection.objects.filter(decided_by=person).update(decided_by=None)
    Selection.objects.filter(annulled_by=person).update(annulled_by=None)


personal_data.register(
    "selections",
    PersonalData(
        _("Selections I published as staff"),
        covers=("selections.Selection",),
        export=_export,
        erase=_erase,
        keeps=_("Published selections stay, without your name."),
    ),
)
