"""The clock's entrance: rules freeze when their activity opens, and who listens hears of phases that open and close."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import actions


@app.periodic(cron="* * * * *")
@app.task(name="processes.freeze_due", queueing_lock="processes.freeze_due", lock="processes.freeze_due")
def freeze_due(timestamp: int) -> None:
    """Every minute; what opens in between is frozen by the first write into it."""
    actions.freeze_due(now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="processes.phases", queueing_lock="processes.phases", lock="processes.phases")
def phases_passing(timestamp: int) -> None:
    """Every minute; what a worker that was away missed is told later, up to a day."""
    actions.announce_phases(now=clock.now())
