"""The clock's entrance: what is over is sealed within the minute, also when nobody comes by."""

from datetime import timedelta

from procrastinate.contrib.django import app

from zenne.core import clock

from . import queries, tasks
from .actions import put_on_ballot, seal_due


@app.periodic(cron="* * * * *")
@app.task(name="voting.seal_due", queueing_lock="voting.seal_due", lock="voting.seal_due")
def seal(timestamp: int) -> None:
    """Every minute. Nobody can vote after the end in any case: the window is checked while the box is held."""
    seal_due(now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="voting.put_on_ballot", queueing_lock="voting.put_on_ballot", lock="voting.put_on_ballot")
def ideas_put_to_the_vote(timestamp: int) -> None:
    """Every minute: ideas of votes that have opened say so on their own pages."""
    put_on_ballot(now=clock.now())


@app.periodic(cron="23 * * * *")
@app.task(name="voting.sweep_again", queueing_lock="voting.sweep_again", lock="voting.sweep_again")
def sweep_again(timestamp: int) -> None:
    """Every hour for a day after a sealing: a long transaction that ran during the first sweep kept what it might still have read."""
    if queries.sealed_since(clock.now() - timedelta(days=1)):
        tasks.sweep()
