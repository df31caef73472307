"""The figures of a report as blocks: what nobody did takes no room on paper, and a hidden number is no zero."""

import pytest

from zenne.opendata.statistics.boards import Column, Row, Table
from zenne.participation.reporting.chapters.figures import told


def table(**columns):
    names = tuple(Column(name, name) for name in columns)
    rows = tuple(Row(str(at), f"Group {at}", values) for at, values in enumerate(zip(*columns.values(), strict=True)))
    return Table("people-age", "By age", "Age", names, rows)


@pytest.mark.usefixtures("in_english")
def test_a_column_of_zeros_is_left_out_and_one_with_hidden_numbers_is_not():
    made = told(table(ideas=(12, 30), against=(0, 0), comments=(0, None)))[1]
    assert (made["heads"], made["rows"][1]) == (["Age", "ideas", "comments"], ["Group 1", "30", "fewer than 10"])


def test_one_column_that_is_left_is_a_chart_and_none_is_nothing():
    assert told(table(ideas=(12, 30), against=(0, 0)))[1]["kind"] == "bars"
    assert told(table(against=(0, 0))) == []
