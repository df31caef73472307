"""The clock's entrance: campaigns whose moment has come."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import actions, queries


@app.periodic(cron="* * * * *")
@app.task(name="campaigns.start_due", queueing_lock="campaigns.start_due", lock="campaigns.start_due")
def start_due(timestamp: int) -> None:
    """Every minute: begin what is due, and close what has left."""
    now = clock.now()
    for campaign in queries.due(now):
        actions.start(campaign, now=now)
    actions.settle(now=now)
