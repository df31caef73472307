"""The clock's entrance: files that are a week old go, and what stopped moving says so."""

from procrastinate.contrib.django import app

from zenne.core import clock

from .actions import sweep_exports


@app.periodic(cron="41 * * * *")
@app.task(name="exports.sweep", queueing_lock="exports.sweep", lock="exports.sweep")
def sweep(timestamp: int) -> None:
    """Every hour: a file with names in it is kept for the days that were promised, and no longer."""
    sweep_exports(now=clock.now())
