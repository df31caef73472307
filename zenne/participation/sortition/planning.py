"""The arithmetic of a design: quotas from shares, letters from expected answers, and what is likely to go wrong, as codes with their figures.

Nothing here asks the database; shares are percent of the inhabitants, responses percent of the letters that bring a yes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, prod

PEOPLE_PER_SEAT = 8  # in the pool; with fewer, odds become unequal and quotas hard to meet
FEW_PER_SEAT = 4
PER_KEPT_SEAT = 2  # of a group in the pool, for each seat that its quota keeps
MANY_CATEGORIES = 6


@dataclass(frozen=True)
class Group:
    """A group with its quota. `share` and `response` are None where nobody gave one."""

    key: str
    share: float | None
    minimum: int
    maximum: int
    response: float | None = None


@dataclass(frozen=True)
class Plan:
    """A design as plain numbers. `population` is that of the area, where it is known."""

    size: int
    response: float
    categories: Mapping[str, Sequence[Group]]
    letters: int | None = None
    wished: int | None = None
    population: int | None = None

    @property
    def pool_wished(self) -> int:
        return self.wished or PEOPLE_PER_SEAT * self.size


@dataclass(frozen=True)
class Doubt:
    """What is likely to go wrong. `blocks`: the quotas contradict each other, and no pool whatever can meet them."""

    code: str
    category: str = ""
    group: str = ""
    figures: Mapping[str, int] = field(default_factory=dict)
    blocks: bool = False


def quota(share: float, size: int, tolerance: float) -> tuple[int, int]:
    """Seats at least and at most for a share in percent: its exact part, `tolerance` percent less and more, rounded outward; so quotas from shares
    that add up to 100 never contradict the size."""
    part = share / 100 * size
    room = part * tolerance / 100
    return max(0, floor(part - room + 1e-9)), min(size, ceil(part + room - 1e-9))


def response(plan: Plan) -> float:
    """Percent of all letters that bring a yes. Where a group answers less or more, the others as usual; several categories multiply."""
    return plan.response * prod(_factor(groups, plan.response) for groups in plan.categories.values())


def _factor(groups: Sequence[Group], usual: float) -> float:
    if not any(group.response for group in groups):
        return 1.0
    known = sum(group.share or 0 for group in groups)
    if not known:
        return 1.0
    return sum((group.share or 0) * (group.response or usual) for group in groups) / known / usual


def letters(plan: Plan) -> int:
    """How many letters bring the pool that is wished, rounded up to the next fifty."""
    needed = plan.pool_wished / (response(plan) / 100)
    return ceil(needed / 50 - 1e-9) * 50


def expected_pool(plan: Plan) -> int:
    return floor((plan.letters or letters(plan)) * response(plan) / 100 + 1e-9)


def expected(plan: Plan, category: str) -> dict[str, int | None]:
    """How many of each group are likely to say yes; None where the share of a group is not known."""
    groups = plan.categories[category]
    weights = {group.key: (group.share or 0) * (group.response or plan.response) for group in groups}
    whole = sum(weights.values())
    pool = expected_pool(plan)
    return {
        group.key: None if group.share is None or not whole else round(pool * weights[group.key] / whole)
        for group in groups
    }


def doubts(plan: Plan) -> list[Doubt]:
    """What stands in the way first, then what is likely to; the order of the categories within."""
    found = [one for category, groups in plan.categories.items() for one in _of_quotas(category, groups, plan)]
    found += _of_the_whole(plan)
    found += [one for category, groups in plan.categories.items() for one in _of_groups(category, groups, plan)]
    return sorted(found, key=lambda one: not one.blocks)


def _of_quotas(category: str, groups: Sequence[Group], plan: Plan) -> list[Doubt]:
    least, most = sum(group.minimum for group in groups), sum(group.maximum for group in groups)
    found = []
    if len(groups) < 2:
        found.append(Doubt("one-group", category, blocks=True))
    if least > plan.size:
        found.append(Doubt("minima-above-size", category, figures={"sum": least, "size": plan.size}, blocks=True))
    if most < plan.size:
        found.append(Doubt("maxima-below-size", category, figures={"sum": most, "size": plan.size}, blocks=True))
    shares = [group.share for group in groups if group.share is not None]
    if len(shares) == len(groups) and groups and abs(sum(shares) - 100) > 1:
        found.append(Doubt("shares-off", category, figures={"sum": round(sum(shares))}))
    return found


def _of_groups(category: str, groups: Sequence[Group], plan: Plan) -> list[Doubt]:
    found = []
    likely = expected(plan, category)
    for group in groups:
        yes = likely[group.key]
        if yes is not None and group.minimum and yes < PER_KEPT_SEAT * group.minimum:
            figures = {"yes": yes, "seats": group.minimum}
            found.append(Doubt("few-can-meet", category, group.key, figures))
        if group.share and group.minimum and group.share / 100 * plan.size < 1:
            found.append(Doubt("less-than-a-seat", category, group.key, {"seats": group.minimum}))
        if group.share and group.maximum == 0:
            found.append(Doubt("nobody-allowed", category, group.key))
    return found


def _of_the_whole(plan: Plan) -> list[Doubt]:
    found = []
    pool = expected_pool(plan)
    if pool < plan.size:
        found.append(Doubt("pool-below-size", figures={"yes": pool, "size": plan.size}))
    elif pool < FEW_PER_SEAT * plan.size:
        found.append(Doubt("pool-small", figures={"yes": pool, "size": plan.size}))
    kinds = prod(len(groups) for groups in plan.categories.values())
    if len(plan.categories) > 1 and kinds > 2 * max(pool, 1):
        found.append(Doubt("too-many-kinds", figures={"kinds": kinds, "yes": pool}))
    if len(plan.categories) > MANY_CATEGORIES:
        found.append(Doubt("many-categories", figures={"categories": len(plan.categories)}))
    if plan.population and (plan.letters or letters(plan)) > plan.population:
        found.append(Doubt("more-letters-than-people", figures={"people": plan.population}))
    return found
