"""A CSV file as cells that know where they stand, so that a fault can be told with its line and column.

Read is what people's programs write: UTF-8 with or without a byte order mark, any line ends, commas, semicolons or tabs (whichever the first line
has most of), quotes as in RFC 4180, empty lines anywhere.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .errors import LotteryError

LARGEST_FILE = 64 * 1024**2
LONGEST_CELL = 1000
DELIMITERS = ",;\t"


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong at one place of a file. `line` and `column` count from 1, the column in characters; `parameters` are the figures and names of the code."""

    file: str
    line: int
    column: int
    code: str
    parameters: Mapping[str, object] = field(default_factory=dict, compare=False)


class BadFile(LotteryError):
    """One file or two with faults, all that could be found (at most MOST). Its code is `bad-file`."""

    MOST = 100

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("bad-file", faults=len(faults))
        self.faults = tuple(sorted(faults))[: self.MOST]


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` without the spaces around it."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line that is not empty. `end`: the column after its last character, where something missing is missing."""

    cells: tuple[Cell, ...]
    line: int
    end: int


@dataclass(frozen=True)
class Table:
    """A header and rows; `at` finds columns by the words of the header. Rows have at least as many cells as the header, faults have the others."""

    file: str
    header: tuple[Cell, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]

    def at(self, name: str) -> int | None:
        return next((place for place, cell in enumerate(self.header) if cell.text == name), None)


def table(data: bytes, file: str) -> Table:
    """Bytes -> table. Raises BadFile for what cannot be read as a table at all: too-large(limit), empty-file, binary-file, not-utf-8, cell-too-long(limit),
    open-quote, text-after-quote(text), no-column-name, duplicate-column(name). Faults of single rows (too-few-cells, too-many-cells) stand in the table.
    """
    rows = list(_rows(_decoded(data, file), file))
    if not rows:
        raise BadFile([Fault(file, 1, 1, "empty-file")])
    header, faults, seen = rows[0].cells, [], set()
    while len(header) > 1 and not header[-1].text:  # a spreadsheet leaves empty columns at the right
        header = header[:-1]
    for cell in header:
        if not cell.text:
            faults.append(Fault(file, cell.line, cell.column, "no-column-name"))
        elif cell.text in seen:
            faults.append(Fault(file, cell.line, cell.column, "duplicate-column", {"name": cell.text}))
        seen.add(cell.text)
    if faults:
        raise BadFile(faults)
    kept = []
    for row in rows[1:]:
        more = [cell for cell in row.cells[len(header) :] if cell.text]
        counts = {"expected": len(header), "found": len(row.cells)}
        if len(row.cells) < len(header):
            faults.append(Fault(file, row.line, row.end, "too-few-cells", counts))
        elif more:
            faults.append(Fault(file, more[0].line, more[0].column, "too-many-cells", counts))
        else:
            kept.append(row)
    return Table(file, header, tuple(kept), tuple(faults))


def _decoded(data: bytes, file: str) -> str:
    if len(data) > LARGEST_FILE:
        raise BadFile([Fault(file, 1, 1, "too-large", {"limit": LARGEST_FILE})])
    if b"\0" in data:
        line, column = _place(data, data.index(b"\0"))
        raise BadFile([Fault(file, line, column, "binary-file")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line, column = _place(fault.object, fault.start)
        raise BadFile([Fault(file, line, column, "not-utf-8")]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    last = before.rpartition(b"\n")[2]
    return before.count(b"\n") + 1, len(last.decode(errors="replace")) + 1


def delimiter_of(line: str) -> str:
    """Whichever of comma, semicolon and tab a header has most of; the comma where it has none."""
    return max(DELIMITERS, key=line.count)


def _rows(text: str, file: str) -> Iterator[Row]:
    delimiter = delimiter_of(text.lstrip("\n").partition("\n")[0])
    plain = re.compile(rf"[^{delimiter}\n]*+")
    quoted = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
    at, line, start = 0, 1, 0  # start: where the line begins
    cells: list[Cell] = []
    while at < len(text):
        first, column = line, at - start + 1
        if text[at] == '"':
            found = quoted.match(text, at)
            if found is None:
                raise BadFile([Fault(file, line, column, "open-quote")])
            content, at = found[1].replace('""', '"'), found.end()
            if breaks := found[1].count("\n"):
                line, start = line + breaks, text.rindex("\n", 0, at) + 1
            after = plain.match(text, at)
            if after and after[0].strip():
                told = {"text": after[0].strip()[:40]}
                raise BadFile([Fault(file, line, at - start + 1, "text-after-quote", told)])
            at = after.end() if after else at
        else:
            found = plain.match(text, at)
            content, at = (found[0], found.end()) if found else ("", at)
        content = content.strip()
        if len(content) > LONGEST_CELL:
            raise BadFile([Fault(file, first, column, "cell-too-long", {"limit": LONGEST_CELL})])
        cells.append(Cell(content, first, column))
        if at < len(text) and text[at] == delimiter:
            at += 1
            if at == len(text) or text[at] == "\n":  # the line ends in a delimiter: one more cell, empty
                cells.append(Cell("", line, at - start + 1))
            else:
                continue
        if any(cell.text for cell in cells):
            yield Row(tuple(cells), cells[0].line, at - start + 1)
        cells, at, line = [], at + 1, line + 1
        start = at
