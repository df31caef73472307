"""The clock's entrance: terms that are over end, terms that begin open the door."""

from procrastinate.contrib.django import app

from zenne.core import clock

from .actions import end_due


@app.periodic(cron="2 * * * *")
@app.task(name="panels.end_due", queueing_lock="panels.end_due", lock="panels.end_due")
def end_terms(timestamp: int) -> None:
    """Every hour, so that a term ends on its day in Brussels in summer and in winter."""
    end_due(now=clock.now())
