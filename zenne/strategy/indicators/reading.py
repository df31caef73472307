"""A file of measurements, read: every row that can be written, and every fault with its row, its column and what is wrong.

Columns: `indicator` (its address) and `value`; `period` (2026, 2026-Q1, 2026-03, 2026-03-15 …) or `start` and `end`; and where there are any `area` (its official code),
`low`, `high`, `evidence`, `note`. A fault in one row never stops the others.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import NamedTuple

from zenne.core import sheets
from zenne.core.clock import FIRST_DAY, LAST_DAY
from zenne.core.languages import in_every_language
from zenne.people.organisations.models import Organisation
from zenne.places.areas.models import Area

from . import periods
from .enums import Evidence, IndicatorState, Nature
from .models import Indicator

MOST_ROWS = 200_000
MOST_SHOWN = 500
MOST_BYTES = 50 * 1024 * 1024
EVERY = 2000
LONGEST_NOTE = 2000
LARGEST = Decimal(10) ** 18
SIXTH = Decimal("0.000001")
COLUMNS = ("indicator", "area", "period", "start", "end", "value", "low", "high", "evidence", "note")
# The same in the other languages of the house.
SYNONYMS = {
    "indicateur": "indicator",
    "zone": "area",
    "gebied": "area",
    "période": "period",
    "periode": "period",
    "début": "start",
    "begin": "start",
    "fin": "end",
    "einde": "end",
    "valeur": "value",
    "waarde": "value",
    "min": "low",
    "max": "high",
    "preuve": "evidence",
    "bewijs": "evidence",
    "remarque": "note",
    "nota": "note",
    "opmerking": "note",
}


class Line(NamedTuple):
    """One value as it would be written."""

    row: int
    indicator: int
    area: int | None
    start: date
    end: date
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    evidence: str
    note: str


@dataclass
class Read:
    """`faults` are {row, column, code, value}, the first MOST_SHOWN of `fault_count`; `ignored` the columns that nothing reads. With `broken` nothing is written."""

    lines: list[Line] = field(default_factory=list)
    faults: list[dict[str, object]] = field(default_factory=list)
    fault_count: int = 0
    ignored: list[str] = field(default_factory=list)
    rounded: int = 0
    broken: bool = False

    def fault(self, row: int, column: str, code: str, value: str = "") -> None:
        self.fault_count += 1
        if len(self.faults) < MOST_SHOWN:
            self.faults.append({"row": row, "column": column, "code": code, "value": value[:80]})

    def stop(self, row: int, column: str, code: str, value: str = "") -> None:
        self.broken = True
        self.fault(row, column, code, value)


class _Fault(Exception):
    def __init__(self, column: str, code: str, value: str = "") -> None:
        self.column, self.code, self.value = column, code, value


def read(content: bytes, organisation: Organisation, tell: Callable[[int], None] = lambda done: None) -> Read:
    """The whole file, in one pass."""
    found = Read()
    try:
        _read(found, sheets.rows(content), _Reader(organisation), tell)
    except sheets.NoSheet:
        found.stop(0, "", "not-readable")
    if found.broken:
        found.lines.clear()
    return found


def _read(found: Read, rows: sheets.Rows, reader: "_Reader", tell: Callable[[int], None]) -> None:
    number, header = next(rows, (1, []))
    columns = [SYNONYMS.get(name, name) for name in (cell.strip().casefold() for cell in header)]
    if not _check_header(found, number, columns):
        return
    seen: dict[tuple[object, ...], int] = {}
    done = 0
    for row, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        done += 1
        if done > MOST_ROWS:
            found.stop(row, "", "too-many-rows", str(MOST_ROWS))
            return
        if done % EVERY == 0:
            tell(done)
        given = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
        try:
            line = reader.line(row, given, found)
            known = seen.setdefault(line[1:5], row)
            if known != row:
                raise _Fault("period", "twice", str(known))
        except _Fault as fault:
            found.fault(row, fault.column, fault.code, fault.value)
        else:
            found.lines.append(line)
    if not done:
        found.stop(number, "", "no-rows")


def _check_header(found: Read, row: int, columns: list[str]) -> bool:
    if not any(columns):
        found.stop(row, "", "no-header")
        return False
    for name, times in Counter(columns).items():
        if name in COLUMNS and times > 1:
            found.stop(row, name, "column-twice")
    for name in ("indicator", "value"):
        if name not in columns:
            found.stop(row, name, "no-column", name)
    if "period" not in columns and not {"start", "end"} <= set(columns):
        found.stop(row, "period", "no-column", "period | start, end")
    found.ignored = [name for name in columns if name and name not in COLUMNS]
    return not found.broken


class _Reader:
    """Reads one row after another; what is asked of the database is asked once."""

    def __init__(self, organisation: Organisation) -> None:
        rows = Indicator.objects.filter(organisation=organisation).prefetch_related("levels").order_by("pk")
        self.indicators = {found.slug: found for found in rows}
        self.levels = {found.pk: {level.value for level in found.levels.all()} for found in self.indicators.values()}
        self.areas = dict(Area.objects.order_by("-kind", "pk").values_list("code", "pk"))
        self.evidence = {evidence.value: evidence.value for evidence in Evidence}
        for evidence in Evidence:
            said = in_every_language(partial(str, evidence.label)).values()
            self.evidence |= {word.casefold(): evidence.value for word in said}
        self.periods: dict[str, periods.Period | None] = {}

    def line(self, row: int, given: dict[str, str], found: Read) -> Line:
        for name in COLUMNS:
            if sheets.is_formula(given.get(name, "")):
                raise _Fault(name, "formula", given[name])
        indicator = self._indicator(given.get("indicator", ""))
        start, end = self._period(given)
        value = self._number(given.get("value", ""), "value", found)
        if value is None:
            raise _Fault("value", "empty")
        low, high = self._number(given.get("low", ""), "low", found), self._number(given.get("high", ""), "high", found)
        if low is not None and low > value:
            raise _Fault("low", "below-low", given["low"])
        if high is not None and high < value:
            raise _Fault("high", "above-high", given["high"])
        if indicator.nature == Nature.QUALITATIVE and value not in self.levels[indicator.pk]:
            raise _Fault("value", "unknown-level", given["value"])
        note = given.get("note", "")
        if len(note) > LONGEST_NOTE:
            raise _Fault("note", "too-long", str(LONGEST_NOTE))
        area, evidence = self._area(given.get("area", "")), self._evidence(given.get("evidence", ""), indicator)
        return Line(row, indicator.pk, area, start, end, value, low, high, evidence, note)

    def _indicator(self, cell: str) -> Indicator:
        if not cell:
            raise _Fault("indicator", "empty")
        found = self.indicators.get(cell.casefold())
        if found is None:
            raise _Fault("indicator", "unknown-indicator", cell)
        if found.followed:
            raise _Fault("indicator", "by-itself", cell)
        if found.state == IndicatorState.RETIRED:
            raise _Fault("indicator", "retired", cell)
        return found

    def _area(self, cell: str) -> int | None:
        if not cell:
            return None
        if cell not in self.areas:
            raise _Fault("area", "unknown-area", cell)
        return self.areas[cell]

    def _period(self, given: dict[str, str]) -> periods.Period:
        if cell := given.get("period", ""):
            if cell not in self.periods:
                self.periods[cell] = periods.read(cell)
            found = self.periods[cell]
            if found is None:
                raise _Fault("period", "no-period", cell)
        elif given.get("start", "") or given.get("end", ""):
            found = (_day(given, "start"), _day(given, "end"))
        else:
            raise _Fault("period", "empty")
        if found[0] > found[1]:
            raise _Fault("end", "order", given.get("end", ""))
        if not (found[0] >= FIRST_DAY and found[1] <= LAST_DAY):
            raise _Fault("period", "no-date", found[0].isoformat())
        return found

    def _evidence(self, cell: str, indicator: Indicator) -> str:
        if not cell:
            return indicator.evidence
        found = self.evidence.get(cell.casefold())
        if found is None:
            raise _Fault("evidence", "unknown-evidence", cell)
        return found

    def _number(self, cell: str, column: str, found: Read) -> Decimal | None:
        if not cell:
            return None
        number = number_of(cell)
        if number is None:
            raise _Fault(column, "no-number", cell)
        if abs(number) >= LARGEST:
            raise _Fault(column, "too-large", cell)
        exact = number.quantize(SIXTH)
        found.rounded += exact != number
        return exact


def _day(given: dict[str, str], column: str) -> date:
    """2026-03-15 or 15/03/2026."""
    cell = given.get(column, "")
    if not cell:
        raise _Fault(column, "empty")
    parts = cell.replace(".", "/").split("/")
    text = "-".join(reversed([part.zfill(2) for part in parts])) if len(parts) == 3 else cell[:10]
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _Fault(column, "no-date", cell) from error


def number_of(cell: str) -> Decimal | None:
    """1234.5, 1234,5, 1 234,5, 1.234,5 and 1,234.5: of two signs the last is the decimal one, and a single comma is."""
    text = cell.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("'", "")
    comma, point = text.rfind(","), text.rfind(".")
    if comma > point:
        text = text.replace(".", "").replace(",", ".") if text.count(",") == 1 else text.replace(",", "")
    elif comma >= 0:
        text = text.replace(",", "")
    elif text.count(".") > 1:
        text = text.replace(".", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() < 40 else None


def batches(lines: list[Line], size: int) -> Iterator[list[Line]]:
    for at in range(0, len(lines), size):
        yield lines[at : at + size]
