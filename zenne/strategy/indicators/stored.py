"""Published values in memory, as formulas need them: in base units, by indicator, area and period."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db import connection

from zenne.methods.formulas import Known

from .enums import Frequency
from .graph import measure
from .models import Measurement
from .periods import Period

Spot = tuple[int, int | None]  # indicator and area
Result = tuple[Decimal, Decimal, Decimal]  # value, low, high, as they are kept
PLACES = 10**6
TOO_LARGE = Decimal(10) ** 18

# The whole and the areas each by their own index: one index for both would go past every area for each value of the whole.
SINCE = """
select found.indicator_id, found.area_id, found.start, found."end", found.value, found.low, found.high, found.evidence, found.id, found.revision,
    indicator.unit
from unnest(%s::bigint[], %s::bigint[], %s::date[]) as wanted (indicator, area, since)
join indicators_indicator as indicator on indicator.id = wanted.indicator
cross join lateral (
    select * from indicators_measurement
    where wanted.area = 0 and indicator_id = wanted.indicator and area_id is null and "end" >= wanted.since and state = 'published'
    union all
    select * from indicators_measurement
    where wanted.area <> 0 and indicator_id = wanted.indicator and area_id = wanted.area and "end" >= wanted.since and state = 'published'
) as found
"""


@dataclass(frozen=True)
class Row:
    """One published value. `known` is in base units; `value`, `low` and `high` are as they are kept."""

    pk: int
    indicator: int
    area: int | None
    start: date
    end: date
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    evidence: str
    revision: int
    known: Known

    @classmethod
    def of(cls, made: Measurement, scale: Fraction) -> "Row":
        return cls(
            made.pk or 0,
            made.indicator_id,
            made.area_id,
            made.start,
            made.end,
            made.value,
            made.low,
            made.high,
            made.evidence,
            made.revision,
            _known(made.value, made.low, made.high, scale),
        )

    def same(self, result: Result, evidence: str) -> bool:
        low, high = (self.value if each is None else each for each in (self.low, self.high))
        return (self.value, low, high) == result and self.evidence == evidence


def _known(value: Decimal, low: Decimal | None, high: Decimal | None, scale: Fraction) -> Known:
    exact = Fraction(value) * scale
    if low is None and high is None:
        return Known(exact, exact, exact)
    return Known(
        exact, exact if low is None else Fraction(low) * scale, exact if high is None else Fraction(high) * scale
    )


def kept(found: Known, scale: Fraction) -> Result:
    """As it is kept: in the unit of its indicator, rounded to six places, half to even."""
    value, low, high = (Decimal(round(each / scale * PLACES)) / PLACES for each in (found.value, found.low, found.high))
    return value, low, high


def fits(result: Result) -> bool:
    return all(abs(each) < TOO_LARGE for each in result)


class Rows:
    """By indicator and area, in order of their last days."""

    def __init__(self) -> None:
        self._rows: dict[Spot, list[tuple[date, date, Row]]] = defaultdict(list)

    def add(self, row: Row) -> None:
        insort(self._rows[row.indicator, row.area], (row.end, row.start, row), key=lambda item: item[:2])

    def remove(self, indicator: int, area: int | None, row: Row) -> None:
        self._rows[indicator, area].remove((row.end, row.start, row))

    def exactly(self, indicator: int, area: int | None, period: Period) -> Row | None:
        rows = self._rows.get((indicator, area), [])
        at = bisect_left(rows, (period[1], period[0]), key=lambda item: item[:2])
        return rows[at][2] if at < len(rows) and rows[at][:2] == (period[1], period[0]) else None

    def at(self, indicator: int, area: int | None, period: Period, frequency: Frequency) -> Row | None:
        """Of exactly that period; else the last that ended in it; else one that holds the whole of it; else the last before it, unless that is too old by
        the end of the period."""
        if (row := self.exactly(indicator, area, period)) is not None:
            return row
        rows = self._rows.get((indicator, area), [])
        after = bisect_right(rows, period[1], key=lambda item: item[0])
        if after and rows[after - 1][0] >= period[0]:
            return rows[after - 1][2]
        holding = [row for _end, start, row in rows[after:] if start <= period[0]]
        if holding:
            return holding[0]
        if not after:
            return None
        late = frequency.late_from(rows[after - 1][0])
        return rows[after - 1][2] if late is None or late > period[1] else None

    def within(self, indicator: int, area: int | None, period: Period) -> list[Row]:
        """Every value whose own period lies within it, the first first. Of two that overlap, as a month and its year, only the shorter counts."""
        rows = self._rows.get((indicator, area), [])
        first = bisect_left(rows, period[0], key=lambda item: item[0])
        after = bisect_right(rows, period[1], key=lambda item: item[0])
        inside = [row for _end, start, row in rows[first:after] if start >= period[0]]
        return [
            row
            for row in inside
            if not any(other is not row and row.start <= other.start and other.end <= row.end for other in inside)
        ]


def load(wanted: Mapping[Spot, date]) -> Rows:
    """The published values of these indicators and areas that ended on or after a day: one question, however many."""
    found = Rows()
    if not wanted:
        return found
    spots = sorted(wanted, key=lambda spot: (spot[0], spot[1] or 0))
    params = [[spot[0] for spot in spots], [spot[1] or 0 for spot in spots], [wanted[spot] for spot in spots]]
    with connection.cursor() as cursor:
        cursor.execute(SINCE, params)
        for indicator, area, start, end, value, low, high, evidence, pk, revision, unit in cursor.fetchall():
            known = _known(value, low, high, measure(unit).scale)
            found.add(Row(pk, indicator, area, start, end, value, low, high, evidence, revision, known))
    return found
