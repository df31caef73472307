"""The clock's entrance: large scopes are counted anew, and what could tell yesterday's visitors apart is destroyed."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import keeping, visiting


@app.periodic(cron="*/10 * * * *")
@app.task(name="statistics.keep_fresh", queueing_lock="statistics.keep_fresh", lock="statistics.keep_fresh")
def keep_fresh(timestamp: int) -> None:
    """Every ten minutes."""
    keeping.keep_fresh(clock.now())


@app.periodic(cron="7 * * * *")
@app.task(name="statistics.forget", queueing_lock="statistics.forget", lock="statistics.forget")
def forget(timestamp: int) -> None:
    """Every hour, so that a night without a worker is made up for: days that are over lose their key."""
    visiting.forget(clock.in_brussels(clock.now()).date())
