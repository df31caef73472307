"""What meetings know of a person: where they have or had a place, what they need to come, the address of their calendar."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from . import actions
from .models import CalendarKey, Minutes, Needs, Picture, Registration


def _export(person: Person) -> dict[str, Any]:
    places = Registration.objects.filter(person_id=person.pk).order_by("id")
    needs = Needs.objects.filter(registration__person_id=person.pk).order_by("registration_id")
    return {
        "places": list(
            places.values("meeting_id", "state", "created_at", "queued_at", "cancelled_at", "pictures", "present")
        ),
        "needs": list(needs.values("registration__meeting_id", "needs", "interpretation", "words")),
        "calendar_made_at": list(CalendarKey.objects.filter(person=person).values_list("made_at", flat=True)),
        "ticked_as_staff": Registration.objects.filter(ticked_by=person).count(),
        "minutes_written_as_staff": list(
            Minutes.objects.filter(written_by=person).order_by("meeting_id").values_list("meeting_id", flat=True)
        ),
        "pictures_added_as_staff": list(
            Picture.objects.filter(added_by=person).order_by("id").values_list("meeting_id", flat=True)
        ),
    }


def _erase(person: Person, now: datetime) -> None:
    actions.forget_person(person, now=now)
    Minutes.objects.filter(written_by=person).update(written_by=None)
    Picture.objects.filter(added_by=person).update(added_by=None)


personal_data.register(
    "meetings",
    PersonalData(
        _("Meetings I registered for"),
        covers=("meetings.Registration", "meetings.CalendarKey", "meetings.Minutes", "meetings.Picture"),
        export=_export,
        erase=_erase,
        keeps=_("The places count in the figures, without your name."),
    ),
)
