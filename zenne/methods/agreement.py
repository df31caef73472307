"""Do the members of a jury agree, and who scores otherwise than the others? Exact fractions inside, a float at the edge.

A table of scores is {item: {member: score}}; whoever did not score an item (recused, late) is simply not in its row.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

Number = int | Fraction
Scores = Mapping[str, Mapping[str, Number]]


class Level(StrEnum):
    """What a difference between two scores means."""

    ORDINAL = "ordinal"  # scores say more or less, not how much
    INTERVAL = "interval"  # a difference of 2 is twice one of 1


def krippendorff_alpha(scores: Scores, *, level: Level = Level.INTERVAL) -> Fraction | None:
    """Krippendorff's alpha: 1 is full agreement, 0 what chance would give, below 0 disagreement that has a system. Any number of members, with gaps.

    None when nothing can be compared: no item with two scores, or all scores the same.

    Krippendorff, Content Analysis, 4th ed. (Sage 2018), chapter 12; K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). He asks for 0.8 to rely on
    and calls 0.667 the lowest that allows tentative conclusions.
    """
    units = [[Fraction(score) for score in row.values()] for row in scores.values() if len(row) > 1]
    totals = Counter(score for unit in units for score in unit)
    count = sum(totals.values())
    distance = _distance(level, totals)
    expected = sum(
        totals[one] * totals[other] * distance(one, other) for one in totals for other in totals if one < other
    ) * Fraction(2, max(1, count - 1))
    if not expected:
        return None
    observed = Fraction(0)
    for unit in units:
        held = Counter(unit)
        pairs = sum(held[one] * held[other] * distance(one, other) for one in held for other in held if one < other)
        observed += Fraction(2 * pairs) / (len(unit) - 1)
    return 1 - observed / expected


def _distance(level: Level, totals: Mapping[Fraction, int]) -> Callable[[Fraction, Fraction], Fraction]:
    """The squared difference of two scores, the lower first. Ordinal: by how many scores lie between, both ends counted half."""
    if level is Level.INTERVAL:
        return lambda one, other: (one - other) ** 2
    below, seen = {}, 0
    for score in sorted(totals):
        below[score] = Fraction(2 * seen + totals[score], 2)
        seen += totals[score]
    return lambda one, other: (below[other] - below[one]) ** 2


def kendall_w(scores: Scores) -> Fraction | None:
    """Kendall's coefficient of concordance, corrected for ties: 0 (no agreement about the order of items) to 1 (the same order).

    Only members who scored every item take part. None with fewer than two of them or two items, or when everybody scored all the same.

    M. G. Kendall and B. Babington Smith, The problem of m rankings, Annals of Mathematical Statistics 10 (1939); the correction: S. Siegel and N. J. Castellan,
    Nonparametric Statistics for the Behavioral Sciences, 2nd ed. (1988), section 9.6.
    """
    members = set.intersection(*({*row} for row in scores.values())) if scores else set()
    judges, items = len(members), len(scores)
    if judges < 2 or items < 2:
        return None
    ranks = {member: _ranks({item: row[member] for item, row in scores.items()}) for member in sorted(members)}
    sums = [sum((ranks[member][item] for member in ranks), Fraction(0)) for item in scores]
    mean = sum(sums, Fraction(0)) / items
    spread = sum(((one - mean) ** 2 for one in sums), Fraction(0))
    ties = sum(size**3 - size for member in ranks for size in Counter(row[member] for row in scores.values()).values())
    most = judges**2 * (items**3 - items) - judges * ties
    return 12 * spread / most if most else None


def _ranks(given: Mapping[str, Number]) -> dict[str, Fraction]:
    """Ranks from 1, the lowest score first; equal scores share the mean of their ranks."""
    ranks, before = {}, 0
    for _score, group in groupby(sorted(given, key=lambda item: given[item]), key=lambda item: given[item]):
        tied = list(group)
        ranks.update(dict.fromkeys(tied, Fraction(2 * before + len(tied) + 1, 2)))
        before += len(tied)
    return ranks


@dataclass(frozen=True)
class Deviation:
    """How far one member scores from the others, in points, over the items that others scored too.

    `bias`: mean difference from the median of the others (above 0: milder). `distance`: mean of the absolute differences. `score`: the modified z-score of that
    distance among all members; above 3.5 the member stands out.
    """

    member: str
    items: int
    bias: Fraction
    distance: Fraction
    score: float

    @property
    def outlier(self) -> bool:
        return self.score > OUTLYING


OUTLYING = 3.5
# A median absolute deviation of a normal distribution is 0.6745 standard deviations, a mean one 0.7979.
MEDIAN_SHARE, MEAN_SHARE = 0.6745, 0.7979


def deviations(scores: Scores) -> tuple[Deviation, ...]:
    """Every member who shares an item with another, the farthest first.

    The modified z-score with the median absolute deviation, 3.5 as the limit, and the mean absolute deviation where more than half are the same: B. Iglewicz and
    D. Hoaglin, How to Detect and Handle Outliers (ASQC 1993), chapter 3. It says who scores otherwise, not who is wrong. With three members or fewer nobody
    is called an outlier: there is no majority to stand out from.
    """
    gaps: dict[str, list[Fraction]] = {}
    for row in scores.values():
        for member, score in row.items():
            others = [Fraction(other) for name, other in row.items() if name != member]
            if others:
                gaps.setdefault(member, []).append(Fraction(score) - median(others))
    distances = {member: sum(map(abs, found), Fraction(0)) / len(found) for member, found in gaps.items()}
    z = _z_scores(distances)
    told = [
        Deviation(member, len(found), sum(found, Fraction(0)) / len(found), distances[member], z[member])
        for member, found in gaps.items()
    ]
    return tuple(sorted(told, key=lambda one: (-one.distance, one.member)))


def _z_scores(values: Mapping[str, Fraction]) -> dict[str, float]:
    if len(values) <= 3:
        return dict.fromkeys(values, 0.0)
    middle = median(list(values.values()))
    away = [abs(value - middle) for value in values.values()]
    scale, share = median(away), MEDIAN_SHARE
    if not scale:
        scale, share = sum(away, Fraction(0)) / len(away), MEAN_SHARE
    return {name: float((value - middle) / scale) * share if scale else 0.0 for name, value in values.items()}


def median(values: list[Fraction]) -> Fraction:
    """Exact; of an even number of values, half of the two in the middle added. `values` is not empty."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2
