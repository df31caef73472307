"""What feasibility studies know of a person: the services they work in, and what they sent or answered as staff."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Service, Study


def _export(person: Person) -> dict[str, Any]:
    columns = ("id", "idea_id", "state")
    return {
        "services": list(Service.objects.filter(members=person).order_by("id").values("id", "name")),
        "studies_sent_as_staff": list(
            Study.objects.filter(requested_by=person).order_by("id").values(*columns, "requested_at")
        ),
        "studies_answered_as_staff": list(
            Study.objects.filter(answered_by=person).order_by("id").values(*columns, "answered_at")
        ),
    }


def _erase(person: Person, now: datetime) -> None:
    person.services.clear()  # type: ignore[attr-defined]
    Study.objects.filter(requested_by=person).update(requested_by=None)
    Study.objects.filter(answered_by=person).update(answered_by=None)


personal_data.register(
    "feasibility",
    PersonalData(
        _("Studies of ideas I worked on as staff"),
        covers=("feasibility.Service.members", "feasibility.Study"),
        export=_export,
        erase=_erase,
        keeps=_("The studies stay, without your name."),
    ),
)
