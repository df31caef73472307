"""The clock's entrance: drafts that nobody came back to go; sums that were noted one by one are folded."""

from procrastinate.contrib.django import app

from zenne.core import clock

from .actions import fold_tallies, sweep_drafts


@app.periodic(cron="11 3 * * *")
@app.task(name="ideas.sweep_drafts", queueing_lock="ideas.sweep_drafts", lock="ideas.sweep_drafts")
def sweep(timestamp: int) -> None:
    """Every night, when few are awake."""
    sweep_drafts(now=clock.now())


@app.periodic(cron="*/2 * * * *")
@app.task(name="ideas.fold_tallies", queueing_lock="ideas.fold_tallies", lock="ideas.fold_tallies")
def fold(timestamp: int) -> None:
    """Every two minutes: ten thousand rows at a busy hour, which still add up in a few milliseconds."""
    fold_tallies()
