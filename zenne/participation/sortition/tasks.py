"""What happens after commit."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zenne.core import clock
from zenne.core.setbacks import LOST_DATABASE

from . import computing, framing, posting, writing
from .enums import About
from .models import Draw

ATTEMPTS = 3


@app.task(
    name="sortition.print_letters",
    queue="default",
    retry=RetryStrategy(max_attempts=posting.ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def print_letters(*, printing: int) -> None:
    posting.make(printing)


@app.task(
    name="sortition.read_letters",
    queue="default",
    retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def read_letters(*, file: int) -> None:
    framing.read(file)


@app.task(
    name="sortition.write_letters",
    queue="default",
    retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def write_letters(*, file: int) -> None:
    framing.write(file)


@app.task(
    name="sortition.check",
    queue="default",
    retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def check(*, lottery: int) -> None:
    computing.check(lottery)


@app.task(
    name="sortition.compute",
    queue="default",
    retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def compute(*, draw: int) -> None:
    computing.compute(draw)


@app.task(
    name="sortition.tell_pool",
    queue="default",
    retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def tell_pool(*, draw: int, about: str) -> None:
    """Everybody in the pool hears of a draw; each letter has its key, so that none is written twice."""
    found = Draw.objects.select_related("lottery").get(pk=draw)
    writing.about_draw(found, About(about), now=clock.now())
