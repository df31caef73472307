"""When an overview is due: at 8 in the morning in Brussels, whatever the season."""

from datetime import UTC, datetime, time, timedelta

from zenne.core import clock

from .enums import Frequency

HOUR = time(8)
EVERY = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}


def last_due(frequency: Frequency, now: datetime) -> datetime:
    """The last moment, in UTC, at which an overview became due: this morning or yesterday's, this Monday's or the one before."""
    day = clock.in_brussels(now).date()
    if frequency == Frequency.WEEKLY:
        day -= timedelta(days=day.weekday())
    due = datetime.combine(day, HOUR, clock.BRUSSELS)
    if due > now:
        due = datetime.combine(day - EVERY[frequency], HOUR, clock.BRUSSELS)
    return due.astimezone(UTC)
