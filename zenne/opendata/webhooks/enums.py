"""States and their transitions, each as one table; the README's diagram is printed from it."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SubscriptionState(TextChoices):
    ACTIVE = "active", pgettext_lazy("webhook", "Active")
    PAUSED = "paused", pgettext_lazy("webhook", "Paused")
    STOPPED = "stopped", _("Stopped after too many failures")


TRANSITIONS: dict[SubscriptionState, tuple[SubscriptionState, ...]] = {
    SubscriptionState.ACTIVE: (SubscriptionState.PAUSED, SubscriptionState.STOPPED),
    SubscriptionState.PAUSED: (SubscriptionState.ACTIVE,),
    SubscriptionState.STOPPED: (SubscriptionState.ACTIVE,),
}


class DeliveryState(TextChoices):
    WAITING = "waiting", _("On its way")
    DELIVERED = "delivered", _("Delivered")
    DEAD = "dead", _("Given up")


# How long to wait after the first failure, the second, and so on: a little over two days in all, then a delivery is given up.
WAITS: tuple[timedelta, ...] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=18),
)
#: While one worker tries, nobody else does. A worker that was killed leaves its delivery to the next after this long.
LEASE = timedelta(minutes=2)
#: After a change of the secret both the old and the new one sign, so that a receiver can change over without losing anything.
OVERLAP = timedelta(hours=24)
#: What was delivered or given up is listed this long.
KEPT = timedelta(days=30)
