"""The clock's entrance: terms that are over end, terms that begin open the door, and former members are forgotten."""

from procrastinate.contrib.django import app

from zenne.core import clock

from .actions import end_due, forget_past


@app.periodic(cron="2 * * * *")
@app.task(name="panels.end_due", queueing_lock="panels.end_due", lock="panels.end_due")
def end_terms(timestamp: int) -> None:
    """Every hour, so that a term ends on its day in Brussels in summer and in winter."""
    end_due(now=clock.now())


@app.periodic(cron="52 3 * * *")
@app.task(name="panels.forget_past", queueing_lock="panels.forget_past", lock="panels.forget_past")
def forget_former_members(timestamp: int) -> None:
    """Every night."""
    forget_past(now=clock.now())
