"""What messaging knows of a person: what they were told and what they want no mail about. All of it goes with the account."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Notification, Silence


def _export(person: Person) -> dict[str, Any]:
    told = Notification.objects.filter(person=person).order_by("id")
    return {
        "messages": list(told.values("kind", "facts", "excerpt", "url", "created_at", "read_at", "mailed_at")),
        "no_mail_about": list(Silence.objects.filter(person=person).order_by("id").values_list("kind", flat=True)),
    }


def _erase(person: Person, now: datetime) -> None:
    Notification.objects.filter(person=person).delete()
    Silence.objects.filter(person=person).delete()


personal_data.register(
    "messages",
    PersonalData(
        _("My messages"), covers=("notifications.Notification", "notifications.Silence"), export=_export, erase=_erase
    ),
)
