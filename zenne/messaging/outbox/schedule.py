"""The clock's entrance: what became due is sent; what left long ago keeps no address."""

from datetime import timedelta

from procrastinate.contrib.django import app

from zenne.core import clock

from .models import SETTLED, Letter
from .tasks import wake

KEPT = timedelta(days=90)


@app.periodic(cron="* * * * *")
@app.task(name="outbox.look", queueing_lock="outbox.look", queue="mail")
def look_what_is_due(timestamp: int) -> None:
    """Letters with a date, and those that wait for their next try."""
    wake()


@app.periodic(cron="40 3 * * *")
@app.task(name="outbox.forget", queueing_lock="outbox.forget", queue="mail")
def forget_what_left(timestamp: int) -> None:
    """After 90 days only the fact remains that a letter left: no address, no words."""
    old = Letter.objects.filter(state__in=SETTLED, settled_at__lt=clock.now() - KEPT).exclude(address="", context={})
    old.update(address="", context={}, error="", message_id="")
