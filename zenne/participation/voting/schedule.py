"""The clock's entrance: what is over is sealed within the minute, also when nobody comes by."""

from procrastinate.contrib.django import app

from zenne.core import clock

from .actions import seal_due


@app.periodic(cron="* * * * *")
@app.task(name="voting.seal_due", queueing_lock="voting.seal_due", lock="voting.seal_due")
def seal(timestamp: int) -> None:
    """Every minute. Nobody can vote after the end in any case: the window is checked while the box is held."""
    seal_due(now=clock.now())
