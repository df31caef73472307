"""The clock's entrance: what waits for its next try, and what was listed long enough."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import actions


@app.periodic(cron="* * * * *")
@app.task(name="webhooks.try_again", queueing_lock="webhooks.try_again", lock="webhooks.try_again", queue="webhooks")
def try_again(timestamp: int) -> None:
    """Every minute; also what a worker held when it was killed."""
    actions.try_again(now=clock.now())


@app.periodic(cron="23 3 * * *")
@app.task(name="webhooks.prune", queueing_lock="webhooks.prune", lock="webhooks.prune", queue="webhooks")
def prune(timestamp: int) -> None:
    """Every night."""
    actions.prune(now=clock.now())
