"""What a file holds, whatever people wrote."""

import csv
import io
import json
import zipfile

import pytest

from zenne.opendata.exports.enums import Sheet
from zenne.opendata.exports.kinds import Column
from zenne.opendata.exports.writing import csv_stream, json_stream, shown, writer

COLUMNS = (Column("a", "Été"), Column("b", "B"))


def text(sheet: Sheet, rows, tmp_path) -> str:
    path = tmp_path / "file"
    out = writer(path, sheet, COLUMNS)
    for row in rows:
        out.row([shown(cell) for cell in row])
    out.close()
    if sheet == Sheet.XLSX:
        return zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    return path.read_bytes().decode()


def test_the_first_csv_opens_in_a_belgian_excel_and_the_second_in_every_program(tmp_path):
    rows = [("Des bancs; à l'ombre", 1)]
    belgian, plain = text(Sheet.CSV, rows, tmp_path), text(Sheet.PLAIN, rows, tmp_path)
    assert belgian == '\ufeffÉté;B\r\n"Des bancs; à l\'ombre";1\r\n'
    assert plain == "Été,B\r\nDes bancs; à l'ombre,1\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
@pytest.mark.parametrize("sheet", list(Sheet))
def test_what_people_wrote_runs_nowhere_as_a_formula(sheet, start, tmp_path):
    content = text(sheet, [(f'{start}cmd|"/c calc"!A1', -3)], tmp_path)
    assert "<f>" not in content and "'" in content and "-3" in content and "'-3" not in content


def test_characters_that_no_file_can_hold_are_left_out(tmp_path):
    assert shown("a\x00b\x0bc\ud800d\uffff") == "abcd"
    assert shown("🌳 شجرة") == "🌳 شجرة"
    assert len(shown("x" * 50_000)) == 32_000
    assert (shown("-23.5"), shown("-1+2"), shown("-x")) == ("-23.5", "'-1+2", "'-x")


def test_json_that_was_cut_off_is_no_json():
    rows = [("=1+1", 1), ("é", None)]
    whole = b"".join(json_stream({"licence": "CC0"}, COLUMNS, rows))
    assert json.loads(whole) == {
        "licence": "CC0",
        "items": [{"a": "=1+1", "b": 1}, {"a": "é", "b": None}],
        "count": 2,
    }
    assert json.loads(b"".join(json_stream({}, COLUMNS, []))) == {"items": [], "count": 0}
    for end in range(1, len(whole)):
        with pytest.raises(ValueError):
            json.loads(whole[:end])


def test_the_public_csv_names_its_columns_the_same_in_every_language():
    content = b"".join(csv_stream(COLUMNS, [("=1", 2)] * 450)).decode()
    lines = list(csv.reader(io.StringIO(content)))
    assert lines[0] == ["a", "b"] and lines[1:] == [["'=1", "2"]] * 450
    assert b"".join(csv_stream(COLUMNS, [], semicolons=True)).decode() == "\ufeffa;b\r\n"
