"""The one clock of the house.

Nothing below an entrance asks for the time: views, tasks and commands ask here once and pass the answer on as `now=`.
That makes every deadline testable and every action repeatable.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
MIDNIGHT = time(0, 0)
#: The days that somebody who types one may mean: a time zone or a day more never leads out of what can be written down.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _standing.get() or datetime.now(UTC)  # noqa: TID251 - the one place that may ask


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Inside, the clock stands still at `moment`: for what replays the past and lets tasks, which ask the clock themselves, do their part of it."""
    before = _standing.set(moment)
    try:
        yield
    finally:
        _standing.reset(before)


def in_brussels(moment: datetime) -> datetime:
    """The same moment as people in Brussels read it on their wall. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be placed in Brussels")
    return moment.astimezone(BRUSSELS)


def at_brussels(day: date, hour: time = MIDNIGHT) -> datetime:
    """The moment, in UTC, at which clocks in Brussels show that hour of that day.

    In March an hour is left out: what somebody plans in it happens as long after two o'clock, at 03:30 for 02:30. In October an hour
    comes twice: its first coming is meant.
    """
    return datetime.combine(day, hour, BRUSSELS).astimezone(UTC)
