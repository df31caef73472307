"""The first stage: letters to people or addresses of a register, from a file that never leaves the operator.

The file is read from its beginning as often as needed and never held in memory: kept are eight bytes for each entry (to find an id that stands twice),
a number for each address where one letter goes to each, and the tickets of the letters. Within a stratum (see `letters`) those are drawn that have the
smallest tickets: SHA-256 of "SEED/letter/ID", or of "SEED/address/ADDRESS" where one letter goes to an address; of its members, in order of their ids, one
is drawn in proportion to the weights by SHA-256 of "SEED/member/ADDRESS". So the order of the file means nothing, and an auditor who sits beside the operator can check
any single entry by hand. The SHA-256 of the file is part of what is reported: publish it before the seed is known (`sha256sum REGISTER.csv`).
"""

import csv
import hashlib
import heapq
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import BinaryIO

import numpy as np

from .cells import BadFile, Fault, delimiter_of, table
from .errors import LotteryError
from .letters import Stratum, plan

LONGEST_LINE = 100_000
Opener = Callable[[], BinaryIO]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Weights:
    """The weight of an entry by its values in some columns. Without columns all have the same."""

    columns: tuple[str, ...] = ()
    of: Mapping[Key, Fraction] = field(default_factory=lambda: {(): Fraction(1)})

    @classmethod
    def read(cls, data: bytes, file: str = "WEIGHTS.csv") -> "Weights":
        """CSV: columns of the register, then `response` (the share of letters of this group that is answered, above 0, at most 1: the weight is 1 / response) or `weight`
        (any number above 0). Raises BadFile: missing-column(name), not-a-share(text), not-above-zero(text), duplicate-group(group, line), no-rows.
        """
        found = table(data, file)
        *columns, last = found.header
        if last.text not in ("response", "weight") or not columns:
            end = last.column + len(last.text)
            raise BadFile([Fault(file, last.line, end, "missing-column", {"name": "response"})])
        faults, weights, seen = list(found.faults), {}, dict[Key, int]()
        for row in found.rows:
            *cells, cell = row.cells[: len(found.header)]
            group = tuple(one.text for one in cells)
            number = _fraction(cell.text)
            if group in seen:
                told = {"group": ", ".join(group), "line": seen[group]}
                faults.append(Fault(file, row.line, 1, "duplicate-group", told))
            elif number is None or number <= 0 or (last.text == "response" and number > 1):
                code = "not-a-share" if last.text == "response" else "not-above-zero"
                faults.append(Fault(file, cell.line, cell.column, code, {"text": cell.text[:40]}))
            else:
                weights[group] = 1 / number if last.text == "response" else number
            seen.setdefault(group, row.line)
        if not seen and not faults:
            faults.append(Fault(file, last.line + 1, 1, "no-rows"))
        if faults:
            raise BadFile(faults)
        return cls(tuple(one.text for one in columns), weights)


def _fraction(text: str) -> Fraction | None:
    digits = text.removesuffix("%").strip().replace(",", ".")
    if len(digits) > 20 or not digits.replace(".", "", 1).isdecimal() or not digits.isascii():
        return None
    return Fraction(digits) / (100 if text.endswith("%") else 1)


@dataclass(frozen=True)
class Mailing:
    """What is asked. `one_per`: the column with the address where one letter goes to each; entries whose address is empty each stand alone."""

    letters: int
    seed: str
    weights: Weights = field(default_factory=Weights)
    one_per: str | None = None
    id: str = "id"
    file: str = "REGISTER.csv"


@dataclass(frozen=True)
class Group:
    """The people of one group of the weights, and their exact chances of a letter; they differ only where an address is so large that it gets one for sure."""

    key: Key
    people: int
    letters: int
    smallest: Fraction
    largest: Fraction


@dataclass(frozen=True)
class Drawing:
    """Who gets a letter: `ids`, in alphabetical order; `rows` writes them. `sha256`: of the file; `units`: entries, or addresses where one letter goes to each."""

    mailing: Mailing
    sha256: str
    people: int
    units: int
    strata: tuple[Stratum, ...]
    groups: tuple[Group, ...]
    ids: tuple[str, ...]


# --- reading -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    unit: str  # what has a ticket: "letter/ID" or "address/ADDRESS"
    group: Key
    cells: list[str]


class _Pass:
    """One reading of the file. After the last entry `sha256` is that of all its bytes."""

    def __init__(self, opened: BinaryIO, mailing: Mailing) -> None:
        self._opened, self._mailing, self._digest = opened, mailing, hashlib.sha256()
        self._lines = self._decoded()
        first = next(self._lines, "")
        while first and not first.strip():
            first = next(self._lines, "")
        if not first:
            raise self._bad(1, "empty-file")
        self.delimiter = delimiter_of(first)
        self.header = [cell.strip() for cell in next(csv.reader([first], delimiter=self.delimiter))]
        wanted = [mailing.id, *mailing.weights.columns, *((mailing.one_per,) if mailing.one_per is not None else ())]
        if absent := [name for name in wanted if name not in self.header]:
            raise BadFile(
                [
                    Fault(mailing.file, self._line, len(first.rstrip()) + 1, "missing-column", {"name": name})
                    for name in absent
                ]
            )
        for name in wanted:
            if self.header.count(name) > 1:
                raise self._bad(self._line, "duplicate-column", name=name)
        self._id = self.header.index(mailing.id)
        self._group = [self.header.index(name) for name in mailing.weights.columns]
        self._home = self.header.index(mailing.one_per) if mailing.one_per is not None else None

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def _bad(self, line: int, code: str, at: int = 1, **parameters: object) -> BadFile:
        return BadFile([Fault(self._mailing.file, line, at, code, parameters)])

    def _decoded(self) -> Iterator[str]:
        self._line = 0
        while line := self._opened.readline(LONGEST_LINE + 1):
            self._line += 1
            self._digest.update(line)
            if len(line) > LONGEST_LINE:
                raise self._bad(self._line, "line-too-long", limit=LONGEST_LINE)
            if b"\0" in line:
                raise self._bad(self._line, "binary-file", line.index(b"\0") + 1)
            try:
                yield line.decode("utf-8-sig" if self._line == 1 else "utf-8")
            except UnicodeDecodeError as fault:
                raise self._bad(self._line, "not-utf-8", fault.start + 1) from None

    def entries(self) -> Iterator[tuple[int, _Entry]]:
        """Entries with the line on which they end."""
        try:
            for cells in csv.reader(self._lines, delimiter=self.delimiter, strict=True):
                if any(cell.strip() for cell in cells):
                    yield self._line, self._entry(cells)
        except csv.Error as fault:
            raise self._bad(self._line, "bad-quotes", text=str(fault)[:80]) from None

    def _entry(self, cells: list[str]) -> _Entry:
        if len(cells) < len(self.header) or any(cell.strip() for cell in cells[len(self.header) :]):
            code = "too-few-cells" if len(cells) < len(self.header) else "too-many-cells"
            raise self._bad(self._line, code, expected=len(self.header), found=len(cells))
        own = cells[self._id].strip()
        if not own:
            raise self._bad(self._line, "empty-cell", self._column(cells, self._id), column=self._mailing.id)
        group = tuple(cells[at].strip() for at in self._group)
        if group not in self._mailing.weights.of:
            column = self._column(cells, self._group[0]) if self._group else 1
            raise self._bad(self._line, "unknown-group", column, group=", ".join(group))
        home = cells[self._home].strip() if self._home is not None else ""
        return _Entry(own, f"address/{home}" if home else f"letter/{own}", group, cells)

    def _column(self, cells: list[str], at: int) -> int:
        return sum(len(cell) + 1 for cell in cells[:at]) + 1


# --- drawing -----------------------------------------------------------------------------------------------------------------


def draw(open_register: Opener, mailing: Mailing) -> Drawing:
    """`open_register` opens the file from its beginning each time; it must be the same file. Raises BadFile, LotteryError (see `letters.plan`), and file-changed when it was another.

    Codes of BadFile: empty-file, binary-file, not-utf-8, line-too-long(limit), bad-quotes(text), missing-column(name), duplicate-column(name), too-few-cells, too-many-cells,
    empty-cell(column), unknown-group(group), duplicate-id(id, line).
    """
    survey = _Survey(mailing)
    with open_register() as opened:
        reading = _Pass(opened, mailing)
        for _, entry in reading.entries():
            survey.meet(entry)
        digest = reading.sha256
    survey.refuse_twins(open_register)
    strata = plan(survey.sizes(), mailing.letters, mailing.seed)
    limits = _smallest(open_register, mailing, survey, strata)
    ids = _chosen(open_register, mailing, survey, limits, digest)
    by_key = {stratum.key: stratum for stratum in strata}
    groups = survey.groups(by_key, Counter(group for _, group in ids))
    return Drawing(mailing, digest, survey.people, survey.units, strata, groups, tuple(sorted(own for own, _ in ids)))


def rows(open_register: Opener, drawing: Drawing) -> Iterator[list[str]]:
    """The header of the register, and the entries that get a letter as they stand in it, in its order. Raises LotteryError: file-changed()."""
    chosen = set(drawing.ids)
    with open_register() as opened:
        reading = _Pass(opened, drawing.mailing)
        yield reading.header
        for _, entry in reading.entries():
            if entry.id in chosen:
                yield [cell.strip() for cell in entry.cells[: len(reading.header)]]
        if reading.sha256 != drawing.sha256:
            raise LotteryError("file-changed")


class _Survey:
    """What the first reading learns: how many units there are of each stratum."""

    def __init__(self, mailing: Mailing) -> None:
        self._mailing = mailing
        self._hashes = array("Q")
        self.people = 0
        self._by_group: Counter[Key] = Counter()
        self._home: dict[int, int] = {}  # hash of an address -> its composition
        self._compositions: list[tuple[tuple[Key, int], ...]] = [()]
        self._known: dict[tuple[tuple[Key, int], ...], int] = {(): 0}
        self._next: dict[tuple[int, Key], int] = {}

    def meet(self, entry: _Entry) -> None:
        self.people += 1
        self._by_group[entry.group] += 1
        self._hashes.append(_short(entry.id))
        if self._mailing.one_per is not None:
            home = _short(entry.unit)
            now = self._home.get(home, 0)
            step = (now, entry.group)
            if step not in self._next:
                counts = Counter(dict(self._compositions[now]))
                counts[entry.group] += 1
                composition = tuple(sorted(counts.items()))
                if composition not in self._known:
                    self._known[composition] = len(self._compositions)
                    self._compositions.append(composition)
                self._next[step] = self._known[composition]
            self._home[home] = self._next[step]

    def refuse_twins(self, open_register: Opener) -> None:
        """Raises BadFile when an id stands twice. Who only shares the short hash of another id is nobody's twin."""
        hashes = np.sort(np.frombuffer(self._hashes, dtype=np.uint64))
        same = {int(one) for one in hashes[:-1][hashes[:-1] == hashes[1:]]}
        if not same:
            return
        faults: list[Fault] = []
        seen: dict[str, int] = {}
        with open_register() as opened:
            for line, entry in _Pass(opened, self._mailing).entries():
                if _short(entry.id) in same:
                    if entry.id in seen:
                        told = {"id": entry.id, "line": seen[entry.id]}
                        faults.append(Fault(self._mailing.file, line, 1, "duplicate-id", told))
                    seen.setdefault(entry.id, line)
        if faults:
            raise BadFile(faults)

    @property
    def units(self) -> int:
        return len(self._home) if self._mailing.one_per is not None else self.people

    def sizes(self) -> dict[Key, tuple[int, Fraction]]:
        """Units and weight of each stratum."""
        weights = self._mailing.weights.of
        if self._mailing.one_per is None:
            return {group: (number, weights[group]) for group, number in self._by_group.items()}
        found: dict[Key, tuple[int, Fraction]] = {}
        for place, number in Counter(self._home.values()).items():
            composition = self._compositions[place]
            weight = sum((weights[group] * count for group, count in composition), Fraction(0))
            found[_spelled(composition)] = (number, weight)
        return found

    def stratum(self, entry: _Entry) -> Key:
        if self._mailing.one_per is None:
            return entry.group
        return _spelled(self._compositions[self._home[_short(entry.unit)]])

    def groups(self, strata: Mapping[Key, Stratum], letters: Mapping[Key, int]) -> tuple[Group, ...]:
        weights = self._mailing.weights.of
        chances: dict[Key, set[Fraction]] = {group: set() for group in self._by_group}
        if self._mailing.one_per is None:
            for group in chances:
                chances[group].add(strata[group].chance)
        for place in set(self._home.values()):
            stratum = strata[_spelled(self._compositions[place])]
            for group, _ in self._compositions[place]:
                chances[group].add(stratum.chance * weights[group] / stratum.weight)
        return tuple(
            Group(group, number, letters.get(group, 0), min(chances[group]), max(chances[group]))
            for group, number in sorted(self._by_group.items())
        )


def _spelled(composition: Iterable[tuple[Key, int]]) -> Key:
    """Who lives at an address, as the key of a stratum: for each group the number of people and its values."""
    return tuple(word for group, count in composition for word in (str(count), *group))


def _short(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def _ticket(seed: str, unit: str) -> int:
    return int(hashlib.sha256(f"{seed}/{unit}".encode()).hexdigest(), 16)


def _smallest(open_register: Opener, mailing: Mailing, survey: _Survey, strata: Iterable[Stratum]) -> dict[Key, int]:
    """For each stratum that gets letters the largest ticket that still does."""
    wanted = {stratum.key: stratum.letters for stratum in strata if stratum.letters}
    heaps: dict[Key, list[int]] = {key: [] for key in wanted}  # tickets, negative: the largest is on top
    held: dict[Key, set[int]] = {key: set() for key in wanted}  # an address comes once for each of its members
    with open_register() as opened:
        for _, entry in _Pass(opened, mailing).entries():
            key = survey.stratum(entry)
            if key not in wanted:
                continue
            number, heap = _ticket(mailing.seed, entry.unit), heaps[key]
            if number in held[key] or (len(heap) == wanted[key] and number > -heap[0]):
                continue
            held[key].add(number)
            if len(heap) < wanted[key]:
                heapq.heappush(heap, -number)
            else:
                held[key].discard(-heapq.heapreplace(heap, -number))
    return {key: -heap[0] for key, heap in heaps.items()}


def _chosen(
    open_register: Opener, mailing: Mailing, survey: _Survey, limits: Mapping[Key, int], digest: str
) -> list[tuple[str, Key]]:
    """Ids and groups of those who get a letter."""
    members: dict[str, list[tuple[str, Key]]] = {}
    with open_register() as opened:
        reading = _Pass(opened, mailing)
        for _, entry in reading.entries():
            key = survey.stratum(entry)
            if key in limits and _ticket(mailing.seed, entry.unit) <= limits[key]:
                members.setdefault(entry.unit, []).append((entry.id, entry.group))
        if reading.sha256 != digest:
            raise LotteryError("file-changed")
    return [_member(mailing, unit, sorted(people)) for unit, people in members.items()]


def _member(mailing: Mailing, unit: str, people: list[tuple[str, Key]]) -> tuple[str, Key]:
    """One of those at an address, in proportion to their weights."""
    weights = [mailing.weights.of[group] for _, group in people]
    share = Fraction(_ticket(mailing.seed, f"member/{unit.removeprefix('address/')}"), 2**256)
    mark = share * sum(weights, Fraction(0))
    for person, weight in zip(people, weights, strict=True):
        if mark < weight:
            return person
        mark -= weight
    raise AssertionError("the mark lies below the sum of the weights")
