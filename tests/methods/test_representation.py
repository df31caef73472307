"""How participants compare with inhabitants, on numbers worked out by hand or published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zenne.methods.representation import dissimilarity, dissimilarity_by_chance, gaps, wilson

AREA = {"young": 3800, "middle": 4200, "old": 2000}


def test_gap_is_the_difference_of_two_shares_in_points():
    young, middle, old = gaps(AREA, {"young": 12, "middle": 60, "old": 28}, 100)
    assert (round(young.area * 100), round(young.part * 100), round(young.points)) == (38, 12, -26)
    assert round(middle.points) == 18 and round(old.points) == 8


def test_far_gap_is_telling_and_a_near_one_is_not():
    young, middle, old = gaps(AREA, {"young": 12, "middle": 60, "old": 28}, 100)
    assert young.telling and middle.telling and not old.telling


def test_same_gap_in_a_small_group_could_be_chance():
    young, _middle, _old = gaps(AREA, {"young": 2, "middle": 5, "old": 3}, 10)
    assert not young.telling


def test_hidden_group_has_its_share_of_the_area_only():
    young, _middle, old = gaps(AREA, {"young": None, "middle": 60, "old": None}, 100)
    assert young.area == pytest.approx(0.38)
    assert young.part is young.points is old.part is None and not young.telling


def test_nobody_known_compares_nothing():
    assert all(gap.part is None for gap in gaps(AREA, {}, 0))


def test_score_interval_is_the_published_one():
    """Newcombe 1998 (Statistics in Medicine 17, table I): 81 of 263 and 0 of 20, at 95 %."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=0.0001)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=0.0001)


@given(st.integers(0, 500), st.integers(1, 500))
def test_score_interval_holds_the_share_and_stays_between_nothing_and_all(successes, more):
    trials = successes + more
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials + 1e-12 and successes / trials - 1e-12 <= high <= 1


def test_dissimilarity_is_how_many_would_have_to_be_somebody_else():
    assert dissimilarity(AREA, {"young": 38, "middle": 42, "old": 20}) == pytest.approx(0)
    assert dissimilarity(AREA, {"old": 50}) == pytest.approx(0.8)


def test_dissimilarity_by_chance_shrinks_with_the_square_root_of_the_number():
    assert dissimilarity_by_chance(AREA, 400) == pytest.approx(dissimilarity_by_chance(AREA, 100) / 2)
    assert dissimilarity_by_chance(AREA, 0) == 0
