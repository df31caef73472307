"""The clock's entrance: reminders whose day has come, and files that have served."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import actions


@app.periodic(cron="12 6 * * *")
@app.task(name="sortition.remind", queueing_lock="sortition.remind", lock="sortition.remind")
def remind(timestamp: int) -> None:
    """Every morning."""
    actions.remind_due(now=clock.now())


@app.periodic(cron="42 * * * *")
@app.task(name="sortition.sweep_printings", queueing_lock="sortition.sweep_printings", lock="sortition.sweep_printings")
def sweep_printings(timestamp: int) -> None:
    """Every hour."""
    actions.sweep_printings(now=clock.now())
