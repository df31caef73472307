"""The clock's entrance: what nobody came back for goes."""

from procrastinate.contrib.django import app

from zenne.core import clock

from .actions import sweep


@app.periodic(cron="23 3 * * *")
@app.task(name="uploads.sweep", queueing_lock="uploads.sweep", lock="uploads.sweep")
def sweep_uploads(timestamp: int) -> None:
    """Every night, when few are awake."""
    sweep(now=clock.now())
