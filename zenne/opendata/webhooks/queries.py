import time
import uuid
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role

from .enums import DeliveryState, SubscriptionState
from .models import Attempt, Delivery, Subscription

PING = "ping"
#: How long a process remembers who listens to what. A new subscription hears everything at most this much later.
SECONDS = 5.0
_remembered: list[tuple[float, frozenset[tuple[int, str]]]] = []


def is_wanted(event: str, organisation_id: int) -> bool:
    """Whether anybody listens to `event` of an organisation. Asked with every support and comment, so that it mostly costs no query."""
    present = time.monotonic()
    if not _remembered or present >= _remembered[0][0]:
        pairs = Subscription.objects.filter(state=SubscriptionState.ACTIVE).values_list("organisation_id", "events")
        _remembered[:] = [(present + SECONDS, frozenset((key, event) for key, events in pairs for event in events))]
    return (organisation_id, event) in _remembered[0][1]


def forget() -> None:
    """Ask again who listens: after a subscription changed, and between tests."""
    _remembered.clear()


def listeners(event: str, organisation_id: int, at: datetime) -> QuerySet[Subscription]:
    """Who hears that `event` happened at `at`: whoever had subscribed by then and is not paused."""
    found = Subscription.objects.filter(organisation_id=organisation_id, events__contains=[event])
    return found.filter(state=SubscriptionState.ACTIVE, created_at__lte=at).order_by("id")


def is_told(message: uuid.UUID) -> bool:
    return Delivery.objects.filter(message=message).exists()


def due(now: datetime) -> QuerySet[Delivery]:
    """What is to be tried now. What waits for a paused address waits on; a test message is for finding out, so it goes all the same."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=now)
    heard = Q(subscription__state=SubscriptionState.ACTIVE) | Q(event=PING)
    return waiting.filter(heard).order_by("next_try_at", "id")


def ended_before(now: datetime, kept: timedelta) -> QuerySet[Delivery]:
    return Delivery.objects.filter(made_at__lt=now - kept).exclude(state=DeliveryState.WAITING)


def listed(subscription: Subscription, before: int | None = None) -> QuerySet[Delivery]:
    """Deliveries with their attempts, the newest first; with `before`, those older than that one."""
    attempts = Prefetch("attempts", Attempt.objects.order_by("number", "id"))
    found = subscription.deliveries.prefetch_related(attempts).order_by("-id")
    return found.filter(pk__lt=before) if before else found


def administrators(subscription: Subscription) -> QuerySet[Person]:
    """Who is told when an address stopped answering."""
    held = {"memberships__organisation": subscription.organisation_id, "memberships__role": Role.ADMIN}
    return Person.objects.filter(is_active=True, **held).order_by("id").distinct()
