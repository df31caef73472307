"""How far those who took part are from those who live there: shares, gaps, and how sure a gap is.

See docs/methods/representativeness.md for the formulas, their sources and their limits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import pi, sqrt
from statistics import NormalDist
from typing import Generic, TypeVar

Key = TypeVar("Key")

SURE = 0.95


@dataclass(frozen=True)
class Gap(Generic[Key]):
    """One group: its share of the area and of those who took part (0 to 1), and between what bounds the latter could lie by chance.

    `people` is None where the group is hidden; then only the area's share is known. `telling`: the area's share lies outside the bounds.
    """

    group: Key
    area: float
    people: int | None = None
    part: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def points(self) -> float | None:
        """Percentage points above (+) or below (-) the share of the area."""
        return None if self.part is None else (self.part - self.area) * 100

    @property
    def telling(self) -> bool:
        return self.low is not None and self.high is not None and not self.low <= self.area <= self.high


def gaps(
    area: Mapping[Key, int], people: Mapping[Key, int | None], known: int, *, sure: float = SURE
) -> list[Gap[Key]]:
    """The groups of the area, in its order. `people[group]` is a number, or None where it is hidden.

    Shares are of `known`: everybody whose group is known, those of hidden groups included. Bounds are Wilson's, at a level that is kept for
    all compared groups together (Bonferroni).
    """
    whole = sum(area.values())
    compared = sum(people.get(group) is not None for group in area)
    found = []
    for group, number in area.items():
        share = number / whole if whole else 0.0
        count = people.get(group)
        if count is None or known <= 0:
            found.append(Gap(group, share))
            continue
        low, high = wilson(count, known, sure=1 - (1 - sure) / max(1, compared))
        found.append(Gap(group, share, count, count / known, low, high))
    return found


def wilson(successes: int, trials: int, *, sure: float = SURE) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927): between which shares of a large population such a sample is not surprising."""
    if trials <= 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + sure) / 2)
    share = successes / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return max(0.0, middle - half), min(1.0, middle + half)


def dissimilarity(area: Mapping[Key, int], people: Mapping[Key, int]) -> float:
    """The share of participants who would have to belong to another group for them to mirror the area (Duncan and Duncan 1955), 0 to 1."""
    whole, known = sum(area.values()), sum(people.get(group, 0) for group in area)
    if not whole or not known:
        return 0.0
    return sum(abs(people.get(group, 0) / known - number / whole) for group, number in area.items()) / 2


def dissimilarity_by_chance(area: Mapping[Key, int], known: int) -> float:
    """About what `dissimilarity` is when so many people are drawn at random: it is never 0 in a small sample."""
    whole = sum(area.values())
    if not whole or known <= 0:
        return 0.0
    shares = [number / whole for number in area.values()]
    return sum(sqrt(2 * share * (1 - share) / (pi * known)) for share in shares) / 2
