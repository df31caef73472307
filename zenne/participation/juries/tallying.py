"""The bridge: rows of points become exact averages, an order, how far the members agree, and who stands apart. Nothing here is rounded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median_high, median_low

from zenne.methods.agreement import Deviation, deviations, kendall_w, krippendorff_alpha, median

from .models import Assessment, Candidate, Criterion

FEWEST_OTHERS = 2


@dataclass(frozen=True)
class Tally:
    """What the members gave one candidate: `score` is the mean of their weighted means; None while nobody has scored it. `rank` counts
    from 1 and equal scores share one."""

    candidate: Candidate
    count: int
    score: Fraction | None
    by_criterion: dict[int, Fraction] = field(default_factory=dict)
    rank: int | None = None


def weighted(assessment: Assessment, weights: dict[int, int]) -> Fraction:
    """What one member gives in all: the mean of their points, each criterion counted as often as it weighs."""
    points = {score.criterion_id: score.value for score in assessment.scores.all()}
    return Fraction(sum(weights[key] * value for key, value in points.items()), sum(weights[key] for key in points))


def tallies(
    candidates: Sequence[Candidate], assessments: Iterable[Assessment], criteria: Sequence[Criterion]
) -> list[Tally]:
    """One for each candidate, the best first; equal ones in the order of their numbers."""
    weights = {criterion.pk: criterion.weight for criterion in criteria}
    given: dict[int, list[Assessment]] = {candidate.pk: [] for candidate in candidates}
    for assessment in assessments:
        if assessment.candidate_id in given:
            given[assessment.candidate_id].append(assessment)
    found = [_tally(candidate, given[candidate.pk], weights) for candidate in candidates]
    found.sort(key=lambda each: (each.score is None, -(each.score or 0), each.candidate.number))
    ranked = []
    for each in found:
        better = sum(1 for other in found if other.score is not None and other.score > (each.score or 0))
        rank = better + 1 if each.score is not None else None
        ranked.append(Tally(each.candidate, each.count, each.score, each.by_criterion, rank))
    return ranked


def _tally(candidate: Candidate, given: list[Assessment], weights: dict[int, int]) -> Tally:
    if not given:
        return Tally(candidate, 0, None)
    by_criterion: dict[int, list[int]] = {}
    for assessment in given:
        for score in assessment.scores.all():
            by_criterion.setdefault(score.criterion_id, []).append(score.value)
    score = sum((weighted(each, weights) for each in given), Fraction(0)) / len(given)
    means = {key: Fraction(sum(values), len(values)) for key, values in by_criterion.items()}
    return Tally(candidate, len(given), score, means)


def proposal(ranked: Sequence[Tally], keep: int) -> dict[int, bool | None]:
    """What the scores alone would keep, by candidate: the best `keep`. Those tied at the edge are None: the deliberation decides, no lot and no
    hidden order. What nobody scored is undecided too."""
    scored = [each for each in ranked if each.score is not None]
    last_in = scored[keep - 1].score if len(scored) >= keep else None
    first_out = scored[keep].score if len(scored) > keep else None
    tied = last_in is not None and last_in == first_out
    found: dict[int, bool | None] = {}
    for at, each in enumerate(scored):
        found[each.candidate.pk] = None if tied and each.score == last_in else at < keep
    return found | {each.candidate.pk: None for each in ranked if each.score is None}


@dataclass(frozen=True)
class Apart:
    """An assessment that stands apart: what its member gives in all, and the median of what the others give."""

    assessment: Assessment
    own: Fraction
    others: Fraction


def outliers(assessments: Iterable[Assessment], criteria: Sequence[Criterion], points: int) -> list[Apart]:
    """The assessments that differ from the median of at least two others by a third of the scale or more.

    The median, because one more that stands apart must not pull the measure to itself. Of an even number of others there are two in the middle, and the nearer
    one counts: of three members, who agrees with one of the others stands apart from neither.
    """
    weights = {criterion.pk: criterion.weight for criterion in criteria}
    given: dict[int, list[tuple[Assessment, Fraction]]] = {}
    for each in assessments:
        given.setdefault(each.candidate_id, []).append((each, weighted(each, weights)))
    found = []
    for rows in given.values():
        for each, own in rows:
            others = [value for other, value in rows if other.pk != each.pk]
            if len(others) >= FEWEST_OTHERS and _away(own, others) * 3 >= points - 1:
                found.append(Apart(each, own, median(others)))
    return found


def _away(own: Fraction, others: Sequence[Fraction]) -> Fraction:
    low, high = median_low(others), median_high(others)
    return max(low - own, own - high, Fraction(0))


@dataclass(frozen=True)
class Agreement:
    """How far the members agree: in all (`alpha`) and by criterion (Krippendorff, interval), and about the order alone (`order`, Kendall).
    `deviations` says how far each member, by the number of their seat, is from the others."""

    alpha: Fraction | None
    by_criterion: dict[int, Fraction | None]
    order: Fraction | None
    deviations: tuple[Deviation, ...]


def agreement(assessments: Iterable[Assessment], criteria: Sequence[Criterion]) -> Agreement:
    weights = {criterion.pk: criterion.weight for criterion in criteria}
    overall: dict[str, dict[str, Fraction]] = {}
    parts: dict[int, dict[str, dict[str, int]]] = {criterion.pk: {} for criterion in criteria}
    for each in assessments:
        item, member = str(each.candidate_id), str(each.member_id)
        overall.setdefault(item, {})[member] = weighted(each, weights)
        for score in each.scores.all():
            parts[score.criterion_id].setdefault(item, {})[member] = score.value
    return Agreement(
        alpha=krippendorff_alpha(overall),
        by_criterion={key: krippendorff_alpha(table) for key, table in parts.items()},
        order=kendall_w(overall),
        deviations=deviations(overall),
    )
