"""What decisions know of a person: the commitments they said something of as staff."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Commitment


def _export(person: Person) -> list[dict[str, Any]]:
    found = Commitment.objects.filter(changed_by=person).order_by("id")
    return list(found.values("id", "idea_id", "state", "changed_at"))


def _erase(person: Person, now: datetime) -> None:
    Commitment.objects.filter(changed_by=person).update(changed_by=None)


personal_data.register(
    "decisions",
    PersonalData(
        _("Commitments I followed up as staff"),
        covers=("decisions.Commitment",),
        export=_export,
        erase=_erase,
        keeps=_("The commitments stay, without your name."),
    ),
)
