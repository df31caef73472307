"""What advices know of a person: which ones they issued, answered or withdrew as staff."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Advice

ROLES = ("issued_by", "answered_by", "withdrawn_by")


def _export(person: Person) -> dict[str, Any]:
    columns = ("id", "title", "issued_at", "answered_at", "withdrawn_at")
    return {
        f"advices_{role}_me": list(Advice.objects.filter(**{role: person}).order_by("id").values(*columns))
        for role in ROLES
    }


def _erase(person: Person, now: datetime) -> None:
    for role in ROLES:
        Advice.objects.filter(**{role: person}).update(**{role: None})


personal_data.register(
    "advices",
    PersonalData(
        _("Advices I issued, answered or withdrew as staff"),
        covers=("advices.Advice",),
        export=_export,
        erase=_erase,
        keeps=_("The advices stay, without your name."),
    ),
)
