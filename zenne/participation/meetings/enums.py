"""States and their transitions, each as one table; the README's diagrams are printed from them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingState(TextChoices):
    """Where a meeting stands. Whether it is over is read from its dates."""

    DRAFT = "draft", pgettext_lazy("meeting", "Draft")
    ANNOUNCED = "announced", pgettext_lazy("meeting", "Announced")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


MEETING_TRANSITIONS: dict[MeetingState, tuple[MeetingState, ...]] = {
    MeetingState.DRAFT: (MeetingState.ANNOUNCED,),
    MeetingState.ANNOUNCED: (MeetingState.CANCELLED,),
    MeetingState.CANCELLED: (),
}


class RegistrationState(TextChoices):
    """Where somebody who wants to come stands. Only who is REGISTERED holds a place."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("registration", "Address not confirmed yet")
    REGISTERED = "registered", pgettext_lazy("registration", "Registered")
    WAITING = "waiting", pgettext_lazy("registration", "On the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")


# Who hears of what changes.
COMING: tuple[RegistrationState, ...] = (RegistrationState.REGISTERED, RegistrationState.WAITING)


class Need(TextChoices):
    """What lets somebody come. A meeting says which it offers; anything else is said in words."""

    CHILDCARE = "childcare", _("Childcare")
    SIGN = "sign", _("Sign language interpretation")
    INTERPRETATION = "interpretation", _("Interpretation into another language")
    WHEELCHAIR = "wheelchair", _("Access by wheelchair")
    HEARING = "hearing", _("Induction loop for hearing aids")


class Rhythm(TextChoices):
    """How the dates of a series follow one another."""

    WEEKLY = "weekly", _("Every so many weeks, on the same weekday")
    MONTHLY = "monthly", _("Every so many months, on the same weekday of the month (the second Tuesday)")
    DATE = "date", _("Every so many months, on the same date (the 15th)")
    LIST = "list", _("On the dates I give")
