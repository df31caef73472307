"""The clock's entrance: yesterday's answers and windows that passed are forgotten."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import actions


@app.periodic(cron="27 * * * *")
@app.task(name="api.sweep", queueing_lock="api.sweep", lock="api.sweep")
def sweep(timestamp: int) -> None:
    """Every hour."""
    actions.sweep(now=clock.now())
