"""Tables that staff give, csv or xlsx: their rows as text, one after another. Of a workbook the first sheet is read, days as 2026-03-15.

A formula is read as what a spreadsheet computed of it. Where none has (what other programs write), the formula itself stands there, and so it does in
a csv file: `is_formula` tells whoever reads a row, who refuses it. Nothing in a file is trusted: no document type, no entities, no more than MOST_UNPACKED bytes once it is unpacked.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element, ParseError, iterparse

MOST_UNPACKED = 400 * 1024 * 1024
MOST_COLUMNS = 200
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DAY_FORMATS = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_CELL = re.compile(r"([A-Z]{1,3})\d+")

Rows = Iterator[tuple[int, list[str]]]


class NoSheet(Exception):
    """It is neither text nor a workbook that can be read."""


def rows(content: bytes) -> Rows:
    """Each row with its number in the file, as people count. Raises NoSheet, at once or on the way."""
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    return _text(content)


def is_formula(cell: str) -> bool:
    """Something to compute and no value, or what would be computed where the value is shown later."""
    return cell.startswith("=")


def about(content: bytes) -> int:
    """About how many rows there are under the names of the columns, for the bar that shows how far it is."""
    if not content.startswith(b"PK\x03\x04"):
        return max(0, content.rstrip(b"\n").count(b"\n"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            number, tail = 0, b""
            with book.open(_first_sheet(book)) as opened:
                while piece := opened.read(1 << 20):
                    number, tail = number + (tail + piece).count(b"<row "), (tail + piece)[-4:]
            return max(0, number - 1)
    except (zipfile.BadZipFile, NoSheet, KeyError, OSError, NotImplementedError, RuntimeError):
        return 0


def _text(content: bytes) -> Rows:
    if b"\0" in content:
        raise NoSheet
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    begins = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise NoSheet from error
        yield begins, row
        begins = reader.line_num + 1


def _workbook(content: bytes) -> Rows:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            if sum(part.file_size for part in book.infolist()) > MOST_UNPACKED:
                raise NoSheet
            name = _first_sheet(book)
            shared = [_words(node) for node in _nodes(book, "xl/sharedStrings.xml", f"{SHEET}si")]
            days, epoch = _day_styles(book), _epoch(book)
            width = number = 0
            for row in _nodes(book, name, f"{SHEET}row"):
                cells = _cells(row, shared, days, epoch)
                width = width or len(cells)
                number = int(row.get("r") or number + 1)
                yield number, _as_wide(cells, width)
    except (
        zipfile.BadZipFile,
        ParseError,
        KeyError,
        ValueError,
        IndexError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise NoSheet from error


def _nodes(book: zipfile.ZipFile, name: str, tag: str) -> Iterator[Element]:
    """The elements of one name, each thrown away when it was read: memory does not grow with the file."""
    if name not in book.namelist():
        return
    with book.open(name) as opened:
        head = opened.read(2048)
    if b"<!" in head:
        raise NoSheet
    with book.open(name) as opened:
        for _event, node in iterparse(opened, events=("end",)):  # noqa: S314 - no document type was let in above
            if node.tag == tag:
                yield node
                node.clear()


def _first_sheet(book: zipfile.ZipFile) -> str:
    links = {
        node.get("Id"): node.get("Target") or ""
        for node in _nodes(
            book,
            "xl/_rels/workbook.xml.rels",
            "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship",
        )
    }
    for node in _nodes(book, "xl/workbook.xml", f"{SHEET}sheet"):
        target = links.get(node.get(f"{LINKS}id"), "")
        name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if name in book.namelist():
            return name
    raise NoSheet


def _epoch(book: zipfile.ZipFile) -> date:
    """The day from which days are counted: workbooks of old Macintoshes begin four years later."""
    for node in _nodes(book, "xl/workbook.xml", f"{SHEET}workbookPr"):
        if node.get("date1904") in ("1", "true"):
            return EPOCH_1904
    return EPOCH


def _day_styles(book: zipfile.ZipFile) -> list[bool]:
    """Which of the cell styles show a day."""
    formats = {
        int(node.get("numFmtId") or 0): bool(set("ymd") & set(_QUOTED.sub("", node.get("formatCode") or "").lower()))
        for node in _nodes(book, "xl/styles.xml", f"{SHEET}numFmt")
    }
    for node in _nodes(book, "xl/styles.xml", f"{SHEET}cellXfs"):
        numbers = [int(style.get("numFmtId") or 0) for style in node]
        return [formats.get(number, number in DAY_FORMATS) for number in numbers]
    return []


def _cells(row: Element, shared: list[str], days: list[bool], epoch: date) -> list[str]:
    found: list[str] = []
    for node in row:
        match = _CELL.fullmatch(node.get("r") or "")
        at = _column(match[1]) if match else len(found)
        if at >= MOST_COLUMNS:
            break
        found += [""] * (at + 1 - len(found))
        found[at] = _cell(node, shared, days, epoch)
    return found


def _as_wide(cells: list[str], width: int) -> list[str]:
    """Workbooks leave out empty cells at the end of a row, and keep some that only have a colour."""
    while len(cells) > width and not cells[-1]:
        cells.pop()
    return cells + [""] * (width - len(cells))


def _cell(node: Element, shared: list[str], days: list[bool], epoch: date) -> str:
    kind = node.get("t") or "n"
    if kind == "inlineStr":
        return _words(node)
    value = node.findtext(f"{SHEET}v") or ""
    formula = node.find(f"{SHEET}f")
    if formula is not None and not value and kind != "str":
        return f"={formula.text or ''}"
    if kind == "s":
        return shared[int(value)]
    if kind != "n" or not value:
        return value
    style = int(node.get("s") or 0)
    if style < len(days) and days[style]:
        return _day(float(value), epoch)
    return format(float(value), ".15g")


def _day(serial: float, epoch: date) -> str:
    if not 0 <= serial < 200_000:
        return str(serial)
    return (epoch + timedelta(days=int(serial))).isoformat()


def _words(node: Element) -> str:
    """Without the reading aids that stand beside some scripts."""
    return "".join(part.text or "" for part in node.iter(f"{SHEET}t"))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
