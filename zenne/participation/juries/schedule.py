"""The clock's entrance: who has not scored yet hears of it."""

from procrastinate.contrib.django import app

from zenne.core import clock

from .actions import chase


@app.periodic(cron="23 7 * * *")
@app.task(name="juries.chase", queueing_lock="juries.chase", lock="juries.chase")
def chase_missing(timestamp: int) -> None:
    """Every morning; how often one member hears of it is the jury's own setting."""
    chase(now=clock.now())
