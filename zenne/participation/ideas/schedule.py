"""The clock's entrance: drafts that nobody came back to go, and files that are a week old."""

from procrastinate.contrib.django import app

from zenne.core import clock

from .actions import sweep_drafts
from .actions.exporting import sweep_exports


@app.periodic(cron="11 3 * * *")
@app.task(name="ideas.sweep_drafts", queueing_lock="ideas.sweep_drafts", lock="ideas.sweep_drafts")
def sweep(timestamp: int) -> None:
    """Every night, when few are awake."""
    sweep_drafts(now=clock.now())


@app.periodic(cron="41 * * * *")
@app.task(name="ideas.sweep_exports", queueing_lock="ideas.sweep_exports", lock="ideas.sweep_exports")
def sweep_files(timestamp: int) -> None:
    """Every hour: a file with names in it is kept for the days that were promised, and no longer."""
    sweep_exports(now=clock.now())
