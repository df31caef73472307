"""What reports know of a person: which ones they prepared as staff. No report names an author of ideas."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Report


def _export(person: Person) -> list[dict[str, Any]]:
    return list(Report.objects.filter(created_by=person).order_by("id").values("process__slug", "title", "created_at"))


def _erase(person: Person, now: datetime) -> None:
    Report.objects.filter(created_by=person).update(created_by=None)


personal_data.register(
    "reports",
    PersonalData(
        _("Reports I prepared as a member of staff"),
        covers=(Report._meta.label,),
        export=_export,
        erase=_erase,
        keeps=_("The reports stay, without your name."),
    ),
)
