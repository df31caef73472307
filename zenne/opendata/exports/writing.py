"""Rows into files: csv, xlsx and JSON. What people wrote must not run as a formula, and no file may look whole when it is not."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from .enums import Sheet
from .kinds import Cell, Column, Row

# a spreadsheet takes what begins so for a formula (OWASP, CSV injection); the apostrophe before it is what makes it text
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER = re.compile(r"-[0-9]{1,40}(?:\.[0-9]{1,40})?")  # below zero: no formula, and no text
# characters that XML 1.0 cannot hold, halves of surrogate pairs among them
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_000
MOST_ROWS = 1_048_576  # of one sheet, its heads included


class TooLong(Exception):
    """A sheet cannot hold as many rows."""


class Writer(Protocol):
    def row(self, row: Row) -> None: ...

    def close(self) -> None:
        """The file is whole after this, and only then."""


def shown(value: Cell) -> Cell:
    """A cell as any file may hold it."""
    if type(value) is not str:
        return value if value is None or isinstance(value, int | float) else str(value)
    text = value[:LONGEST_CELL]
    if UNWRITABLE.search(text):
        text = UNWRITABLE.sub("", text)
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text


class _Csv:
    """With a byte order mark and semicolons it opens in a Belgian Excel as it should; with commas and no mark, in every program."""

    def __init__(self, path: Path, heads: list[str], *, plain: bool) -> None:
        self.file = path.open("w", encoding="utf-8" if plain else "utf-8-sig", newline="")
        self.write = csv.writer(self.file, delimiter="," if plain else ";").writerow
        self.write(heads)

    def row(self, row: Row) -> None:
        self.write(row)

    def close(self) -> None:
        self.file.close()


class _Xlsx:
    """One sheet, written row by row: xlsxwriter keeps one row in memory."""

    def __init__(self, path: Path, heads: list[str]) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
            "tmpdir": str(path.parent),
        }
        self.book = xlsxwriter.Workbook(str(path), options)
        self.sheet: Worksheet = self.book.add_worksheet()
        self.sheet.freeze_panes(1, 0)
        bold = self.book.add_format({"bold": True})
        for column, head in enumerate(heads):
            self.sheet.write_string(0, column, head, bold)
        self.number = 0

    def row(self, row: Row) -> None:
        self.number += 1
        if self.number >= MOST_ROWS:
            raise TooLong
        number, string, figure = self.number, self.sheet.write_string, self.sheet.write_number
        for column, cell in enumerate(row):
            if type(cell) is str:
                if cell:
                    string(number, column, cell)
            elif cell is not None:
                figure(number, column, cell)

    def close(self) -> None:
        self.book.close()


def writer(path: Path, sheet: Sheet, columns: Iterable[Column]) -> Writer:
    heads = [str(column.label) for column in columns]
    return _Xlsx(path, heads) if sheet == Sheet.XLSX else _Csv(path, heads, plain=sheet == Sheet.PLAIN)


def leave(open_writer: Writer) -> None:
    """Close what will not be kept. Its own complaints about being unfinished are of no interest."""
    with suppress(Exception):
        open_writer.close()


def csv_stream(columns: Iterable[Column], rows: Iterable[Row], *, semicolons: bool = False) -> Iterator[bytes]:
    """The text of a csv file, in pieces. Its heads are the columns' names for programs: they are the same in every language."""
    piece = io.StringIO(newline="")
    write = csv.writer(piece, delimiter=";" if semicolons else ",").writerow
    if semicolons:
        piece.write("\ufeff")
    write([column.name for column in columns])
    for number, row in enumerate(rows, 1):
        write([shown(cell) for cell in row])
        if number % 200 == 0:
            yield piece.getvalue().encode()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue().encode()


def json_stream(about: dict[str, Any], columns: Iterable[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """`{...about, "items": [{column: cell}], "count": n}`: the count comes last, so that what was cut off is no JSON at all."""
    names = [column.name for column in columns]
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
    yield (encode(about)[:-1] + ("," if about else "") + '"items":[').encode()
    number, parts = 0, []
    for number, row in enumerate(rows, 1):
        parts.append(("," if number > 1 else "") + encode(dict(zip(names, row, strict=True))))
        if number % 200 == 0:
            yield "".join(parts).encode("utf-8", "replace")
            parts.clear()
    yield ("".join(parts) + f'],"count":{number}}}').encode("utf-8", "replace")
