from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Frequency(TextChoices):
    """How often a mail. Whatever is chosen, the message itself waits on the platform."""

    IMMEDIATE = "immediate", _("at once")
    DAILY = "daily", _("once a day, at 8 in the morning")
    WEEKLY = "weekly", _("once a week, on Monday at 8")
    NEVER = "never", _("never by e-mail")


DIGESTS = (Frequency.DAILY, Frequency.WEEKLY)
