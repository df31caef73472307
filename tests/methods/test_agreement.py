"""Agreement of a jury: published examples, and what every such figure must do."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.methods.calm import calm
from zenne.methods.agreement import Level, deviations, kendall_w, krippendorff_alpha

# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units, missing data.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
PUBLISHED = {
    str(unit): {str(name): row[unit] for name, row in enumerate(OBSERVERS) if row[unit] is not None}
    for unit in range(12)
}

tables = st.dictionaries(
    st.sampled_from("ABCDEF"), st.dictionaries(st.sampled_from("vwxyz"), st.integers(0, 4), max_size=5), max_size=6
)


def test_alpha_of_krippendorffs_example():
    assert round(float(krippendorff_alpha(PUBLISHED, level=Level.INTERVAL)), 3) == 0.849
    assert round(float(krippendorff_alpha(PUBLISHED, level=Level.ORDINAL)), 3) == 0.815


def test_alpha_of_full_agreement_is_one():
    assert krippendorff_alpha({"A": {"v": 1, "w": 1}, "B": {"v": 3, "w": 3, "x": 3}}) == 1


@pytest.mark.parametrize("scores", [{}, {"A": {"v": 1}}, {"A": {"v": 2, "w": 2}, "B": {"v": 2, "w": 2}}])
def test_alpha_of_what_cannot_be_compared_is_none(scores):
    assert krippendorff_alpha(scores) is None


@calm
@given(tables)
def test_alpha_is_one_minus_observed_by_expected_pairs(scores):
    """The definition, pair by pair: mean squared difference inside items, each item weighed by its scores, and over all scores."""
    rows = [list(row.values()) for row in scores.values() if len(row) > 1]
    everything = [score for row in rows for score in row]
    assume(len(set(everything)) > 1)
    inside = sum(Fraction(2 * sum((a - b) ** 2 for a, b in combinations(row, 2)), len(row) - 1) for row in rows)
    over_all = Fraction(2 * sum((a - b) ** 2 for a, b in combinations(everything, 2)), len(everything) - 1)
    assert krippendorff_alpha(scores) == 1 - inside / over_all


@calm
@given(tables, st.integers(1, 5), st.integers(-3, 3))
def test_alpha_of_another_scale_is_the_same(scores, times, plus):
    moved = {item: {member: score * times + plus for member, score in row.items()} for item, row in scores.items()}
    assert krippendorff_alpha(moved) == krippendorff_alpha(scores)


@calm
@given(tables)
def test_ordinal_alpha_only_looks_at_the_order(scores):
    cubed = {item: {member: score**3 for member, score in row.items()} for item, row in scores.items()}
    assert krippendorff_alpha(cubed, level=Level.ORDINAL) == krippendorff_alpha(scores, level=Level.ORDINAL)


def table(*judges):
    return {str(item): {str(name): row[item] for name, row in enumerate(judges)} for item in range(len(judges[0]))}


def test_w_of_the_same_order_is_one_and_of_opposite_orders_zero():
    assert kendall_w(table([1, 2, 3, 4], [10, 20, 30, 45])) == 1
    assert kendall_w(table([1, 2, 3, 4], [4, 3, 2, 1])) == 0


def test_w_of_kendalls_example_without_ties():
    """Siegel and Castellan: three executives rank six applicants; rank sums 8, 14, 11, 11, 11, 8 give s = 25.5 and W = 0.16."""
    judged = table([1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1])
    assert kendall_w(judged) == Fraction(12 * Fraction(51, 2), 9 * (6**3 - 6))
    assert round(float(kendall_w(judged)), 2) == 0.16


def test_w_with_ties_is_corrected():
    """Two judges who tie the same items agree fully: without the correction W would be below 1."""
    assert kendall_w(table([1, 2, 2, 3], [1, 2, 2, 3])) == 1
    assert kendall_w(table([5, 5, 5], [5, 5, 5])) is None


def test_w_leaves_out_who_did_not_score_everything():
    whole = table([1, 2, 3], [1, 2, 3], [3, 2, 1])
    del whole["0"]["2"]
    assert kendall_w(whole) == 1
    assert kendall_w({}) is None
    assert kendall_w({"A": {"v": 1, "w": 1}}) is None


@calm
@given(st.integers(2, 4), st.integers(2, 5), st.data())
def test_w_is_the_mean_of_spearmans_correlations(judges, items, data):
    """Without ties: W = (mean rho * (m - 1) + 1) / m, over all pairs of judges."""
    rows = [data.draw(st.permutations(range(items))) for _ in range(judges)]
    pairs = list(combinations(rows, 2))
    rho = [1 - Fraction(6 * sum((a - b) ** 2 for a, b in zip(*pair, strict=True)), items**3 - items) for pair in pairs]
    assert kendall_w(table(*rows)) == (sum(rho) / len(rho) * (judges - 1) + 1) / judges


def test_member_who_scores_otherwise_comes_first():
    judged = table([4, 3, 5, 2], [4, 3, 4, 2], [5, 3, 5, 2], [4, 4, 5, 2], [0, 0, 0, 0])
    found = deviations(judged)
    assert (found[0].member, found[0].outlier, found[0].items) == ("4", True, 4)
    assert found[0].bias < -3
    assert not any(one.outlier for one in found[1:])


def test_member_who_is_always_one_point_milder_has_that_bias():
    found = {one.member: one for one in deviations(table([2, 3], [2, 3], [3, 4]))}
    assert (found["2"].bias, found["2"].distance) == (1, 1)


def test_three_members_have_no_outlier():
    assert not any(one.outlier for one in deviations(table([0, 0, 0], [5, 5, 5], [5, 5, 5])))


@calm
@given(tables)
def test_deviations_name_everybody_who_shares_an_item(scores):
    shared = {member for row in scores.values() if len(row) > 1 for member in row}
    assert {one.member for one in deviations(scores)} == shared
