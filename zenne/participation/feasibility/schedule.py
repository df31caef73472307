"""The clock's entrance: services hear of what is due and what is late."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import actions


@app.periodic(cron="23 6 * * 1-5")
@app.task(name="feasibility.remind_due", queueing_lock="feasibility.remind_due", lock="feasibility.remind_due")
def remind(timestamp: int) -> None:
    """On working days, before the offices open."""
    actions.remind_due(now=clock.now())
