"""Announcing what happened, and what administrators do with their webhooks."""

import time
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from zenne.core.errors import Invalid
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history
from zenne.people.organisations.models import Organisation

from . import queries, sending, signing
from .delivering import write_ping
from .enums import KEPT, LEASE, DeliveryState, SubscriptionState
from .kinds import webhooks
from .models import Delivery, Subscription
from .rules import may_become, may_subscribe
from .tasks import hand_over, tell

#: Things that happen often are told of at most this often, with where they stand by then.
GATHERED = timedelta(minutes=1)
MESSAGES = uuid.UUID("6f0c52a2-5d0f-4c58-9a3f-0f6e6f6a3c11")
ONE_ROUND = 500
_gathering: dict[tuple[str, int], float] = {}

REFUSALS = {
    "scheme": gettext_noop("The address must begin with https://."),
    "address": gettext_noop(
        "This is not a full address of one line, such as https://example.org/hook. Names with accents are written as xn--…"
    ),
    "unknown-host": gettext_noop("Nobody knows this host name."),
    "private-address": gettext_noop(
        "This address lies inside a private network. Only addresses of the public internet are called."
    ),
}


def announce(event: str, key: int, *, organisation: int, now: datetime, **facts: object) -> None:
    """Say that `event` happened to the thing with this primary key, in the transaction that makes it happen.

    Costs nothing where nobody listens. Where somebody does, the message is written by the worker once this is committed: what is rolled back is
    never told, and what is committed is never lost.
    """
    if queries.is_wanted(event, organisation):
        _hand_over(event, key, organisation, str(uuid.uuid4()), now, facts)


def announce_count(event: str, key: int, *, organisation: int, now: datetime) -> None:
    """Say that a count changed. The first change starts a minute; one message then tells where the count stands."""
    if not queries.is_wanted(event, organisation):
        return
    present = time.monotonic()
    if _gathering.get((event, key), 0.0) > present:
        return  # the message to come will read this change too

    def gather() -> None:
        if len(_gathering) > 10_000:
            _gathering.clear()
        seconds = GATHERED.total_seconds()
        message = str(uuid.uuid4())
        _gathering[event, key] = present + seconds - 5
        tell.configure(schedule_in={"seconds": int(seconds)}).defer(
            event=event, key=key, organisation=organisation, message=message, at=(now + GATHERED).isoformat(), facts={}
        )

    transaction.on_commit(gather)


def announce_once(event: str, key: int, *, organisation: int, at: datetime) -> bool:
    """Say what the clock found: however often it finds the same, `event` at the moment `at` is told once. Whether it was told now."""
    message = uuid.uuid5(MESSAGES, f"{event} {key} {at.isoformat()}")
    if not queries.is_wanted(event, organisation) or queries.is_told(message):
        return False
    _hand_over(event, key, organisation, str(message), at, {})
    return True


def _hand_over(event: str, key: int, organisation: int, message: str, at: datetime, facts: dict[str, object]) -> None:
    """Through the same connection: the task is committed with what it tells of."""
    tell.defer(event=event, key=key, organisation=organisation, message=message, at=at.isoformat(), facts=facts)


@transaction.atomic
def subscribe(
    *, organisation: Organisation, name: str, address: str, events: Iterable[str], by: Person | None, now: datetime
) -> Subscription:
    """Begin to tell an address. Raises Invalid when it is no address of the public internet, or an event is unknown."""
    _require(by, organisation)
    made = Subscription(organisation=organisation, created_at=now)
    _fill(made, name, address, events)
    history.record("webhook.created", by=by, now=now, about=made, organisation=organisation)
    return made


@transaction.atomic
def change(
    subscription: Subscription, *, name: str, address: str, events: Iterable[str], by: Person | None, now: datetime
) -> Subscription:
    kept = _locked(subscription, by)
    _fill(kept, name, address, events)
    history.record("webhook.changed", by=by, now=now, about=kept, organisation=kept.organisation)
    return kept


def _fill(subscription: Subscription, name: str, address: str, events: Iterable[str]) -> None:
    wanted = sorted(set(events))
    if not wanted or not all(event in webhooks for event in wanted):
        raise Invalid(_("Choose at least one event."))
    if not name.strip():
        raise Invalid(_("Give it a name."))
    try:
        sending.checked(sending.parsed(address.strip()))
    except sending.Refused as refusal:
        raise Invalid(_(REFUSALS[str(refusal)])) from refusal
    subscription.name, subscription.address, subscription.events = name.strip(), address.strip(), wanted
    subscription.save()
    _asked_anew()


@transaction.atomic
def pause(subscription: Subscription, *, by: Person | None, now: datetime) -> Subscription:
    """Send nothing for a while. What happens meanwhile is not told later; what already waits is."""
    return _become(subscription, SubscriptionState.PAUSED, by, now)


@transaction.atomic
def resume(subscription: Subscription, *, by: Person | None, now: datetime) -> Subscription:
    """Go on after a pause, or after it was stopped."""
    return _become(subscription, SubscriptionState.ACTIVE, by, now)


def _become(subscription: Subscription, state: SubscriptionState, by: Person | None, now: datetime) -> Subscription:
    kept = _locked(subscription, by)
    require(may_become(kept, state))
    kept.state, kept.failing_since = state, None
    kept.save(update_fields=["state", "failing_since"])
    event = "webhook.paused" if state == SubscriptionState.PAUSED else "webhook.resumed"
    history.record(event, by=by, now=now, about=kept, organisation=kept.organisation)
    _asked_anew()
    return kept


@transaction.atomic
def reveal(subscription: Subscription, *, by: Person | None, now: datetime) -> str:
    """The secret, the one time that it is shown. Raises NotAllowed the second time."""
    kept = _locked(subscription, by)
    if kept.revealed_at is not None:
        require(Refused(Reason.WRONG_STATE))
    kept.revealed_at = now
    kept.save(update_fields=["revealed_at"])
    history.record("webhook.revealed", by=by, now=now, about=kept, organisation=kept.organisation)
    return signing.secret(kept)


@transaction.atomic
def rotate(subscription: Subscription, *, by: Person | None, now: datetime) -> str:
    """A new secret, shown now. For a day the old one signs as well."""
    kept = _locked(subscription, by)
    kept.generation += 1
    kept.rotated_at = kept.revealed_at = now
    kept.save(update_fields=["generation", "rotated_at", "revealed_at"])
    history.record("webhook.rotated", by=by, now=now, about=kept, organisation=kept.organisation)
    return signing.secret(kept)


@transaction.atomic
def ping(subscription: Subscription, *, by: Person | None, now: datetime) -> Delivery:
    """Send a test message, tried once."""
    made = write_ping(_locked(subscription, by), now=now)
    hand_over(made)
    return made


@transaction.atomic
def redeliver(delivery: Delivery, *, by: Person | None, now: datetime) -> Delivery:
    """Bring the same message again, under the same id, with all its tries before it."""
    kept = _locked(delivery.subscription, by)
    again = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if again.state == DeliveryState.WAITING and again.next_try_at and again.next_try_at <= now + LEASE:
        require(Refused(Reason.WRONG_STATE))  # somebody may have it in hand at this moment
    again.state, again.next_try_at, again.tries = DeliveryState.WAITING, now, 0
    again.save(update_fields=["state", "next_try_at", "tries"])
    details: dict[str, object] = {"message": str(again.message)}
    history.record("webhook.redelivered", by=by, now=now, about=kept, organisation=kept.organisation, details=details)
    hand_over(again)
    return again


@transaction.atomic
def unsubscribe(subscription: Subscription, *, by: Person | None, now: datetime) -> None:
    kept = _locked(subscription, by)
    history.record("webhook.deleted", by=by, now=now, about=kept, organisation=kept.organisation)
    kept.delete()
    _asked_anew()


def try_again(*, now: datetime) -> int:
    """Hand what is due to the worker; how many. Safe to repeat and to race: a delivery is claimed before it is tried."""
    waiting = list(queries.due(now)[:ONE_ROUND])
    for delivery in waiting:
        hand_over(delivery)
    return len(waiting)


def prune(*, now: datetime) -> int:
    """Forget what was delivered or given up long ago; how many."""
    old = queries.ended_before(now, KEPT)
    gone = 0
    while keys := list(old.order_by("id").values_list("pk", flat=True)[:ONE_ROUND]):
        Delivery.objects.filter(pk__in=keys).delete()
        gone += len(keys)
    return gone


def _locked(subscription: Subscription, by: Person | None) -> Subscription:
    rows = Subscription.objects.select_for_update(of=("self",)).select_related("organisation")
    kept = rows.get(pk=subscription.pk)
    _require(by, kept.organisation)
    return kept


def _require(by: Person | None, organisation: Organisation) -> None:
    if by is not None:  # None is the platform itself: the command line, the demonstration
        require(may_subscribe(by, organisation))


def _asked_anew() -> None:
    queries.forget()
    transaction.on_commit(queries.forget)
