"""The clock's entrance: bodies hear of what they have to answer soon and of what is late."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import actions


@app.periodic(cron="41 6 * * *")
@app.task(name="advices.remind_due", queueing_lock="advices.remind_due", lock="advices.remind_due")
def remind(timestamp: int) -> None:
    """Every morning, before the offices open: a day counts as late on the day after it."""
    actions.remind_due(now=clock.now())
