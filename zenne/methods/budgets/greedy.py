"""Greedy rules: projects in order of their score, or of their score for each unit of cost, as long as they fit."""

from collections.abc import Iterable
from fractions import Fraction

from .instance import Instance, Room
from .outcome import Outcome, Step, Way
from .profile import Profile
from .ties import PUBLISHED_ORDER, TieRule


def greedy(
    instance: Instance,
    profile: Profile,
    *,
    per_cost: bool = False,
    ties: TieRule = PUBLISHED_ORDER,
) -> Outcome:
    """Take the best project that still fits, again and again. What does not fit is skipped, not cut short.

    The score is the number of votes or the sum of points; `per_cost` divides it by the cost. A project without support is never taken.
    """
    steps = fill(instance, profile, (), ties, per_cost=per_cost, way=Way.RULE)
    chosen = tuple(step.project for step in steps)
    cost = sum(instance.costs[instance.position[one]] for one in chosen)
    return Outcome("greedy-cost" if per_cost else "greedy", chosen, cost, instance.budget, tuple(steps))


def fill(
    instance: Instance,
    profile: Profile,
    taken: Iterable[int],
    ties: TieRule,
    *,
    per_cost: bool = False,
    way: Way = Way.FILL,
) -> list[Step]:
    """The greedy steps after some projects are taken already."""
    room, ranks, steps = Room(instance, taken), ties.ranks(instance, profile), []
    merits = {at: merit(instance, profile, at, per_cost=per_cost) for at in eligible(instance, profile)}
    order = sorted((at for at in merits if profile.score[at] > 0), key=lambda at: ranks[at])
    order.sort(key=lambda at: merits[at], reverse=True)
    for place, at in enumerate(order):
        if not room.fits(at):
            continue
        equal = [at]
        for other in order[place + 1 :]:
            if merits[other] != merits[at]:
                break
            if room.fits(other):
                equal.append(other)
        ties.first(instance, ranks, equal)
        room.take(at)
        steps.append(Step(instance.projects[at].id, way, merits[at][1], instance.names(equal[1:])))
    return steps


def eligible(instance: Instance, profile: Profile) -> list[int]:
    """The projects that somebody supports, and enough."""
    return [
        at
        for at, (votes, score) in enumerate(zip(profile.votes.tolist(), profile.score.tolist(), strict=True))
        if votes and score >= instance.minimum_support
    ]


def merit(instance: Instance, profile: Profile, at: int, *, per_cost: bool) -> tuple[bool, Fraction]:
    """What orders the projects, the best is the largest: per cost, one that costs nothing goes before all that cost something."""
    score, cost = int(profile.score[at]), instance.costs[at]
    if not per_cost:
        return False, Fraction(score)
    return cost == 0, Fraction(score, cost or 1)
