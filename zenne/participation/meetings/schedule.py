"""The clock's entrance: reminders by day, forgetting by night."""

from procrastinate.contrib.django import app

from zenne.core import clock
from zenne.core.clock import in_brussels

from . import actions

FIRST_HOUR, LAST_HOUR = 9, 21


@app.periodic(cron="12 * * * *")
@app.task(name="meetings.remind", queueing_lock="meetings.remind", lock="meetings.remind")
def remind(timestamp: int) -> None:
    """From nine in the morning to nine in the evening by the clocks of Brussels, in every season."""
    now = clock.now()
    if FIRST_HOUR <= in_brussels(now).hour < LAST_HOUR:
        actions.remind_due(now=now)


@app.periodic(cron="42 * * * *")
@app.task(name="meetings.sweep", queueing_lock="meetings.sweep", lock="meetings.sweep")
def sweep(timestamp: int) -> None:
    actions.sweep(now=clock.now())
