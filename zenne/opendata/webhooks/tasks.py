"""What happens after a commit: messages are written, and brought."""

import uuid
from datetime import datetime
from typing import Any

from procrastinate.contrib.django import app

from zenne.core import clock

from .delivering import bring, write
from .models import Delivery


@app.task(name="webhooks.tell", queue="webhooks", retry=3)
def tell(*, event: str, key: int, organisation: int, message: str, at: str, facts: dict[str, Any]) -> None:
    """Write a message for everyone who listens, from what is public by now. Done twice it is written once."""
    moment = datetime.fromisoformat(at)
    made = write(event, key, facts, organisation=organisation, message=uuid.UUID(message), at=moment, now=clock.now())
    for delivery in made:
        hand_over(delivery)


def hand_over(delivery: Delivery) -> None:
    """To the worker, one at a time for each address: a slow one keeps one hand busy and no more."""
    deliver.configure(lock=f"webhooks.{delivery.subscription_id}").defer(delivery=delivery.pk)


@app.task(name="webhooks.deliver", queue="webhooks")
def deliver(*, delivery: int) -> None:
    """Try once. What fails comes back by the clock (`schedule.py`)."""
    bring(delivery, now=clock.now())
