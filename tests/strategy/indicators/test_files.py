"""A file of values: what would change is shown first, every fault has its row, and the same file twice changes nothing."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from django.utils.translation import override

from tests.people.organisations import factories as organisations
from zenne.core.errors import Conflict, Invalid
from zenne.people.access.answers import NotAllowed
from zenne.people.organisations.enums import Role
from zenne.strategy.indicators import actions, computing, filing, queries, reading, wording
from zenne.strategy.indicators.enums import ImportState, MeasurementState

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def house():
    return organisations.organisation()


@pytest.fixture
def water(house):
    return make.indicator(house, slug="water-use", unit="m3")


def given(house, text, *, published=True, by=None, name="values.csv"):
    """The file as the worker read it."""
    content = text if isinstance(text, bytes) else text.encode()
    enters_as = MeasurementState.PUBLISHED if published else MeasurementState.PROVISIONAL
    file = actions.read_file(
        house, name=name, content=content, enters_as=enters_as, by=by or make.staff(house), now=make.NOW
    )
    filing.read(file.pk)
    file.refresh_from_db()
    return file


def written(file, by=None, **more):
    actions.write_file(file, by=by or make.staff(file.organisation), now=make.NOW, **more)
    filing.write(file.pk)
    file.refresh_from_db()
    return file


def workbook(rows):
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(at, place, cell, day)
            else:
                sheet.write(at, place, cell)
    book.close()
    return made.getvalue()


def test_nothing_is_written_before_somebody_says_so(house, water):
    file = given(house, "indicator;period;value\nwater-use;2024;10\nwater-use;2025;12,5\n")

    assert file.state == ImportState.READ
    assert file.preview["totals"] == {"new": 2, "changed": 0, "revised": 0, "same": 0}
    assert not water.measurements.exists()

    file = written(file)

    assert (file.state, file.outcome["new"], file.file.name) == (ImportState.WRITTEN, 2, "")
    assert [row.value for row in queries.values(water)] == [10, Decimal("12.5")]
    assert queries.latest([water])[water.pk].value == Decimal("12.5")


def test_the_same_file_twice_changes_nothing(house, water):
    text = "indicator;period;value\nwater-use;2024;10\nwater-use;2025;12\n"
    written(given(house, text))

    file = given(house, text)

    assert file.preview["totals"] == {"new": 0, "changed": 0, "revised": 0, "same": 2}


def test_a_published_value_is_revised_with_the_reason_of_the_file_and_the_old_one_stays(house, water):
    make.measured(water, 10)
    file = given(house, "indicator,period,value\nwater-use,2025,11\n")
    assert file.preview["examples"] == [
        {
            "row": 2,
            "kind": "revised",
            "indicator": "water-use",
            "period": "2025",
            "area": None,
            "before": "10.000000",
            "after": "11.000000",
        }
    ]
    with pytest.raises(Invalid):
        actions.write_file(file, by=make.staff(house), now=make.NOW)

    written(file, because=make.BECAUSE)

    new, old = queries.all_published(water)
    assert (new.value, new.revision, new.because_nl, old.state) == (11, 1, make.BECAUSE["nl"], "revised")
    assert queries.latest([water])[water.pk] == new


def test_a_value_that_waits_is_changed_in_place(house, water):
    actions.measure(water, value=3, **make.year(2025), by=None, now=make.NOW)

    written(given(house, "indicator\tperiod\tvalue\nwater-use\t2025\t4\n", published=False))

    row = water.measurements.get()
    assert (row.value, row.state) == (4, "provisional")


def test_what_is_computed_from_the_values_of_a_file_follows(house, water):
    double = make.indicator(house, slug="double", unit="m3", expression="water_use * 2")

    written(given(house, "indicator;period;value\nwater-use;2025;4\n"))
    computing.run(now=make.NOW)

    assert queries.values(double).get().value == 8


ROWS = """indicateur;période;valeur;min;max;preuve;zone;couleur
water-use;2025;10;9;11;Geschat;;bleu
nothing;2025;1;;;;;
water-use;2025-13;1;;;;;
water-use;2024;viel;;;;;
water-use;2023;5;6;;;;
water-use;2022;5;;4;;;
water-use;2021;5;;;guessed;;
water-use;2020;5;;;;99999;
water-use;2025;10;;;;;
water-use;;5;;;;;
water-use;2019;;;;;;
water-use;2018;99999999999999999999;;;;;
water-use;2017;=B2*2;;;;;
"""


def test_every_fault_has_its_row_its_column_and_words_and_stops_no_other_row(house, water):
    file = given(house, ROWS)

    assert [(fault["row"], fault["column"], fault["code"]) for fault in file.faults] == [
        (3, "indicator", "unknown-indicator"),
        (4, "period", "no-period"),
        (5, "value", "no-number"),
        (6, "low", "below-low"),
        (7, "high", "above-high"),
        (8, "evidence", "unknown-evidence"),
        (9, "area", "unknown-area"),
        (10, "period", "twice"),
        (11, "period", "empty"),
        (12, "value", "empty"),
        (13, "value", "too-large"),
        (14, "value", "formula"),
    ]
    for language in ("fr", "nl", "en"):
        with override(language):
            assert all(wording.row_fault(fault) for fault in file.faults)
    assert file.preview["ignored"] == ["couleur"]
    assert file.preview["totals"]["new"] == 1
    row = (written(file), water.measurements.get())[1]
    assert (row.low, row.high, row.evidence) == (9, 11, "estimated")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x00\x01\x02 no text", "not-readable"),
        (b"PK\x03\x04 broken", "not-readable"),
        (b"indicator;value\nwater-use;1\n", "no-column"),
        (b"indicator;period;value;value\n", "column-twice"),
        (b"indicator;period;value\n\n", "no-rows"),
        (b";;\n", "no-header"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_is_thrown_away(house, water, content, code):
    file = given(house, content)

    assert (file.state, file.faults[0]["code"], file.file.name) == (ImportState.FAULTY, code, "")


def test_a_workbook_is_read_like_text(house, water):
    rows = [
        ["indicator", "start", "end", "value", "note"],
        ["water-use", date(2025, 1, 1), date(2025, 12, 31), 0.1 + 0.2, "Deux compteurs"],
        ["water-use", "01/01/2024", "2024-12-31", 1 / 3, ""],
    ]

    file = written(given(house, workbook(rows), name="values.xlsx"))

    assert file.preview["rounded"] == 1
    found = list(queries.values(water))
    assert [row.value for row in found] == [Decimal("0.333333"), Decimal("0.3")]
    assert (found[1].start, found[1].end, found[1].note) == (date(2025, 1, 1), date(2025, 12, 31), "Deux compteurs")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1234.5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("-3", "-3"),
        ("NaN", None),
        ("1e999", None),
        ("12 m3", None),
    ],
)
def test_numbers_are_read_as_people_write_them(cell, number):
    assert reading.number_of(cell) == (None if number is None else Decimal(number))


def test_one_file_at_a_time_and_a_forgotten_one_goes_after_a_week(house, water):
    file = given(house, "indicator;period;value\nwater-use;2025;4\n")
    with pytest.raises(Conflict):
        given(house, "indicator;period;value\nwater-use;2025;4\n")

    assert actions.discard_forgotten(now=make.NOW.replace(day=21)) == 0
    assert actions.discard_forgotten(now=make.NOW.replace(day=23)) == 1
    file.refresh_from_db()
    assert (file.state, file.file.name) == (ImportState.DISCARDED, "")


def test_an_editor_gives_values_only_a_manager_publishes_them(house, water):
    editor = make.staff(house, Role.EDITOR)
    text = "indicator;period;value\nwater-use;2025;4\n"

    with pytest.raises(NotAllowed):
        given(house, text, by=editor)
    file = given(house, text, published=False, by=editor)
    written(file, by=editor)

    assert water.measurements.get().state == MeasurementState.PROVISIONAL


def test_what_a_killed_worker_left_is_gone_on_with(house, water, monkeypatch):
    monkeypatch.setattr(filing, "STEP", 2)
    text = "indicator;period;value\n" + "".join(f"water-use;{year};{year}\n" for year in range(2016, 2026))
    file = given(house, text)
    actions.write_file(file, by=make.staff(house), now=make.NOW)
    put = filing._put
    steps = []

    def dies(*args):
        steps.append(1)
        if len(steps) == 3:
            raise filing.LOST_DATABASE[0]("gone")
        return put(*args)

    monkeypatch.setattr(filing, "_put", dies)
    with pytest.raises(filing.LOST_DATABASE[0]):
        filing.write(file.pk)
    monkeypatch.setattr(filing, "_put", put)
    filing.write(file.pk)

    file.refresh_from_db()
    assert (file.state, file.done, file.outcome["new"]) == (ImportState.WRITTEN, 10, 10)
    assert water.measurements.count() == 10
