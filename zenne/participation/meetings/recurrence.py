"""On which days a series meets. Days of the calendar in Brussels: the hour is added by the clock on the wall, so summer time changes nothing.

A month that has no fifth Tuesday, or no 31st, is passed over, as RFC 5545 (3.3.10) does with BYDAY and BYMONTHDAY.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from .enums import Rhythm

MOST = 60


def days(rhythm: Rhythm, first: date, *, every: int = 1, until: date | None = None) -> list[date]:
    """The days of a rule from `first` on, in order, until `until` included and MOST at most. None for a list, which has no rule."""
    found: list[date] = []
    for day in _candidates(rhythm, first, every):
        if (until is not None and day > until) or len(found) >= MOST:
            break
        found.append(day)
    return found


def _candidates(rhythm: Rhythm, first: date, every: int) -> Iterator[date]:
    if rhythm == Rhythm.WEEKLY:
        for number in range(MOST):
            yield first + timedelta(weeks=every * number)
    elif rhythm in (Rhythm.MONTHLY, Rhythm.DATE):
        for number in range(MOST * 5):  # one month in five, at the worst, has such a day
            year, month = divmod(first.year * 12 + first.month - 1 + every * number, 12)
            day = _in_month(rhythm, first, year, month + 1)
            if day is not None:
                yield day


def _in_month(rhythm: Rhythm, first: date, year: int, month: int) -> date | None:
    length = monthrange(year, month)[1]
    if rhythm == Rhythm.DATE:
        return date(year, month, first.day) if first.day <= length else None
    nth = (first.day - 1) // 7
    opening = date(year, month, 1)
    number = 1 + (first.weekday() - opening.weekday()) % 7 + 7 * nth
    return date(year, month, number) if number <= length else None
