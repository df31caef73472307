"""What happens to accounts by the clock."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import actions


@app.periodic(cron="20 4 * * *")
@app.task(name="accounts.forget_unconfirmed", queue="clock", queueing_lock="accounts.forget_unconfirmed")
def forget_unconfirmed(timestamp: int) -> None:
    """Every night: accounts that were asked for and never confirmed."""
    actions.forget_unconfirmed(now=clock.now())
