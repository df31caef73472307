"""The clock's entrance: steps of reviews and deadlines of calls are told of every morning."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import actions


@app.periodic(cron="47 6 * * *")
@app.task(name="governance.remind", queueing_lock="governance.remind", lock="governance.remind")
def remind(timestamp: int) -> None:
    """Before the offices open: 30, 7 and 1 days before a deadline, and while a step is late."""
    now = clock.now()
    actions.remind_calls(now=now)
    actions.chase(now=now)
