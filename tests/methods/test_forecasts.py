"""What may come if it goes on like this, against published examples; nothing where there is too little to tell."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zenne.methods.forecasts import FEWEST_HOLT, FEWEST_LINE, holt, line, smoothed, student, trend

# Anscombe, Graphs in statistical analysis, The American Statistician 27 (1973), set I
ANSCOMBE = [
    (10, 8.04),
    (8, 6.95),
    (13, 7.58),
    (9, 8.81),
    (11, 8.33),
    (14, 9.96),
    (6, 7.24),
    (4, 4.26),
    (12, 10.84),
    (7, 4.82),
    (5, 5.68),
]
# Hyndman and Athanasopoulos, Forecasting: principles and practice, section on Holt's method: air passengers in Australia, 1990 to 2016, millions
PASSENGERS = [
    17.55,
    21.86,
    23.89,
    26.93,
    26.89,
    28.83,
    30.08,
    30.95,
    30.19,
    31.58,
    32.58,
    33.48,
    39.02,
    41.39,
    41.60,
    44.66,
    46.95,
    48.73,
    51.49,
    50.03,
    60.64,
    63.36,
    66.36,
    68.20,
    68.12,
    69.78,
    72.60,
]


@pytest.mark.parametrize(
    ("share", "freedom", "quantile"),
    [(0.975, 1, 12.7062), (0.975, 2, 4.3027), (0.975, 9, 2.2622), (0.95, 5, 2.0150), (0.975, 30, 2.0423), (0.5, 7, 0)],
)
def test_students_t_as_in_the_tables(share, freedom, quantile):
    assert student(share, freedom) == pytest.approx(quantile, abs=1e-4)
    assert student(1 - share, freedom) == pytest.approx(-quantile, abs=1e-4)


def test_the_line_through_anscombes_first_set():
    found = line(ANSCOMBE)

    assert found.intercept == pytest.approx(3.0001, abs=1e-4)
    assert found.slope == pytest.approx(0.5001, abs=1e-4)
    assert found.spread == pytest.approx(1.2366, abs=1e-4)
    at = found.at(9)  # the middle: the interval is t times s times the root of 1 + 1/n
    assert at.value == pytest.approx(7.5009, abs=1e-4)
    assert at.high - at.value == pytest.approx(2.2622 * 1.2366 * math.sqrt(12 / 11), abs=1e-3)


def test_holts_forecast_of_australian_passengers_as_in_the_book():
    found = smoothed(PASSENGERS, 0.8321, 0.0001, (15.57, 2.102))

    ahead = [found.ahead(steps).value for steps in range(1, 6)]

    assert ahead == pytest.approx([74.60, 76.70, 78.80, 80.91, 83.01], abs=0.02)


def test_the_interval_of_holt_grows_with_every_step():
    found = holt(PASSENGERS)
    widths = [each.high - each.low for each in (found.ahead(steps) for steps in range(1, 8))]

    assert widths == sorted(widths)
    assert widths[0] == pytest.approx(2 * 1.96 * found.spread, rel=1e-3)


def test_too_few_points_give_no_forecast():
    assert line([(x, x) for x in range(FEWEST_LINE - 1)]) is None
    assert line([(1, y) for y in range(9)]) is None
    assert holt(list(range(FEWEST_HOLT - 1))) is None
    assert trend([(1, 1), (2, 2)], [3]) == []


def test_uneven_points_have_a_line_even_ones_holt():
    uneven = [(x * x, 2.0 * x * x) for x in range(12)]
    even = [(float(x), 3.0 * x) for x in range(12)]

    assert trend(uneven, [200])[0].value == pytest.approx(400)
    assert trend(even, [12, 13])[1].value == pytest.approx(39)


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=FEWEST_LINE, max_size=30),
    st.integers(1, 10),
)
def test_a_forecast_lies_within_its_own_interval_and_is_a_number(values, steps):
    points = [(float(at), value) for at, value in enumerate(values)]

    found = trend(points, [float(len(values) - 1 + steps)])[0]

    assert math.isfinite(found.low)
    assert math.isfinite(found.high)
    assert found.low <= found.value <= found.high
