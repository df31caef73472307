"""Letters to guests: people without an account, in the language in which they registered."""

from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from zenne.core import mail
from zenne.core.languages import shown

from .models import Registration
from .notifications import where


class What(StrEnum):
    CONFIRM = "confirm"
    REGISTERED = "registered"
    WAITING = "waiting"
    LET_IN = "let-in"
    REMINDER = "reminder"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    MINUTES = "minutes"


def write(registration: Registration, what: What, now: datetime) -> None:
    """One letter to one guest; nothing to who has no address (any more)."""
    if not registration.guest_email:
        return
    meeting = registration.meeting
    with override(registration.language):
        context = {
            "what": what.value,
            "name": registration.guest_name,
            "meeting": meeting,
            "title": str(meeting),
            "where": where(meeting),
            "reason": shown(meeting, "cancel_reason")[0],
            "process": shown(meeting.process, "title")[0],
            "organisation": meeting.process.organisation,
            "place_url": _address("meetings:place", registration.key),
            "page_url": _address("meetings:page", meeting.pk),
            "ics_url": _address("meetings:ics", meeting.pk),
        }
    mail.send(
        "participation/meetings/mail/guest",
        to=registration.guest_email,
        language=registration.language,
        context=context,
        now=now,
    )


def _address(name: str, *args: object) -> str:
    return settings.BASE_URL.rstrip("/") + reverse(name, args=args)
