"""The clock's entrance: rules freeze when their activity opens."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import actions


@app.periodic(cron="* * * * *")
@app.task(name="processes.freeze_due", queueing_lock="processes.freeze_due", lock="processes.freeze_due")
def freeze_due(timestamp: int) -> None:
    """Every minute; what opens in between is frozen by the first write into it."""
    actions.freeze_due(now=clock.now())
