"""Computed indicators follow what they are computed from: only what was touched, in order, with the reason where nothing comes out."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.people.organisations import factories as organisations
from zenne.strategy.indicators import actions, computing, queries, wording
from zenne.strategy.indicators.enums import Evidence, MeasurementState
from zenne.strategy.indicators.errors import Unclear
from zenne.strategy.indicators.models import Measurement, Touched

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def house():
    return organisations.organisation()


def run(now=make.NOW):
    return computing.run(now=now)


def values(indicator):
    return [(str(row.start), str(row.end), row.value.normalize()) for row in queries.values(indicator)]


def test_a_published_value_is_computed_with_in_the_unit_of_the_result(house):
    cost = make.indicator(house, slug="cost", unit="kEUR")
    area = make.indicator(house, slug="area", unit="ha")
    price = make.indicator(house, slug="price", unit="EUR/m2", expression="cost / area")
    make.measured(cost, 30)
    make.measured(area, 2)

    run()

    assert values(price) == [("2025-01-01", "2025-12-31", Decimal("1.5"))]


def test_what_is_computed_from_something_computed_follows_in_the_same_run(house):
    first = make.indicator(house, slug="first")
    second = make.indicator(house, slug="second", expression="first + 1")
    third = make.indicator(house, slug="third", expression="second * 10")
    make.measured(first, 4)

    run()

    assert (values(second)[0][2], values(third)[0][2]) == (5, 50)


def test_a_second_run_with_nothing_new_does_nothing(house):
    first = make.indicator(house, slug="first")
    make.indicator(house, slug="second", expression="first + 1")
    make.measured(first, 4)
    run()

    done = run()

    assert (done.touched, done.new, done.revised) == (0, 0, 0)


def test_a_revised_input_revises_the_result_and_the_old_result_stays(house):
    first = make.indicator(house, slug="first")
    second = make.indicator(house, slug="second", expression="first + 1")
    value = make.measured(first, 4)
    run()

    actions.revise(value, value=6, because=make.BECAUSE, by=None, now=make.NOW)
    run()

    rows = list(queries.all_published(second))
    assert [(row.value, row.state, row.revision) for row in rows] == [(7, "published", 1), (5, "revised", 0)]
    assert rows[0].because_nl
    assert queries.latest([second])[second.pk] == rows[0]


def test_months_add_up_to_a_year_once_the_year_is_over(house):
    monthly = make.indicator(house, slug="monthly", frequency="month")
    yearly = make.indicator(house, slug="yearly", expression="sum(monthly)")
    for month in (1, 2, 3):
        make.measured(monthly, month, make.month(2025, month))
        make.measured(monthly, month, make.month(2026, month))

    run()

    assert values(yearly) == [("2025-01-01", "2025-12-31", Decimal(6))]


def test_the_day_after_a_period_ends_it_is_computed(house):
    monthly = make.indicator(house, slug="monthly", frequency="month")
    yearly = make.indicator(house, slug="yearly", expression="sum(monthly)")
    make.measured(monthly, 3, make.month(2026, 3))
    run()
    new_year = make.NOW.replace(year=2027, month=1, day=1)

    computing.touch_ended(new_year)
    run(new_year)

    assert values(yearly) == [("2026-01-01", "2026-12-31", Decimal(3))]


def test_change_compares_with_the_same_period_before(house):
    energy = make.indicator(house, slug="energy", unit="kWh")
    change = make.indicator(house, slug="saving", unit="%", direction="down", expression="change(energy, year)")
    make.measured(energy, 200, make.year(2024))
    make.measured(energy, 150, make.year(2025))

    run()

    assert values(change) == [("2025-01-01", "2025-12-31", Decimal(-25))]


def test_the_value_before_is_used_until_it_is_too_old(house):
    people = make.indicator(house, slug="people", unit="person")
    ideas = make.indicator(house, slug="ideas", unit="idea", frequency="month")
    rate = make.indicator(house, slug="rate", unit="idea", frequency="month", expression="per(ideas, people, 1000)")
    make.measured(people, 2000, make.year(2024))
    make.measured(ideas, 10, make.month(2025, 12))
    make.measured(ideas, 20, make.month(2026, 1))

    run()

    assert values(rate) == [("2025-12-01", "2025-12-31", Decimal(5))]


def test_an_interval_and_the_weakest_evidence_go_with_the_result(house):
    first, second = make.indicator(house, slug="first"), make.indicator(house, slug="second")
    both = make.indicator(house, slug="both", expression="first - second")
    make.measured(first, 10, low=9, high=12, evidence=Evidence.REPORTED)
    make.measured(second, 4, low=3, high=4, evidence=Evidence.MEASURED)

    run()

    found = queries.values(both).get()
    assert (found.value, found.low, found.high, found.evidence) == (6, 5, 9, "reported")


def test_a_division_by_nought_gives_no_value_with_the_reason_and_takes_the_old_one_back(house):
    top, below = make.indicator(house, slug="top"), make.indicator(house, slug="below")
    rate = make.indicator(house, slug="rate", expression="top / below")
    make.measured(top, 4, make.year(2024))
    make.measured(top, 4)
    make.measured(below, 2, make.year(2024))
    value = make.measured(below, 2)
    run()
    assert len(values(rate)) == 2

    actions.revise(value, value=0, because=make.BECAUSE, by=None, now=make.NOW)
    done = run()

    assert done.gone == 1
    assert [end for _start, end, _value in values(rate)] == ["2024-12-31"]
    assert str(queries.latest([rate])[rate.pk].end) == "2024-12-31"
    assert wording.nothing(computing.explain(rate, make.NOW)) == "Line 1, column 5: It would be divided by nought."


def test_a_missing_value_is_named(house):
    make.indicator(house, slug="top")
    rate = make.indicator(house, slug="rate", expression="1 + top")

    found = wording.nothing(computing.explain(rate, make.NOW))

    assert found == "Line 1, column 5: “top” has no value for this period."


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("cost + energy", "Line 1, column 6: These do not go together: EUR and J."),
        ("cost\n * 2", "Line 1, column 1: The formula gives EUR, but the unit of the indicator is 1."),
        ("cost / cots", "Line 1, column 8: There is no indicator “cots”."),
        ("(cost / cost", "Line 1, column 13: The formula ends too early"),
        ("cost / * 2", "Line 1, column 8: “*” cannot stand here."),
    ],
)
def test_a_formula_that_cannot_stand_is_refused_at_its_place(house, expression, words):
    make.indicator(house, slug="cost", unit="EUR")
    make.indicator(house, slug="energy", unit="kWh")

    with pytest.raises(Unclear) as refused:
        make.indicator(house, expression=expression)

    assert str(refused.value.message).startswith(words)


def test_a_circle_is_refused_with_all_its_names(house):
    make.indicator(house, slug="first")
    make.indicator(house, slug="second", expression="first + 1")
    make.indicator(house, slug="third", expression="second + 1")
    first = make.indicator(house, slug="other")

    with pytest.raises(Unclear) as refused:
        actions.change(first, values={"expression": "third + other"}, by=None, now=make.NOW)
    assert "other → other" in str(refused.value.message)
    actions.change(first, values={"expression": "third + 1"}, by=None, now=make.NOW)
    with pytest.raises(Unclear) as refused:
        actions.change(
            Measurement(indicator_id=first.pk).indicator.__class__.objects.get(slug="second"),
            values={"expression": "other + first"},
            by=None,
            now=make.NOW,
        )
    assert "other → third → second → other" in str(refused.value.message)


def test_a_formula_of_another_house_sees_only_what_is_public(house):
    make.indicator(house, slug="secret", active=False)

    with pytest.raises(Unclear):
        make.indicator(expression="secret + 1")


def test_a_new_unit_that_breaks_a_formula_elsewhere_is_refused(house):
    cost = make.indicator(house, slug="cost", unit="EUR")
    make.indicator(house, slug="sum", unit="EUR", expression="cost + 1[EUR]")

    with pytest.raises(Unclear) as refused:
        actions.change(cost, values={"unit": "kWh"}, by=None, now=make.NOW)

    assert refused.value.field == "unit"


def test_a_new_formula_computes_everything_again(house):
    first = make.indicator(house, slug="first")
    second = make.indicator(house, slug="second", expression="first + 1")
    make.measured(first, 4, make.year(2024))
    make.measured(first, 5)
    run()

    actions.change(second, values={"expression": "first * 10"}, by=None, now=make.NOW)
    run()

    assert [value for _start, _end, value in values(second)] == [40, 50]


def test_what_is_touched_is_taken_in_pieces_and_nothing_is_lost(house):
    first = make.indicator(house, slug="first")
    second = make.indicator(house, slug="second", expression="first + 1")
    for year in range(2016, 2026):
        make.measured(first, year, make.year(year))

    steps = 0
    while computing.run(now=make.NOW + timedelta(minutes=steps), most=3).touched:
        steps += 1

    assert steps == 4
    assert len(values(second)) == 10
    assert not Touched.objects.exists()
    assert Measurement.objects.filter(indicator=second, state=MeasurementState.PUBLISHED).count() == 10
