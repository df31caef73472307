"""What happens after commit: computed indicators are computed again, those who asked hear of what was published, files are read and written."""

import logging

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from zenne.core import clock
from zenne.core.errands import errand, leave
from zenne.core.setbacks import LOST_DATABASE

from . import computing, filing, following
from .kinds import listeners
from .models import Measurement

logger = logging.getLogger(__name__)
ATTEMPTS = 3
TOLD = "indicators.published"


def compute_soon() -> None:
    """See to it that a run begins after now; one that waits already will do."""
    try:
        compute.configure(queueing_lock="indicators.compute").defer()
    except AlreadyEnqueued:
        logger.debug("a run waits already")


@app.task(
    name="indicators.compute",
    queue="default",
    lock="indicators.compute",
    pass_context=True,
    retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def compute(context: JobContext | None = None) -> None:
    """Until nothing is left to look at. How far it is, everybody sees by what still waits (`computing.waiting`)."""
    while not (context and context.should_abort()):
        if not computing.run(now=clock.now(), tell=leave_word).touched:
            return


def leave_word(measurement: int) -> None:
    leave(TOLD, measurement=measurement)


@errand(TOLD)
def tell(measurement: int) -> None:
    """Apps above hear that a value was published."""
    found = Measurement.objects.filter(pk=measurement).select_related("indicator__organisation", "area").first()
    if found is not None:
        for heard in listeners.values():
            heard(found, clock.now())


@app.task(
    name="indicators.follow",
    queue="default",
    lock="indicators.follow",
    retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def follow(*, indicator: int) -> None:
    """Read the series of one indicator."""
    if following.read(indicator, clock.now(), tell=leave_word):
        compute_soon()


@app.task(
    name="indicators.read_file",
    queue="default",
    retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def read_file(*, file: int) -> None:
    filing.read(file)


@app.task(
    name="indicators.write_file",
    queue="default",
    retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def write_file(*, file: int) -> None:
    for measurement in filing.write(file):
        leave_word(measurement)
    compute_soon()
