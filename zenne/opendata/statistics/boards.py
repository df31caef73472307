"""The shape of a board: plain values and words, ready to be shown, sent or frozen."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from .clocks import Kept
from .comparing import Comparison
from .enums import Period, Step
from .kinds import Scope


@dataclass(frozen=True)
class Total:
    """A figure for the whole. `other` is what it was in the stretch before; from the beginning, what the last 30 days added."""

    key: str
    label: str
    icon: str
    number: int | None
    other: int | None


@dataclass(frozen=True)
class Column:
    key: str
    label: str


@dataclass(frozen=True)
class Row:
    """One line of a table. A value of None is hidden: fewer than ten people, or needed to keep those hidden."""

    key: str
    label: str
    values: tuple[int | None, ...]
    category: int | None = None


@dataclass(frozen=True)
class Table:
    """One table, and the chart above it. `about_people`: it splits people by what they said of themselves, so parts of it may be hidden."""

    key: str
    title: str
    first: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    about_people: bool = False

    @property
    def hides(self) -> bool:
        return any(value is None for row in self.rows for value in row.values)

    def column(self, key: str) -> list[int | None]:
        at = [column.key for column in self.columns].index(key)
        return [row.values[at] for row in self.rows]


@dataclass(frozen=True)
class Board:
    """All numbers of a scope in a period, as of `counted_at`."""

    scope: Scope
    period: Period
    counted_at: datetime
    step: Step
    first: date | None
    area: str
    totals: tuple[Total, ...]
    tables: tuple[Table, ...]
    comparisons: tuple[Comparison, ...]
    clocks: tuple[Kept, ...]

    @property
    def empty(self) -> bool:
        return not any(total.number != 0 for total in self.totals)

    def table(self, key: str) -> Table:
        """The table of this key. Raises KeyError where the board has none."""
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)

    def as_data(self) -> dict[str, Any]:
        """The same as plain data for JSON: what a report freezes. Hidden numbers are null."""
        data: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return data
