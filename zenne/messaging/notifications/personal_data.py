"""What messaging knows of a person: what they were told and how they want to hear of it. All of it goes with the account."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Notification, Pause, Preference


def _export(person: Person) -> dict[str, Any]:
    told = Notification.objects.filter(person=person).order_by("id").annotate(mailed_at=F("letter__settled_at"))
    chosen = Preference.objects.filter(person=person).order_by("id")
    return {
        "messages": list(told.values("kind", "scope", "facts", "excerpt", "url", "created_at", "read_at", "mailed_at")),
        "choices": list(chosen.values("kind", "scope", "frequency", "in_app")),
        "no_mail_until": list(Pause.objects.filter(person=person).order_by("id").values_list("until", flat=True)),
    }


def _erase(person: Person, now: datetime) -> None:
    Notification.objects.filter(person=person).delete()
    Preference.objects.filter(person=person).delete()
    Pause.objects.filter(person=person).delete()


personal_data.register(
    "messages",
    PersonalData(
        _("My messages"),
        covers=("notifications.Notification", "notifications.Preference", "notifications.Pause"),
        export=_export,
        erase=_erase,
    ),
)
