"""The clock's entrance: the overviews of the morning and of Monday."""

from procrastinate.contrib.django import app

from zenne.core import clock

from .tasks import open_rounds


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="notifications.digests", queueing_lock="notifications.digests", lock="notifications.digests", queue="mail"
)
def post_digests(timestamp: int) -> None:
    """Looked at every five minutes, so that a worker that was down at 8 catches up as soon as it is back."""
    open_rounds(clock.now())
