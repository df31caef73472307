"""What may come if it goes on like this: a straight line or Holt's trend, each with the interval in which a next value should lie. Pure.

Honest about little: below FEWEST points there is no forecast, and none at all where an interval cannot be told. The interval holds if the future behaves like
the past: it knows nothing of decisions, crises, or what a project will do. Both methods are those of any textbook: least squares with Student's t (Draper
and Smith, Applied Regression Analysis, ch. 1), and Holt's linear trend with its state-space variance (Hyndman and Athanasopoulos, Forecasting, ch. 8).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist

FEWEST_LINE, FEWEST_HOLT = 5, 10
LEVEL = 0.95
GRID = 20
_TINY, _STEPS = 1e-300, 300


@dataclass(frozen=True)
class Ahead:
    """The value to expect at `at`, and the interval in which LEVEL of such values should lie."""

    at: float
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Line:
    """y = intercept + slope·x by least squares; `spread` is the standard error of what is left over."""

    intercept: float
    slope: float
    spread: float
    count: int
    middle: float
    width: float  # sum of squared distances of x from the middle

    def at(self, x: float, level: float = LEVEL) -> Ahead:
        """With the interval of a single new observation, not of the line."""
        value = self.intercept + self.slope * x
        away = self.spread * math.sqrt(1 + 1 / self.count + (x - self.middle) ** 2 / self.width)
        reach = student((1 + level) / 2, self.count - 2) * away
        return Ahead(x, value, value - reach, value + reach)


def line(points: Sequence[tuple[float, float]]) -> Line | None:
    """Through (x, y). None below FEWEST_LINE points, or where all lie at one x."""
    count = len(points)
    if count < FEWEST_LINE:
        return None
    middle = math.fsum(x for x, _y in points) / count
    mean = math.fsum(y for _x, y in points) / count
    width = math.fsum((x - middle) ** 2 for x, _y in points)
    if width == 0:
        return None
    slope = math.fsum((x - middle) * (y - mean) for x, y in points) / width
    intercept = mean - slope * middle
    left = math.fsum((y - intercept - slope * x) ** 2 for x, y in points)
    return Line(intercept, slope, math.sqrt(left / (count - 2)), count, middle, width)


@dataclass(frozen=True)
class Holt:
    """Level and trend after the last value; `alpha` and `beta` are how fast they follow, `spread` the standard error one step ahead."""

    level: float
    trend: float
    alpha: float
    beta: float
    spread: float

    def ahead(self, steps: int, level: float = LEVEL) -> Ahead:
        value = self.level + steps * self.trend
        grows = math.fsum((self.alpha + self.beta * step) ** 2 for step in range(1, steps))
        reach = NormalDist().inv_cdf((1 + level) / 2) * self.spread * math.sqrt(1 + grows)
        return Ahead(steps, value, value - reach, value + reach)


def holt(values: Sequence[float]) -> Holt | None:
    """Of values in equal steps. None below FEWEST_HOLT of them.

    `alpha` and `beta` are those of a grid of GRID by GRID that leave the least error one step ahead; the start is the line through the first five values.
    """
    if len(values) < FEWEST_HOLT:
        return None
    first = line(list(enumerate(values[:FEWEST_LINE])))
    assert first is not None  # five values at five places
    start = (first.intercept - first.slope, first.slope)
    rates = [(a / GRID, b / GRID * a / GRID) for a in range(1, GRID + 1) for b in range(GRID + 1)]
    return min((smoothed(values, alpha, beta, start) for alpha, beta in rates), key=lambda found: found.spread)


def smoothed(values: Sequence[float], alpha: float, beta: float, start: tuple[float, float]) -> Holt:
    """With given rates (`beta` is that of the state space: at most `alpha`) and a given level and trend before the first value."""
    (level, trend), errors = start, []
    for value in values:
        error = value - level - trend
        errors.append(error * error)
        level, trend = level + trend + alpha * error, trend + beta * error
    return Holt(level, trend, alpha, beta, math.sqrt(math.fsum(errors) / max(1, len(errors) - 4)))


def trend(points: Sequence[tuple[float, float]], at: Sequence[float]) -> list[Ahead]:
    """What to expect at each place beyond the last point, by Holt where the points stand in equal steps and are enough, else by the line. Empty where there are
    too few. `points` are in order of x; steps may differ by a tenth, as months do."""
    if len(points) < FEWEST_LINE or not at:
        return []
    steps = [after - before for (before, _), (after, _) in pairwise(points)]
    step = sum(steps) / len(steps)
    even = step > 0 and all(abs(each - step) <= step / 10 for each in steps)
    found = holt([y for _x, y in points]) if even else None
    if found is not None:
        last = points[-1][0]
        counted = [(x, max(1, round((x - last) / step))) for x in at]
        return [Ahead(x, each.value, each.low, each.high) for x, count in counted for each in [found.ahead(count)]]
    straight = line(points)
    return [straight.at(x) for x in at] if straight else []


def student(share: float, freedom: int) -> float:
    """The quantile of Student's t: so much of it lies below. By halving; right to nine figures."""
    if share < 0.5:
        return -student(1 - share, freedom)
    low, high = 0.0, 1.0
    while _below(high, freedom) < share:
        high *= 2
    for _step in range(200):
        middle = (low + high) / 2
        if _below(middle, freedom) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _below(t: float, freedom: int) -> float:
    """How much of Student's t lies below t >= 0: by the incomplete beta function."""
    return 1 - _beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction (Press et al., Numerical Recipes, 6.4)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or _TINY)
    found = d
    for step in range(1, _STEPS):
        for term in (
            step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step)),
            -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1)),
        ):
            d = 1 / (1 + term * d or _TINY)
            c = 1 + term / c or _TINY
            found *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * found / a
