"""Tables that staff give: whatever program wrote them, the same rows come out, and nothing in them is trusted."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from zenne.core import sheets

HEADS = ["indicator", "value", "note"]


def workbook(*rows):
    """As a program writes it that never computes: formulas stand there without what comes out of them."""
    made, book = io.BytesIO(), openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def with_part(content, name, change):
    """The same workbook with one of its files changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_text_and_workbook_give_the_same_rows():
    text = b"indicator;value;note\nwater;12.5;\n\nleaks;3;Rue A, 2026-03-15\n"
    book = workbook(HEADS, ["water", 12.5], [], ["leaks", 3, "Rue A, 2026-03-15"])

    rows = [(1, HEADS), (2, ["water", "12.5", ""]), (4, ["leaks", "3", "Rue A, 2026-03-15"])]
    assert [row for row in sheets.rows(text) if row[1]] == rows
    assert [row for row in sheets.rows(book) if any(row[1])] == rows
    assert sheets.about(text) == sheets.about(book) + 1 == 3


def test_days_are_days_and_rows_without_a_number_are_counted():
    book = workbook(["from"], [date(2026, 3, 15)], [date(2026, 3, 16)])
    unnumbered = with_part(
        book, SHEET, lambda part: part.replace(b'<row r="2"', b"<row").replace(b'<row r="3"', b"<row")
    )

    assert list(sheets.rows(unnumbered)) == [(1, ["from"]), (2, ["2026-03-15"]), (3, ["2026-03-16"])]


def test_a_formula_that_nothing_computed_stands_there_as_a_formula():
    rows = dict(sheets.rows(workbook(HEADS, ["water", "=B3*2", "=A1&A2"], ["leaks", 3, ""])))

    assert rows[2] == ["water", "=B3*2", "=A1&A2"]
    assert [sheets.is_formula(cell) for cell in rows[2]] == [False, True, True]


def test_a_formula_that_was_computed_is_its_value():
    book = workbook(HEADS, ["water", "=B3*2", "=A1&A2"])
    computed = with_part(
        book,
        SHEET,
        lambda part: part.replace(b"<f>B3*2</f><v />", b"<f>B3*2</f><v>6</v>").replace(
            b'<c r="C2"><f>A1&amp;A2</f><v />', b'<c r="C2" t="str"><f>A1&amp;A2</f><v></v>'
        ),
    )

    assert dict(sheets.rows(computed))[2] == ["water", "6", ""]


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02 no text",
        b"PK\x03\x04 broken",
        b'a;b\n1;"' + b"x" * 200_000,
        with_part(workbook(HEADS), SHEET, lambda part: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + part),
        with_part(workbook(HEADS), SHEET, lambda part: part[:-20]),
    ],
    ids=["binary", "no archive", "a cell beyond measure", "document type", "cut off"],
)
def test_what_is_no_table_is_refused(content):
    with pytest.raises(sheets.NoSheet):
        list(sheets.rows(content))
