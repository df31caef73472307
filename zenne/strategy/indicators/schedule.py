"""The clock's entrance: series are read, periods that ended are computed, forgotten files go."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import actions, computing, tasks
from .enums import IndicatorState
from .models import Indicator


@app.periodic(cron="17 3 * * *")
@app.task(name="indicators.follow_all", queueing_lock="indicators.follow_all", lock="indicators.follow_all")
def follow(timestamp: int) -> None:
    """Every night: what indicators follow is read, each in a task of its own."""
    rows = Indicator.objects.filter(state=IndicatorState.ACTIVE).exclude(series="").order_by("pk")
    for indicator in rows.values_list("pk", flat=True):
        tasks.follow.defer(indicator=indicator)


@app.periodic(cron="47 3 * * *")
@app.task(name="indicators.end_periods", queueing_lock="indicators.end_periods", lock="indicators.end_periods")
def end_periods(timestamp: int) -> None:
    """Every night, after that: what is computed from others is computed for the periods that ended yesterday."""
    computing.touch_ended(clock.now())
    tasks.compute_soon()


@app.periodic(cron="27 4 * * *")
@app.task(name="indicators.sweep", queueing_lock="indicators.sweep", lock="indicators.sweep")
def sweep(timestamp: int) -> None:
    """Every night: files that were read and never written."""
    actions.discard_forgotten(now=clock.now())
