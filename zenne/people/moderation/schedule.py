"""The clock's entrance: traces of contributions are forgotten."""

from datetime import timedelta

from procrastinate.contrib.django import app

from zenne.core import clock

from .models import Trace
from .models.trace import DAYS_KEPT


@app.periodic(cron="20 3 * * *")
@app.task(name="moderation.forget_traces", queueing_lock="moderation.forget_traces", queue="default")
def forget_traces(timestamp: int) -> None:
    """What was written more than a month ago is not compared with any more."""
    Trace.objects.filter(written_at__lt=clock.now() - timedelta(days=DAYS_KEPT)).delete()
