"""A target path: what is aimed at, day by day, and how a value stands against it. Pure: dates and exact numbers in, words of a closed list out.

The path runs straight from the baseline to the first target and on from target to target, day by day; after the last target it stays where it is, before
its first point it is nowhere. All arithmetic is exact (`Fraction`): the same points give the same light on every machine.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Number = Fraction | Decimal | int
Direction = Literal["up", "down", "within"]
Light = Literal["green", "amber", "red", "grey"]


@dataclass(frozen=True)
class Path:
    """Dated points in order of their days, each day once. `based` says whether the first of them is a baseline: where things stood, not what is aimed at."""

    points: tuple[tuple[date, Fraction], ...] = ()
    based: bool = False

    @property
    def aims(self) -> bool:
        """Whether anything is aimed at at all."""
        return len(self.points) > self.based

    @property
    def way(self) -> Fraction:
        """How far it is from the first point to the last, without a sign. With a single point, or none apart: the size of the last point."""
        if not self.points:
            return Fraction(0)
        first, last = self.points[0][1], self.points[-1][1]
        return abs(last - first) or abs(last)

    def on(self, day: date) -> Fraction | None:
        """What is aimed at on a day. None before the first point, or where nothing is aimed at."""
        if not self.aims or day < self.points[0][0]:
            return None
        for (begins, low), (ends, high) in zip(self.points, self.points[1:], strict=False):
            if begins <= day < ends:
                return low + (high - low) * Fraction((day - begins).days, (ends - begins).days)
        return self.points[-1][1]


def path(targets: Iterable[tuple[date, Number]], baseline: tuple[date, Number] | None = None) -> Path:
    """The path through a baseline and targets, in any order. A target on or before the baseline's day is no part of it; of two on one day the last counts."""
    points = {day: Fraction(value) for day, value in targets if baseline is None or day > baseline[0]}
    if baseline is not None:
        points[baseline[0]] = Fraction(baseline[1])
    return Path(tuple(sorted(points.items())), baseline is not None)


def ahead(value: Number, aim: Number, direction: Direction) -> Fraction:
    """How far a value is ahead of its aim in the good direction; negative where it is behind."""
    difference = Fraction(value) - Fraction(aim)
    return -difference if direction == "down" else difference


def inside(value: Number, least: Number, most: Number) -> Fraction:
    """How far a value lies inside two bounds; negative outside them."""
    return min(Fraction(value) - Fraction(least), Fraction(most) - Fraction(value))


def light(
    value: Number | None,
    *,
    direction: Direction,
    on: date,
    aims: Path,
    tolerance: Number,
    late: bool = False,
    bounds: tuple[Number, Number] | None = None,
) -> Light:
    """Green at or beyond the aim of its day, amber behind it by no more than `tolerance` (a share of the whole way, 1/10), red behind it by more.

    Grey where nothing is known (no value, or a late one: a late value is never green), and where nothing is aimed at. With the direction `within`, `bounds`
    are the aim, and the way is their distance. A value before the first point of its path is green where it has reached that point already, else grey.
    """
    if value is None or late:
        return "grey"
    if direction == "within":
        if bounds is None:
            return "grey"
        return _shade(inside(value, *bounds), Fraction(bounds[1]) - Fraction(bounds[0]), tolerance)
    if not aims.aims:
        return "grey"
    aim = aims.on(on)
    if aim is None:
        return "green" if not aims.based and ahead(value, aims.points[0][1], direction) >= 0 else "grey"
    return _shade(ahead(value, aim, direction), aims.way, tolerance)


def _shade(distance: Fraction, way: Fraction, tolerance: Number) -> Light:
    if distance >= 0:
        return "green"
    return "amber" if -distance <= way * Fraction(tolerance) else "red"
