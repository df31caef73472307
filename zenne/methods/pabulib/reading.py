"""Reading a Pabulib file (the format: Faliszewski et al., "Participatory Budgeting: Data, Tools, and Analysis", IJCAI 2023, and pabulib.org/format)."""

import csv
import io
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain

from .election import Election, Malformed, Patterns, Project, Rows, VoteType
from .money import NotAnAmount, decimals, exact

SECTIONS = ("META", "PROJECTS", "VOTES")
SEPARATORS = ";,\t"
REQUIRED = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
#: at least cents, so that a sum of whole euros and one of cents can meet
DIGITS = 2
LONGEST_FIELD = 2**24
#: where the first header stands
BEGINNING = 4096
#: amounts that fit an array of machine integers
LARGEST = 2**62

Row = tuple[int, list[str]]


def read(data: bytes | str) -> Election:
    """An election from the content of a `.pb` file. Raises Malformed with the line and the reason."""
    text = _decoded(data) if isinstance(data, bytes) else data.removeprefix("\ufeff")
    sections = _sections(text)
    meta = _meta(sections["META"])
    values = {key: value for key, (_line, value) in meta.items()}
    vote_type = _vote_type(meta)
    projects_at, projects = sections["PROJECTS"][0][0], _table("PROJECTS", sections["PROJECTS"])
    digits = _digits([(line, row["cost"]) for line, row in projects] + [_required(meta, "budget")])
    listed = _projects(projects, digits)
    budget_line, budget = _required(meta, "budget")
    total = _amount(budget_line, budget, digits)
    if total < 0:
        raise Malformed(budget_line, f"the budget is negative: {budget}")
    votes, points_unit = _votes(sections["VOTES"], [project.id for project in listed], vote_type, meta)
    _counted(meta, "num_projects", len(listed), projects_at)
    _counted(meta, "num_votes", len(votes), sections["VOTES"][0][0])
    return Election(values, vote_type, total, listed, votes, 10**digits, points_unit)


# --- lines and sections ----------------------------------------------------------------------------------------------------


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise Malformed(line, f"not UTF-8: byte 0x{data[fault.start]:02x}") from None


def _sections(text: str) -> dict[str, list[Row]]:
    """The rows of each section, its header first, with their lines."""
    separator = _separator(text)
    found: dict[str, list[Row]] = {}
    current: list[Row] | None = None
    for line, row in _rows(text, separator):
        name = row[0].strip().upper()
        if name in SECTIONS and not any(cell.strip() for cell in row[1:]):
            if name in found:
                raise Malformed(line, f"section {name} is there twice")
            if len(found) != SECTIONS.index(name):
                raise Malformed(line, f"section {name} is out of order: META, PROJECTS, VOTES")
            current = found[name] = []
        elif current is None:
            raise Malformed(line, "the file does not begin with META")
        else:
            current.append((line, row))
    last = text.count("\n") + 1
    for name in SECTIONS:
        if name not in found:
            raise Malformed(last, f"section {name} is missing")
        if not found[name]:
            raise Malformed(last, f"section {name} has no header")
        _header(name, found[name])
    return found


def _separator(text: str) -> str:
    """What stands between `key` and `value` in the first header."""
    for line in text[:BEGINNING].splitlines():
        words = line.strip().strip('"').lower()
        if words.startswith("key") and words.endswith("value"):
            between = words[3:-5].strip('" ') or words[3:4]
            if between[:1] in SEPARATORS:
                return between[:1]
    return ";"


def _rows(text: str, separator: str) -> Iterator[Row]:
    """Rows that are not empty, with the line on which each begins."""
    ended = False

    def end() -> Iterator[str]:
        """Asked for when a row wants one more line than there is: in the middle of a quoted field."""
        nonlocal ended
        ended = True
        yield from ()

    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(chain(io.StringIO(text, newline=""), end()), delimiter=separator)
    begun = 1
    try:
        for row in reader:
            if ended:
                raise Malformed(begun, "a quoted field is not closed")
            if row and (row[0].strip() or any(cell.strip() for cell in row)):
                yield begun, row
            begun = reader.line_num + 1
    except csv.Error as fault:
        raise Malformed(begun, str(fault)) from None


def _header(name: str, rows: list[Row]) -> None:
    line, cells = rows[0]
    while cells and not cells[-1].strip():
        cells.pop()
    cells[:] = [cell.strip() for cell in cells]
    for column in REQUIRED[name]:
        if column not in cells:
            raise Malformed(line, f"{name} has no column {column!r}")
    for at, column in enumerate(cells):
        if column in cells[:at]:
            raise Malformed(line, f"{name} has the column {column!r} twice")


def _fitted(name: str, line: int, row: list[str], width: int) -> list[str]:
    """A row as wide as its header: cells too many must be empty."""
    if len(row) < width:
        raise Malformed(line, f"{len(row)} fields, but the header of {name} names {width}")
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        raise Malformed(line, f"{len(row)} fields, but the header of {name} names only {width}")
    return row[:width]


def _table(name: str, rows: list[Row]) -> list[tuple[int, dict[str, str]]]:
    header = rows[0][1]
    return [
        (line, dict(zip(header, (cell.strip() for cell in _fitted(name, line, row, len(header))), strict=True)))
        for line, row in rows[1:]
    ]


# --- META and PROJECTS -----------------------------------------------------------------------------------------------------


def _meta(rows: list[Row]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for line, row in _table("META", rows):
        key = row["key"]
        if not key:
            raise Malformed(line, "a key of META is empty")
        if key in found:
            raise Malformed(line, f"key {key!r} is there twice")
        found[key] = line, row["value"]
    found[""] = rows[0][0], ""  # where META is, for what is missing
    _required(found, "budget")
    del found[""]
    return found


def _required(meta: dict[str, tuple[int, str]], key: str) -> tuple[int, str]:
    if not meta.get(key, (0, ""))[1]:
        raise Malformed(meta.get(key, meta.get("", (1, "")))[0], f"META does not say {key}")
    return meta[key]


def _vote_type(meta: dict[str, tuple[int, str]]) -> VoteType:
    if "vote_type" not in meta:
        raise Malformed(1, "META does not say vote_type")
    line, told = meta["vote_type"]
    try:
        return VoteType(told)
    except ValueError:
        raise Malformed(line, f"vote_type {told!r} is not one of {', '.join(VoteType)}") from None


def _counted(meta: dict[str, tuple[int, str]], key: str, number: int, line: int) -> None:
    if key in meta and meta[key][1] != str(number):
        raise Malformed(meta[key][0], f"{key} says {meta[key][1]!r}, but from line {line} there are {number}")


def _digits(amounts: list[tuple[int, str]], *, least: int = DIGITS) -> int:
    digits = least
    for line, amount in amounts:
        try:
            digits = max(digits, decimals([amount]))
        except NotAnAmount as fault:
            raise Malformed(line, str(fault)) from None
    return digits


def _amount(line: int, amount: str, digits: int) -> int:
    try:
        value = exact(amount, digits)
    except NotAnAmount as fault:
        raise Malformed(line, str(fault)) from None
    if abs(value) >= LARGEST:
        raise Malformed(line, f"{amount} has too many digits")
    return value


def _projects(rows: list[tuple[int, dict[str, str]]], digits: int) -> tuple[Project, ...]:
    found: dict[str, Project] = {}
    for line, row in rows:
        extra = dict(row)
        one, told = extra.pop("project_id"), extra.pop("cost")
        if not one:
            raise Malformed(line, "a project has no id")
        if "," in one:
            raise Malformed(line, f"project id {one!r} has a comma, which ends an id in a vote")
        if one in found:
            raise Malformed(line, f"project {one!r} is there twice")
        cost = _amount(line, told, digits)
        if cost < 0:
            raise Malformed(line, f"the cost of project {one!r} is negative: {told}")
        found[one] = Project(one, cost, extra)
    return tuple(found.values())


# --- VOTES -----------------------------------------------------------------------------------------------------------------


def _votes(rows: list[Row], ids: list[str], vote_type: VoteType, meta: dict[str, tuple[int, str]]) -> tuple[Rows, int]:
    header_line, header = rows[0]
    if meta.get("default_score", (0, "0"))[1].strip() not in ("", "0", "0.0"):
        raise Malformed(meta["default_score"][0], "a default_score other than 0 is not supported")
    with_points = "points" in header and vote_type.pointed
    if vote_type in (VoteType.CUMULATIVE, VoteType.SCORING) and not with_points:
        raise Malformed(header_line, f"VOTES has no column 'points', which vote_type {vote_type.value} needs")
    voter, vote = header.index("voter_id"), header.index("vote")
    points = header.index("points") if with_points else vote
    reader = Ballots(ids, vote_type, with_points=with_points)
    seen: dict[str, int] = {}
    known: dict[tuple[str, str], int] = {}
    of, kept, copies = array("q"), [], array("q")
    for line, raw in rows[1:]:
        row = raw if len(raw) == len(header) else _fitted("VOTES", line, raw, len(header))
        if (first := seen.setdefault(row[voter], line)) != line:
            raise Malformed(line, f"voter {row[voter]!r} has voted on line {first} already")
        if not row[voter].strip():
            raise Malformed(line, "a vote has no voter_id")
        key = row[vote], row[points]
        pattern = known.get(key)
        if pattern is None:
            pattern = known[key] = len(known)
            copies.append(0)
            reader.add(line, row[vote], row[points] if with_points else None)
        copies[pattern] += 1
        of.append(pattern)
        kept.append(row)
    patterns, points_unit = reader.done(copies)
    starts = array("q", accumulate(patterns.lengths, initial=0))
    return Rows(tuple(ids), tuple(header), kept, of, patterns, starts), points_unit


class Ballots:
    """The different ballots of a file, checked one by one."""

    def __init__(self, ids: Iterable[str], vote_type: VoteType, *, with_points: bool) -> None:
        self.position = {one: at for at, one in enumerate(ids)}
        self.vote_type = vote_type
        self.with_points = with_points
        self.lengths, self.choice = array("q"), array("q")
        self.written: list[tuple[int, list[str]]] = []
        self.places: list[int] = []

    def add(self, line: int, vote: str, points: str | None) -> None:
        names = [name.strip() for name in vote.split(",")] if vote.strip() else []
        try:
            row = [self.position[name] for name in names]
        except KeyError as unknown:
            reason = (
                f"vote for {unknown.args[0]!r}, which is no project"
                if unknown.args[0]
                else "an id in the vote is empty"
            )
            raise Malformed(line, reason) from None
        if len(set(row)) < len(row):
            twice = next(name for at, name in enumerate(names) if name in names[:at])
            raise Malformed(line, f"the vote names project {twice!r} twice")
        if self.vote_type is VoteType.CHOOSE_1 and len(row) > 1:
            raise Malformed(line, f"{len(row)} projects in a vote of type choose-1")
        self.lengths.append(len(row))
        self.choice.extend(row)
        if points is not None:
            given = [one.strip() for one in points.split(",")] if points.strip() else []
            if len(given) != len(row):
                raise Malformed(line, f"{len(row)} projects but {len(given)} points")
            self.written.append((line, given))
        elif self.vote_type.pointed:
            self.places.extend(range(len(row), 0, -1))

    def done(self, copies: "array[int]") -> tuple[Patterns, int]:
        if not self.with_points:
            points = array("q", self.places) if self.vote_type.pointed else None
            return Patterns(copies, self.lengths, self.choice, points), 1
        digits, values = 0, array("q")
        for line, given in self.written:
            digits = max(digits, _digits([(line, one) for one in given if not one.isdecimal()], least=0))
        for line, given in self.written:
            for one in given:
                if self.vote_type is not VoteType.SCORING and one.startswith("-"):
                    raise Malformed(line, f"negative points: {one}")
                values.append(_amount(line, one, digits))
        return Patterns(copies, self.lengths, self.choice, values), 10**digits
