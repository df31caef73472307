"""Two CSV files become an instance, or faults that somebody can go to and correct."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data import real
from tests.methods.calm import calm
from zenne.methods.lottery import Entry, LotteryError, Quota
from zenne.methods.lottery.cells import BadFile, table
from zenne.methods.lottery.reading import Columns, quotas, read

POOL = "id,gender,age,street\n1,f,old,Rue A 1\n2,m,young,Rue A 1\n3,f,young,\n"
CATEGORIES = "category,feature,min,max\ngender,f,1,2\ngender,m,0,1\nage,old,0,2\nage,young,0,2\n"
OTHER_DIALECT = CATEGORIES.replace("category,feature", "feature,value")


def faults(pool=POOL, categories=CATEGORIES, **kept):
    with pytest.raises(BadFile) as refused:
        read(*(one if isinstance(one, bytes) else one.encode() for one in (pool, categories)), **{"size": 2, **kept})
    return [(one.file, one.line, one.column, one.code, dict(one.parameters)) for one in refused.value.faults]


def only(found):
    assert len(found) == 1, found
    return found[0]


def test_pool_and_quotas_become_an_instance():
    given = read(POOL.encode(), CATEGORIES.encode(), size=2, columns=Columns(address="street"), per_address=1)
    assert given.pool[0] == Entry("1", {"gender": "f", "age": "old"}, "Rue A 1")
    assert Quota("gender", "f", 1, 2) in given.quotas
    assert (given.size, given.per_address) == (2, 1)


def test_both_dialects_say_the_same():
    assert quotas(OTHER_DIALECT.encode()).quotas == quotas(CATEGORIES.encode()).quotas


def test_flexible_limits_of_other_tools_may_stand_beside():
    found = quotas(b"feature,value,min,max,min_flex,max_flex\ng,f,1,2,0,3\ng,m,1,2,,\ng,x,0,1,0,-1\n")
    assert found.quotas == [Quota("g", "f", 1, 2), Quota("g", "m", 1, 2), Quota("g", "x", 0, 1)]
    assert found.faults == []


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: text.replace(",", " , "),
        lambda text: "\n\n" + text.replace("\n", "\n\n"),
        lambda text: text.rstrip("\n"),
        lambda text: "\n".join(line + ",,," if line else "" for line in text.split("\n")),
        lambda text: "\n".join(
            ",".join(f'"{cell}"' for cell in line.split(",")) if line else "" for line in text.split("\n")
        ),
    ],
    ids=["bom", "crlf", "cr", "semicolons", "tabs", "spaces", "empty-lines", "no-last-end", "empty-columns", "quotes"],
)
def test_what_spreadsheets_make_of_a_table_is_read_all_the_same(change):
    as_it_is = read(POOL.encode(), CATEGORIES.encode(), size=2)
    assert read(change(POOL).encode(), change(CATEGORIES).encode(), size=2) == as_it_is


@calm
@given(st.lists(st.lists(st.text("ab\",;\n' é", max_size=5), min_size=3, max_size=3), min_size=1, max_size=5))
def test_cells_are_those_that_a_csv_writer_wrote(rows):
    written = io.StringIO()
    csv.writer(written).writerows([["x", "y", "z"], *rows])
    found = table(written.getvalue().encode(), "f.csv")
    wanted = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    assert [[cell.text for cell in row.cells] for row in found.rows] == wanted


@calm
@given(st.binary(max_size=60))
def test_any_bytes_are_a_table_or_faults(data):
    try:
        table(data, "f.csv")
    except BadFile as bad:
        assert all(one.line >= 1 and one.column >= 1 for one in bad.faults)


# --- faults, each with its place ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pool", "fault"),
    [
        ("", (1, 1, "empty-file", {})),
        ("\n \n", (1, 1, "empty-file", {})),
        (b"\xff\xfe\x00", (1, 3, "binary-file", {})),
        (b"PK\x03\x04\n\x00", (2, 1, "binary-file", {})),
        ("id,gender,age\n1,f,\N{LATIN SMALL LETTER E WITH ACUTE}".encode("latin-1"), (2, 5, "not-utf-8", {})),
        ("id,gender,age\n1,f," + "x" * 10_000_000, (2, 5, "cell-too-long", {"limit": 1000})),
        ('id,gender,age\n1,f,"old\n2,m,old\n', (2, 5, "open-quote", {})),
        ('id,gender,age\n1,"f"emale,old\n', (2, 6, "text-after-quote", {"text": "emale"})),
        ("id,,age,x\n1,f,old,\n", (1, 4, "no-column-name", {})),
        ("id,age,age\n", (1, 8, "duplicate-column", {"name": "age"})),
        ("id,gender\n1,f\n2,m\n", (1, 10, "missing-column", {"name": "age"})),
        ("number,gender,age\n1,f,old\n", (1, 18, "missing-column", {"name": "id"})),
        ("id,gender,age\n", (2, 1, "no-rows", {})),
        ("id,gender,age\n1,f,old\n2,m\n", (3, 4, "too-few-cells", {"expected": 3, "found": 2})),
        ("id,gender,age\n1,f,old\n2,m,old,x\n", (3, 9, "too-many-cells", {"expected": 3, "found": 4})),
        ("id,gender,age\n1,f,old\n,m,old\n", (3, 1, "empty-cell", {"column": "id"})),
        ("id,gender,age\n1,f,old\n2,,old\n", (3, 3, "empty-cell", {"column": "gender"})),
        ("id,gender,age\n1,f,old\n2,m,old\n1,m,old\n", (4, 1, "duplicate-id", {"id": "1", "line": 2})),
        ("id,gender,age\n1,f,old\n2,F,old\n", (3, 3, "unknown-value", {"category": "gender", "value": "F"})),
        ('id,gender,age\n1,f,"\n\nold"\n2,m,ol\n', (5, 5, "unknown-value", {"category": "age", "value": "ol"})),
        ("id,gender,age\n1,f,old\n", (2, 1, "pool-too-small", {"size": 2, "seats": 1})),
    ],
)
def test_fault_of_the_pool_has_its_line_and_column(pool, fault):
    assert only(faults(pool)) == ("POOL.csv", *fault)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("", (1, 1, "empty-file", {})),
        ("category,feature,min,max\n", (2, 1, "no-rows", {})),
        ("category,feature,min\n", (1, 21, "missing-column", {"name": "max"})),
        (CATEGORIES + "gender,x,-1,2\n", (6, 10, "not-a-number", {"text": "-1"})),
        (CATEGORIES + "gender,x,1,1.5\n", (6, 12, "not-a-number", {"text": "1.5"})),
        (CATEGORIES + "gender,x,,2\n", (6, 10, "not-a-number", {"text": ""})),
        (CATEGORIES + "gender,x,1,10000000000\n", (6, 12, "not-a-number", {"text": "10000000000"})),
        (CATEGORIES + "gender,x,1,²\n", (6, 12, "not-a-number", {"text": "²"})),
        (CATEGORIES + "gender,x,3,2\n", (6, 10, "minimum-above-maximum", {"minimum": 3, "maximum": 2})),
        (CATEGORIES + "gender,f,1,2\n", (6, 1, "duplicate-quota", {"category": "gender", "value": "f", "line": 2})),
        (CATEGORIES + "gender,,1,2\n", (6, 8, "empty-cell", {"column": "feature"})),
    ],
)
def test_fault_of_the_quotas_has_its_line_and_column(rows, fault):
    assert only(faults(categories=rows)) == ("CATEGORIES.csv", *fault)


def test_all_faults_of_both_files_are_told_at_once_in_their_order():
    pool = POOL.replace("2,m", "1,x").replace("3,f", "3,")
    found = faults(pool, CATEGORIES.replace("age,old,0,2", "age,old,5,2"), names=("b.csv", "a.csv"))
    assert [(file, line, code) for file, line, _, code, _ in found] == [
        ("a.csv", 4, "minimum-above-maximum"),
        ("b.csv", 3, "duplicate-id"),
        ("b.csv", 3, "unknown-value"),
        ("b.csv", 4, "empty-cell"),
    ]


def test_of_thousands_of_faults_the_first_hundred_are_told():
    assert len(faults("id,gender,age\n" + "1,x,x\n" * 1000)) == 100


def test_quotas_for_the_id_are_refused():
    found = faults(categories=CATEGORIES + "id,1,0,1\n")
    assert ("POOL.csv", 1, 1, "id-is-a-category", {"name": "id"}) in found


def test_address_column_that_is_not_there_is_told():
    found = only(faults(columns=Columns(address="home"), per_address=1))
    assert found[3:] == ("missing-column", {"name": "home"})


def test_excluded_people_fill_no_seat():
    assert only(faults(exclude=["1", "2"]))[3:] == ("pool-too-small", {"size": 2, "seats": 1})


def test_unknown_people_to_include_are_told_by_the_instance():
    with pytest.raises(LotteryError, match="unknown-id"):
        read(POOL.encode(), CATEGORIES.encode(), size=2, include=["9"])


# --- real pools -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "pool", "categories", "size", "own", "people", "rows"),
    [
        ("geneva_30", "respondents.csv", "categories.csv", 30, "pool_member_identifier", 360, 25),
        ("sf_scotland_22", "candidates.csv", "features.csv", 22, "nationbuilder_id", 150, 20),
    ],
)
def test_real_pools_are_read_as_they_were_published(folder, pool, categories, size, own, people, rows):
    place = real(f"sortition/{folder}")
    data = [(place / name).read_bytes() for name in (pool, categories)]
    given = read(*data, size=size, columns=Columns(id=own))
    assert (len(given.pool), len(given.quotas)) == (people, rows)
