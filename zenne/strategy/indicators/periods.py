"""Calendar periods: the month or quarter that a day lies in, those between two days, and how a file writes them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from .enums import MONTHS, Frequency

Period = tuple[date, date]
DAY = timedelta(days=1)
_WRITTEN = re.compile(r"(\d{4})(?:-?[Qq]([1-4])|-?[Ww](\d{2})|-?[SsHh]([12])|-(\d{2})(?:-(\d{2}))?)?")


def of(day: date, frequency: Frequency) -> Period:
    """The period of a frequency that a day lies in. Weeks begin on Monday; what is measured once has the day itself."""
    if frequency in (Frequency.DAY, Frequency.ONCE):
        return day, day
    if frequency == Frequency.WEEK:
        begins = day - timedelta(days=day.weekday())
        return begins, begins + timedelta(days=6)
    months = MONTHS[frequency]
    first = (day.year * 12 + day.month - 1) // months * months
    return _first(first), _first(first + months) - DAY


def between(since: date, until: date, frequency: Frequency) -> Iterator[Period]:
    """Every period that has a day in common with these two and those between them."""
    period = of(since, frequency)
    while period[0] <= until:
        yield period
        period = of(period[1] + DAY, frequency)


def back(period: Period, step: str) -> Period:
    """The same period a day, week, month, quarter or year before. One that ends with its month still does."""
    first, last = period
    if step in ("day", "week"):
        away = timedelta(days=1 if step == "day" else 7)
        return first - away, last - away
    months = {"month": 1, "quarter": 3, "year": 12}[step]
    if (last + DAY).day == 1:
        return _months(first, -months), _months(last + DAY, -months) - DAY
    return _months(first, -months), _months(last, -months)


def read(text: str) -> Period | None:
    """2026, 2026-Q1, 2026-S1 (half a year), 2026-03, 2026-W07 or 2026-03-15; None for anything else."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    year, quarter, week, half, month, day = match.groups()
    try:
        if quarter:
            return of(date(int(year), int(quarter) * 3, 1), Frequency.QUARTER)
        if half:
            return of(date(int(year), int(half) * 6, 1), Frequency.HALF)
        if week:
            return of(date.fromisocalendar(int(year), int(week), 1), Frequency.WEEK)
        if day:
            return (date(int(year), int(month), int(day)),) * 2
        if month:
            return of(date(int(year), int(month), 1), Frequency.MONTH)
        return of(date(int(year), 1, 1), Frequency.YEAR)
    except (ValueError, OverflowError):
        return None


def written(period: Period) -> str:
    """As `read` understands it, as short as can be; both days where they are no period of the calendar."""
    first, last = period
    for frequency in (
        Frequency.DAY,
        Frequency.MONTH,
        Frequency.QUARTER,
        Frequency.HALF,
        Frequency.YEAR,
        Frequency.WEEK,
    ):
        if of(first, frequency) == period:
            return _named(first, frequency)
    return f"{first.isoformat()}/{last.isoformat()}"


def _named(first: date, frequency: Frequency) -> str:
    match frequency:
        case Frequency.MONTH:
            return f"{first:%Y-%m}"
        case Frequency.QUARTER:
            return f"{first.year:04}-Q{first.month // 3 + 1}"
        case Frequency.HALF:
            return f"{first.year:04}-S{first.month // 6 + 1}"
        case Frequency.YEAR:
            return f"{first.year:04}"
        case Frequency.WEEK:
            year, week, _day = first.isocalendar()
            return f"{year:04}-W{week:02}"
    return first.isoformat()


def _first(months: int) -> date:
    """The first day of a month, counted from the year nought."""
    return date(months // 12, months % 12 + 1, 1)


def _months(day: date, months: int) -> date:
    moved = _first(day.year * 12 + day.month - 1 + months)
    return moved + timedelta(days=min(day.day, (_next(moved) - moved).days) - 1)


def _next(first: date) -> date:
    return _first(first.year * 12 + first.month)
