"""What exports know of a person: the files they asked for as staff."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .actions import forget_exports
from .models import Export
from .queries import exports_of


def _export(person: Person) -> list[dict[str, Any]]:
    return list(exports_of(person).values("dataset", "sheet", "asked", "state", "rows_total", "created_at"))


def _erase(person: Person, now: datetime) -> None:
    forget_exports(exports_of(person))


personal_data.register(
    "exports",
    PersonalData(
        _("Files I exported as a member of staff"),
        covers=(Export._meta.label,),
        export=_export,
        erase=_erase,
    ),
)
