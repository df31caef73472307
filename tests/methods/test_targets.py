"""A target path, and the light of a value against it."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zenne.methods.targets import ahead, inside, light, path

START, GOAL = date(2020, 1, 1), date(2030, 1, 1)
STRAIGHT = path([(GOAL, 200)], (START, 100))


def shade(value, on, *, direction="up", aims=STRAIGHT, tolerance=Fraction(1, 10), **more):
    return light(value, direction=direction, on=on, aims=aims, tolerance=tolerance, **more)


def test_the_path_runs_straight_between_its_points_and_stays_after_the_last():
    assert STRAIGHT.on(START) == 100
    assert STRAIGHT.on(START + (GOAL - START) / 2) == Fraction(100) + Fraction(
        100 * ((GOAL - START) / 2).days, (GOAL - START).days
    )
    assert STRAIGHT.on(GOAL) == 200
    assert STRAIGHT.on(date(2100, 1, 1)) == 200
    assert STRAIGHT.on(date(2019, 12, 31)) is None


def test_a_baseline_alone_aims_at_nothing():
    alone = path([], (START, 100))

    assert not alone.aims
    assert alone.on(GOAL) is None
    assert shade(500, GOAL, aims=alone) == "grey"


def test_a_target_before_the_baseline_is_no_part_of_the_path():
    assert path([(date(2019, 1, 1), 5), (GOAL, 200)], (START, 100)) == STRAIGHT


@pytest.mark.parametrize(("value", "colour"), [(200, "green"), (190, "amber"), (189, "red"), (None, "grey")])
def test_a_light_is_green_at_the_aim_amber_within_the_tolerance_and_red_behind_it(value, colour):
    assert shade(value, GOAL) == colour


def test_less_is_better_turns_it_round():
    saving = path([(GOAL, 50)], (START, 100))

    assert [shade(value, GOAL, direction="down", aims=saving) for value in (49, 54, 60)] == ["green", "amber", "red"]


def test_within_two_bounds():
    bounds = (10, 20)

    found = [shade(value, GOAL, direction="within", bounds=bounds) for value in (10, 15, 21, 22)]

    assert found == ["green", "green", "amber", "red"]
    assert (inside(15, 10, 20), inside(23, 10, 20)) == (5, -3)


def test_before_its_first_target_a_value_is_green_only_if_it_is_there_already():
    later = path([(GOAL, 200)])

    assert [shade(value, START, aims=later) for value in (200, 199)] == ["green", "grey"]


@given(st.integers(-1000, 1000), st.sampled_from(["up", "down", "within"]), st.dates())
def test_a_late_value_is_never_green(value, direction, on):
    assert shade(value, on, direction=direction, bounds=(-5, 5), late=True) == "grey"


@given(st.integers(-1000, 1000), st.integers(0, 4000), st.sampled_from(["up", "down"]))
def test_a_better_value_never_has_a_worse_light(value, days, direction):
    order = ["red", "amber", "green"]
    better = value + 1 if direction == "up" else value - 1
    on = START + timedelta(days=days)

    assert order.index(shade(better, on, direction=direction)) >= order.index(shade(value, on, direction=direction))
    assert (ahead(value, 0, direction) >= 0) == (value >= 0 if direction == "up" else value <= 0)


@given(
    st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(-100, 100)), min_size=1, max_size=6),
    st.dates(date(1990, 1, 1), date(2070, 1, 1)),
)
def test_the_path_stays_between_its_points(points, day):
    found = path(points)
    aim = found.on(day)

    if aim is None:
        assert day < found.points[0][0]
    else:
        values = [value for _day, value in found.points]
        assert min(values) <= aim <= max(values)
