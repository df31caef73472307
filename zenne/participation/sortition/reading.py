"""A file of drawn letters, read: every fault with its line, its column and what is wrong, or what would be written.

One line a letter. Columns: `name`; `address` (lines parted by |) or `street`, `postcode` and `city`; `language`; `birth_year` or `birth_date` where a
category of ages is known from the register; and a column for each other category that is. Further columns are left out, and said.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from zenne.core import sheets
from zenne.core.languages import LANGUAGES, text_in

from . import codes, queries
from .enums import CategoryKind, Known
from .models import Category, Feature, Lottery

MOST_LINES = 100_000
MOST_SHOWN = 200
MOST_BYTES = 50 * 1024 * 1024
LONGEST = {"name": 160, "address": 400, "street": 160, "postcode": 12, "city": 100}
EVERY = 500  # lines between two words about how far it is
OLDEST = 130


@dataclass(frozen=True)
class Line:
    """One letter as it would be written."""

    name: str
    address: str
    household: str
    language: str
    features: dict[str, str]


@dataclass
class Read:
    """`faults` are {line, column, code, value}, the first MOST_SHOWN of `fault_count`; `ignored` the columns that nothing reads."""

    lines: list[Line] = field(default_factory=list)
    faults: list[dict[str, object]] = field(default_factory=list)
    fault_count: int = 0
    ignored: list[str] = field(default_factory=list)

    def fault(self, line: int, column: str, code: str, value: str = "") -> None:
        self.fault_count += 1
        if len(self.faults) < MOST_SHOWN:
            self.faults.append({"line": line, "column": column, "code": code, "value": value[:80]})

    def preview(self) -> dict[str, object]:
        """What would be written, in numbers."""
        groups: Counter[tuple[str, str]] = Counter()
        for line in self.lines:
            groups.update(line.features.items())
        homes = Counter(line.household for line in self.lines)
        return {
            "letters": len(self.lines),
            "languages": dict(Counter(line.language for line in self.lines)),
            "groups": [[category, group, number] for (category, group), number in sorted(groups.items())],
            "shared_addresses": sum(number > 1 for number in homes.values()),
            "ignored": self.ignored,
        }


def read(content: bytes, lottery: Lottery, today: date, tell: Callable[[int], None] = lambda done: None) -> Read:
    """The whole file, in one pass; a fault in one line never stops the others from being read."""
    found = Read()
    try:
        _read(found, sheets.rows(content), lottery, today, tell)
    except sheets.NoSheet:
        found.fault(0, "", "not-readable")
    return found


def _read(found: Read, rows: sheets.Rows, lottery: Lottery, today: date, tell: Callable[[int], None]) -> None:
    header = next(rows, (1, []))[1]
    columns = [cell.strip().casefold() for cell in header]
    categories = [each for each in queries.categories(lottery) if each.known == Known.REGISTER]
    if not _check_header(found, columns, categories):
        return
    readers = [_Reader(category, columns) for category in categories]
    seen: dict[tuple[str, str], int] = {}
    done = 0
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        done += 1
        if done > MOST_LINES:
            found.fault(number, "", "too-many-lines", str(MOST_LINES))
            break
        if len(row) == len(columns):
            cells = dict(zip(columns, (" ".join(cell.split()) for cell in row), strict=True))
            _keep(found, seen, number, _line(found, number, cells, readers, lottery, today))
        else:
            found.fault(number, "", "cells", f"{len(row)} / {len(columns)}")
        if done % EVERY == 0:
            tell(done)
    if not done:
        found.fault(1, "", "no-lines")


def _keep(found: Read, seen: dict[tuple[str, str], int], number: int, line: Line | None) -> None:
    """Nobody gets two letters: the same name at the same address is one person."""
    if line is None:
        return
    known = seen.setdefault((line.name.casefold(), line.household), number)
    if known != number:
        found.fault(number, "name", "twice", str(known))
    else:
        found.lines.append(line)


def _check_header(found: Read, columns: list[str], categories: Iterable[Category]) -> bool:
    if not any(columns):
        found.fault(1, "", "no-header")
        return False
    for name, times in Counter(columns).items():
        if name and times > 1:
            found.fault(1, name, "column-twice")
    used = {"name", "language"}
    if "name" not in columns:
        found.fault(1, "name", "no-column")
    if "address" in columns:
        used.add("address")
    elif {"street", "postcode", "city"} <= set(columns):
        used |= {"street", "postcode", "city"}
    else:
        found.fault(1, "address", "no-column", "address | street, postcode, city")
    for category in categories:
        names = _columns_of(category)
        there = [name for name in names if name in columns]
        if not there:
            found.fault(1, category.key, "no-column", " | ".join(names))
        used.update(there)
    found.ignored = [name for name in columns if name and name not in used]
    return not found.fault_count


def _columns_of(category: Category) -> list[str]:
    born = ["birth_date", "birth_year"] if category.kind == CategoryKind.AGE else []
    return [category.key, *born]


class _Reader:
    """Reads one category of a line. Groups are known by their value, by their name in any language, by the code of their area, or by an age."""

    def __init__(self, category: Category, columns: list[str]) -> None:
        self.category = category
        self.column = next(name for name in _columns_of(category) if name in columns)
        self.groups: list[Feature] = list(category.features.all())
        self.words = {
            word.casefold(): feature.key
            for feature in reversed(self.groups)
            for word in (*(text_in(feature, "name", language) for language in LANGUAGES), feature.key)
            if word
        }

    def read(self, found: Read, number: int, cell: str, today: date) -> str | None:
        if not cell:
            found.fault(number, self.column, "empty")
            return None
        if self.column in ("birth_date", "birth_year"):
            return self._by_age(found, number, cell, today)
        key = self.words.get(cell.casefold())
        if key is None:
            found.fault(number, self.column, "unknown-value", cell)
        return key

    def _by_age(self, found: Read, number: int, cell: str, today: date) -> str | None:
        age = _age(cell, today)
        if age is None:
            found.fault(number, self.column, "no-date", cell)
            return None
        for feature in self.groups:
            if feature.age_from is not None and feature.age_from <= age <= (feature.age_to or OLDEST):
                return feature.key
        found.fault(number, self.column, "age-outside", str(age))
        return None


def _age(cell: str, today: date) -> int | None:
    """In whole years. 1987, 1987-05-03 and 03/05/1987 are understood; of a year alone the age reached in the course of this year."""
    if re.fullmatch(r"\d{4}", cell):
        age = today.year - int(cell)
    else:
        found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", cell)
        other = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", cell)
        if found is None and other is None:
            return None
        parts = [int(part) for part in found.groups()] if found else [int(part) for part in reversed(other.groups())]  # type: ignore[union-attr]
        try:
            born = date(*parts)
        except ValueError:
            return None
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return age if 0 <= age <= OLDEST else None


def _formulas(found: Read, number: int, cells: dict[str, str]) -> None:
    for column, cell in cells.items():
        if sheets.is_formula(cell) and column not in found.ignored:
            found.fault(number, column, "formula", cell)


def _line(
    found: Read, number: int, cells: dict[str, str], readers: list[_Reader], lottery: Lottery, today: date
) -> Line | None:
    before = found.fault_count
    _formulas(found, number, cells)
    if found.fault_count != before:
        return None
    parts = ["address"] if "address" in cells else ["street", "postcode", "city"]
    for column in ("name", *parts):
        if not cells[column]:
            found.fault(number, column, "empty")
        elif len(cells[column]) > LONGEST[column]:
            found.fault(number, column, "too-long", str(LONGEST[column]))
    language = (cells.get("language") or _usual(lottery))[:2].casefold()
    if language not in LANGUAGES:
        found.fault(number, "language", "unknown-language", cells["language"])
    features = {}
    for reader in readers:
        group = reader.read(found, number, cells[reader.column], today)
        if group is not None:
            features[reader.category.key] = group
    if found.fault_count != before:
        return None
    address = (
        "\n".join(part.strip() for part in cells["address"].split("|"))
        if "address" in cells
        else f"{cells['street']}\n{cells['postcode']} {cells['city']}"
    )
    return Line(cells["name"], address, codes.household(lottery.pk, address), language, features)


def _usual(lottery: Lottery) -> str:
    return str(lottery.process.organisation.languages[0])
