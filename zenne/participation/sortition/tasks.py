"""What happens after commit."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zenne.core.setbacks import LOST_DATABASE

from . import posting


@app.task(
    name="sortition.print_letters",
    queue="default",
    retry=RetryStrategy(max_attempts=posting.ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def print_letters(*, printing: int) -> None:
    posting.make(printing)
