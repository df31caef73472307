from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Frequency(TextChoices):
    """How often a mail. Whatever is chosen, the message itself waits on the platform."""

    IMMEDIATE = "immediate", _("at once")
    DAILY = "daily", _("once a day, at 8 in the morning")
    WEEKLY = "weekly", _("once a week, on Monday at 8")
    NEVER = "never", _("never by e-mail")


class Circle(TextChoices):
    """How near a kind of message is to its reader: the page of choices tells them apart in this order."""

    MINE = "mine", _("What I write and support")
    FOLLOWED = "followed", _("What I follow")
    MEETINGS = "meetings", _("Meetings I come to")
    SEATS = "seats", _("Juries, panels and bodies of which I am a member")
    WORK = "work", _("The work of my organisation")


DIGESTS = (Frequency.DAILY, Frequency.WEEKLY)
