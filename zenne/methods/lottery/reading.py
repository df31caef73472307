"""A pool and its quotas from two CSV files, as people keep them; every fault with its file, line, column and code.

POOL        a header; a column with the id, a column for each category, optionally one with the address; other columns are ignored
CATEGORIES  `category,feature,min,max`, or `feature,value,min,max` as tools of other makers write it; columns `min_flex` and `max_flex` may stand beside and
            are not read: by how much a quota is relaxed is decided in public, not by a file.
            Spaces around cells mean nothing; a row for each value that may occur, also for those with no limits to speak of (0 and the panel's size)
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .cells import BadFile, Cell, Fault, Table, table
from .instance import Entry, Instance, Quota

DIALECTS = (("category", "feature"), ("feature", "value"))  # the names of the columns that hold category and value
LARGEST = 10**6


@dataclass(frozen=True)
class Columns:
    """Which columns of the pool are no categories."""

    id: str = "id"
    address: str | None = None


@dataclass
class Quotas:
    """What stands in CATEGORIES. `values`: of each category, also where the limits are at fault."""

    quotas: list[Quota] = field(default_factory=list)
    values: dict[str, set[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read(
    pool: bytes,
    categories: bytes,
    *,
    size: int,
    columns: Columns = Columns(),
    names: tuple[str, str] = ("POOL.csv", "CATEGORIES.csv"),
    per_address: int | None = None,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
) -> Instance:
    """Two files -> the instance. Raises BadFile with every fault of both, LotteryError for what is wrong with the rest (see `Instance`).

    Codes besides those of `cells.table`: missing-column(name), no-rows, empty-cell(column), duplicate-id(id, line), unknown-value(category, value),
    not-a-number(text), minimum-above-maximum(minimum, maximum), duplicate-quota(category, value, line), id-is-a-category(name),
    pool-too-small(size, seats).
    """
    faults: list[Fault] = []
    asked, people = Quotas(), None
    try:
        asked = quotas(categories, names[1])
        faults += asked.faults
    except BadFile as bad:
        faults += bad.faults
    try:
        people = table(pool, names[0])
        faults += people.faults
    except BadFile as bad:
        faults += bad.faults
    entries: list[Entry] = []
    if people is not None:
        entries, found = _entries(people, asked.values, columns)
        faults += found
    gone = frozenset(exclude)
    able = sum(entry.id not in gone for entry in entries)
    if people is not None and not faults and able < size:
        last = people.rows[-1].line if people.rows else 1
        faults.append(Fault(names[0], last, 1, "pool-too-small", {"size": size, "seats": able}))
    if faults:
        raise BadFile(faults)
    return Instance(tuple(entries), tuple(asked.quotas), size, per_address, frozenset(include), gone)


# --- quotas ----------------------------------------------------------------------------------------------------------------------


def quotas(data: bytes, file: str = "CATEGORIES.csv") -> Quotas:
    """CATEGORIES -> quotas, with the faults of its rows. Raises BadFile when it is no such file at all."""
    read_in = table(data, file)
    dialect = next((one for one in DIALECTS if all(read_in.at(name) is not None for name in one)), None)
    places = [read_in.at(name) for name in (*(dialect or DIALECTS[0]), "min", "max")]
    absent = [
        name for name, place in zip((*(dialect or DIALECTS[0]), "min", "max"), places, strict=True) if place is None
    ]
    if absent:
        end = read_in.header[-1]
        raise BadFile(
            [Fault(file, end.line, end.column + len(end.text), "missing-column", {"name": name}) for name in absent]
        )
    if not read_in.rows and not read_in.faults:
        raise BadFile([Fault(file, read_in.header[0].line + 1, 1, "no-rows")])
    found = Quotas(faults=list(read_in.faults))
    seen: dict[tuple[str, str], int] = {}
    for row in read_in.rows:
        category, value, least, most = (row.cells[place] for place in places if place is not None)
        for cell, name in ((category, (dialect or DIALECTS[0])[0]), (value, (dialect or DIALECTS[0])[1])):
            if not cell.text:
                found.faults.append(Fault(file, cell.line, cell.column, "empty-cell", {"column": name}))
        key = (category.text, value.text)
        if key in seen:
            told = {"category": key[0], "value": key[1], "line": seen[key]}
            found.faults.append(Fault(file, category.line, category.column, "duplicate-quota", told))
            continue
        seen[key] = row.line
        found.values.setdefault(key[0], set()).add(key[1])
        minimum, maximum = _number(least, found.faults, file), _number(most, found.faults, file)
        if minimum is None or maximum is None:
            continue
        if minimum > maximum:
            told = {"minimum": minimum, "maximum": maximum}
            found.faults.append(Fault(file, least.line, least.column, "minimum-above-maximum", told))
            continue
        found.quotas.append(Quota(*key, minimum, maximum))
    return found


def _number(cell: Cell, faults: list[Fault], file: str) -> int | None:
    if cell.text.isascii() and cell.text.isdecimal() and len(cell.text) < 8 and int(cell.text) <= LARGEST:
        return int(cell.text)
    faults.append(Fault(file, cell.line, cell.column, "not-a-number", {"text": cell.text[:40]}))
    return None


# --- the pool --------------------------------------------------------------------------------------------------------------------


def _entries(people: Table, values: dict[str, set[str]], columns: Columns) -> tuple[list[Entry], list[Fault]]:
    file, end = people.file, people.header[-1]
    wanted = list(dict.fromkeys([columns.id, *values, *((columns.address,) if columns.address is not None else ())]))
    faults = [
        Fault(file, end.line, end.column + len(end.text), "missing-column", {"name": name})
        for name in wanted
        if people.at(name) is None
    ]
    if columns.id in values:
        faults.append(Fault(file, 1, 1, "id-is-a-category", {"name": columns.id}))
    if not people.rows and not people.faults and not faults:
        faults.append(Fault(file, end.line + 1, 1, "no-rows"))
    if faults:
        return [], faults
    at = {name: place for name in wanted if (place := people.at(name)) is not None}
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    for row in people.rows:
        own = row.cells[at[columns.id]]
        if not own.text:
            faults.append(Fault(file, own.line, own.column, "empty-cell", {"column": columns.id}))
        elif own.text in seen:
            told = {"id": own.text, "line": seen[own.text]}
            faults.append(Fault(file, own.line, own.column, "duplicate-id", told))
        seen.setdefault(own.text, row.line)
        faults += _judged(file, {category: row.cells[at[category]] for category in values}, values)
        features = {category: row.cells[at[category]].text for category in values}
        home = row.cells[at[columns.address]].text if columns.address is not None else ""
        entries.append(Entry(own.text, features, home))
    return entries, faults


def _judged(file: str, cells: Mapping[str, Cell], values: Mapping[str, set[str]]) -> Iterator[Fault]:
    for category, cell in cells.items():
        if not cell.text:
            yield Fault(file, cell.line, cell.column, "empty-cell", {"column": category})
        elif cell.text not in values[category]:
            told = {"category": category, "value": cell.text[:80]}
            yield Fault(file, cell.line, cell.column, "unknown-value", told)
