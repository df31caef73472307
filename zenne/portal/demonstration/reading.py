"""From the content files to records, with every day and moment resolved. A key that no record knows is a mistake and is named."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from .calendar import Calendar
from .decided import Deciding
from .drawn import Drawing
from .linked import Linking
from .records import Closing, Contributions, Opening, Organisation, Page, Process, Resident
from .reviewed import Reviewed

CONTENT = Path(__file__).parent / "content"
Record = TypeVar("Record")


class Mistake(ValueError):
    """A content file says something that the format does not know."""


@dataclass(frozen=True)
class City:
    """The whole content."""

    organisations: tuple[Organisation, ...]
    residents: tuple[Resident, ...]
    pages: tuple[Page, ...]
    processes: tuple[Process, ...]
    contributions: Mapping[str, Contributions]
    decisions: Mapping[str, Deciding]
    lots: Mapping[str, Drawing]
    links: Mapping[str, Linking]
    reviews: Mapping[str, Reviewed]


def read_city(calendar: Calendar, *, folder: Path = CONTENT) -> City:
    """The whole content: processes in the order in which they were created, pages in that of the menu."""
    processes = [read(Process, path, calendar) for path in sorted((folder / "processes").glob("*.toml"))]
    happened = [read(Contributions, path, calendar) for path in sorted((folder / "ideas").glob("*.toml"))]
    decided = [read(Deciding, path, calendar) for path in sorted((folder / "decisions").glob("*.toml"))]
    lots = [read(Drawing, path, calendar) for path in sorted((folder / "lots").glob("*.toml"))]
    links = [read(Linking, path, calendar) for path in sorted((folder / "links").glob("*.toml"))]
    reviews = [read(Reviewed, path, calendar) for path in sorted((folder / "reviews").glob("*.toml"))]
    pages = [read(Page, path, calendar) for path in sorted((folder / "pages").glob("*.toml"))]
    return City(
        organisations=tuple(_rows(Organisation, folder / "organisations.toml", "organisations", calendar)),
        residents=tuple(_rows(Resident, folder / "people.toml", "people", calendar)),
        pages=tuple(sorted(pages, key=lambda page: page.order)),
        processes=tuple(sorted(processes, key=lambda process: process.created_at)),
        contributions={each.process: each for each in happened},
        decisions={each.process: each for each in decided},
        lots={each.process: each for each in lots},
        links={each.plan: each for each in links},
        reviews={each.plan: each for each in reviews},
    )


def read(kind: type[Record], path: Path, calendar: Calendar) -> Record:
    """One file that is one record."""
    with path.open("rb") as file:
        return record(kind, tomllib.load(file), calendar, where=path.name)


def _rows(kind: type[Record], path: Path, key: str, calendar: Calendar) -> list[Record]:
    with path.open("rb") as file:
        tables = tomllib.load(file)[key]
    return [record(kind, table, calendar, where=f"{path.name}, {table.get('key')}") for table in tables]


def record(kind: type[Record], table: Mapping[str, Any], calendar: Calendar, *, where: str) -> Record:
    """A table as a record of `kind`. Raises Mistake for a key too many or too few."""
    hints = get_type_hints(kind)
    known = {field.name.rstrip("_"): field for field in fields(kind)}  # type: ignore[arg-type]
    if strange := set(table) - set(known):
        raise Mistake(f"{where}: {kind.__name__} has no {', '.join(sorted(strange))}")
    values = {}
    for name, field in known.items():
        if name in table:
            values[field.name] = _value(hints[field.name], table[name], calendar, f"{where}, {name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise Mistake(f"{where}: {kind.__name__} lacks {name}")
    return kind(**values)


def _value(hint: Any, written: Any, calendar: Calendar, where: str) -> Any:
    if get_origin(hint) in (UnionType, Union):
        hint = next(choice for choice in get_args(hint) if choice is not NoneType)
    if hint is Opening:
        return calendar.opening(written)
    if hint is Closing:
        return calendar.closing(written)
    if hint is date:
        return calendar.date(written)
    if hint is datetime:
        return calendar.moment(written)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], each, calendar, where) for each in written)
    if get_origin(hint) is Mapping:
        return {key: _value(get_args(hint)[1], each, calendar, f"{where} {key}") for key, each in written.items()}
    if is_dataclass(hint) and isinstance(hint, type):
        name = written.get("key", "")
        return record(hint, written, calendar, where=f"{where} {name}".rstrip())
    return written
