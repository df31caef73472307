"""Making messages and bringing them, one try at a time."""

import json
import uuid
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from zenne.core import clock, mail
from zenne.people.history import actions as history

from . import queries, signing
from .enums import LEASE, WAITS, DeliveryState, SubscriptionState
from .kinds import Facts, webhooks
from .models import Attempt, Delivery, Subscription
from .sending import Answer, post

AGENT = "Zenne-Webhooks/1"
GONE = 410


def write(
    event: str, key: int, facts: Facts, *, organisation: int, message: uuid.UUID, at: datetime, now: datetime
) -> list[Delivery]:
    """A delivery for everyone who listens, or none when the thing is not public. Doing it again adds nothing: a message is there once."""
    data = webhooks[event].data(key, facts)
    if data is None:
        return []
    told = body(event, data, at)
    for subscription in queries.listeners(event, organisation, at):
        Delivery.objects.bulk_create([_delivery(subscription, event, told, message, now)], ignore_conflicts=True)
    waiting = Delivery.objects.filter(message=message, state=DeliveryState.WAITING, tries=0)
    return list(waiting.order_by("id"))


def write_ping(subscription: Subscription, *, now: datetime) -> Delivery:
    data = {"organisation": subscription.organisation.slug, "webhook": subscription.name}
    made = _delivery(subscription, queries.PING, body(queries.PING, data, now), uuid.uuid4(), now)
    made.save()
    return made


def body(event: str, data: dict[str, Any], at: datetime) -> str:
    return json.dumps({"type": event, "timestamp": at.isoformat(), "data": data}, ensure_ascii=False)


def _delivery(subscription: Subscription, event: str, told: str, message: uuid.UUID, now: datetime) -> Delivery:
    return Delivery(subscription=subscription, event=event, body=told, message=message, made_at=now, next_try_at=now)


def bring(pk: int, *, now: datetime) -> Answer | None:
    """Try a delivery once and write down what came of it. None when it is not due, or in another worker's hands.

    It is claimed for a while before the address is asked: nobody else tries meanwhile, no transaction is held open while the other side thinks,
    and what a killed worker had begun is tried again after the lease, under the same id.
    """
    if not queries.due(now).filter(pk=pk).update(next_try_at=now + LEASE):
        return None
    delivery = Delivery.objects.select_related("subscription__organisation").get(pk=pk)
    content = delivery.body.encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": AGENT,
        **signing.headers(delivery.subscription, f"msg_{delivery.message.hex}", content, now=now),
    }
    answer = post(delivery.subscription.address, content, headers)
    _write_down(delivery, answer, now)
    return answer


@transaction.atomic
def _write_down(delivery: Delivery, answer: Answer, now: datetime) -> None:
    subscription = (
        Subscription.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=delivery.subscription_id)
    )
    Attempt.objects.create(
        delivery=delivery,
        number=delivery.attempts.count() + 1,
        at=now,
        code=answer.code,
        milliseconds=answer.milliseconds,
        fault=answer.fault,
        answer=answer.text,
    )
    tries = delivery.tries + 1
    if answer.taken:
        _move(delivery, DeliveryState.DELIVERED, None)
        Subscription.objects.filter(pk=subscription.pk, failing_since__isnull=False).update(failing_since=None)
        return
    if subscription.failing_since is None:
        subscription.failing_since = now
        subscription.save(update_fields=["failing_since"])
    gone = answer.code == GONE
    if not gone and tries <= len(WAITS) and delivery.event != queries.PING:
        _move(delivery, DeliveryState.WAITING, now + WAITS[tries - 1])
        return
    _move(delivery, DeliveryState.DEAD, None)
    since = delivery.attempts.order_by("at").first()
    # a message was given up, and nothing else got through in all that time either
    silent = since is not None and subscription.failing_since <= since.at and tries > len(WAITS)
    if (gone or silent) and subscription.state == SubscriptionState.ACTIVE:
        _stop(subscription, now)


def _move(delivery: Delivery, state: DeliveryState, next_try_at: datetime | None) -> None:
    moved = Delivery.objects.filter(pk=delivery.pk)
    moved.update(state=state, next_try_at=next_try_at, tries=F("tries") + 1)


def _stop(subscription: Subscription, now: datetime) -> None:
    """No more is sent there until an administrator says so; all of them get a letter."""
    subscription.state = SubscriptionState.STOPPED
    subscription.save(update_fields=["state"])
    organisation = subscription.organisation
    history.record("webhook.stopped", by=None, now=now, about=subscription, organisation=organisation)
    transaction.on_commit(queries.forget)
    transaction.on_commit(lambda: _write_letters(subscription))


def _write_letters(subscription: Subscription) -> None:
    for person in queries.administrators(subscription):
        mail.send(
            "opendata/webhooks/mail/stopped",
            to=person.email,
            language=person.language,
            context={
                "subscription": subscription,
                "organisation": subscription.organisation,
                "address": urljoin(settings.BASE_URL, reverse("webhook:page", args=[subscription.pk])),
            },
            now=clock.now(),
        )
