"""The clock's entrance: a report whose making stopped says so."""

from procrastinate.contrib.django import app

from zenne.core import clock

from .actions import sweep_reports


@app.periodic(cron="17 * * * *")
@app.task(name="reporting.sweep", queueing_lock="reporting.sweep", lock="reporting.sweep")
def sweep(timestamp: int) -> None:
    """Every hour."""
    sweep_reports(now=clock.now())
