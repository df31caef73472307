"""The clock's entrance: drafts that nobody came back to go."""

from procrastinate.contrib.django import app

from zenne.core import clock

from .actions import sweep_drafts


@app.periodic(cron="11 3 * * *")
@app.task(name="ideas.sweep_drafts", queueing_lock="ideas.sweep_drafts", lock="ideas.sweep_drafts")
def sweep(timestamp: int) -> None:
    """Every night, when few are awake."""
    sweep_drafts(now=clock.now())
