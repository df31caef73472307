"""Money that several pay together, to the cent."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.calm import few
from zenne.methods.dividing import divided, largest_remainder


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100_00, [5, 3, 2], [50_00, 30_00, 20_00]),
        (100, [1, 1, 1], [34, 33, 33]),  # the cent that is left goes to the first of equals
        (1, [1, 2], [0, 1]),
        (10, [0, 1], [0, 10]),
        (0, [3, 4], [0, 0]),
        (10**15, [1, 10**9], [10**6 - 0, 10**15 - 10**6]),
    ],
)
def test_one_sum_is_divided_by_weights(total, weights, parts):
    assert largest_remainder(total, weights) == parts


@st.composite
def purses(draw):
    """Amounts, and costs that are not above them together; small ones too, so that a cost has fewer cents than there are payers."""
    amounts = draw(st.lists(st.integers(0, draw(st.sampled_from([3, 40, 10**7]))), min_size=1, max_size=7))
    left = sum(amounts)
    if not left:
        amounts, left = [*amounts, 5], 5
    costs = []
    for _step in range(draw(st.integers(0, 8))):
        costs.append(draw(st.integers(0, left)))
        left -= costs[-1]
    return [*costs, *([left] if draw(st.booleans()) else [])], amounts


@few
@given(purses())
def test_every_cost_is_paid_and_nobody_pays_more_than_they_put_in(given):
    costs, amounts = given
    rows = divided(costs, amounts)
    assert [sum(row) for row in rows] == costs
    assert all(part >= 0 for row in rows for part in row)
    paid = [sum(column) for column in zip(*rows, strict=True)] or [0] * len(amounts)
    assert all(had <= put for had, put in zip(paid, amounts, strict=True))
    if sum(costs) == sum(amounts):
        assert paid == amounts


@few
@given(purses().filter(lambda given: all(cost >= sum(given[1]) for cost in given[0]) or min(given[1]) > 0))
def test_nobody_is_ever_a_cent_away_from_the_exact_part(given):
    costs, amounts = given
    costs = [
        cost for cost in costs if cost * min(amounts) >= sum(amounts)
    ]  # everybody's part of a cost is a cent at least
    rows, spent, paid = divided(costs, amounts), 0, [0] * len(amounts)
    for cost, row in zip(costs, rows, strict=True):
        spent += cost
        paid = [so_far + part for so_far, part in zip(paid, row, strict=True)]
        exact = [Fraction(spent * amount, sum(amounts)) for amount in amounts]
        assert all(abs(part - share) < 1 for part, share in zip(paid, exact, strict=True))


def test_costs_that_are_divided_one_by_one_would_not_close():
    """Three costs of one cent, two who pay as much: by itself each would go to the first."""
    assert divided([1, 1, 2], [2, 2]) == [[1, 0], [0, 1], [1, 1]]
