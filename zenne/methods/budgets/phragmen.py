"""Phragmén's sequential rule (Phragmén 1894; for budgets: Los, Christoff and Grossi, IJCAI 2022).

Every voter earns money at the same speed. As soon as the supporters of a project have earned its cost together, they buy it and start again
from nothing. The rule ends when the next purchase would not fit into the budget.

`moment` is the money that a voter has earned since the beginning. A voter who has bought something has since its moment earned the
difference, so a project can be bought at the moment (cost + the moments of its supporters' last purchases) / number of supporters. Moments
are kept as integers over one common denominator; floats only say where to look, as in `purses`.
"""

from fractions import Fraction

import numpy as np

from .greedy import eligible, fill
from .instance import Instance, Room
from .outcome import Outcome, Step, Way
from .profile import Profile
from .purses import UNIT, Supporters
from .ties import PUBLISHED_ORDER, TieRule


def phragmen(
    instance: Instance,
    profile: Profile,
    *,
    exhaustive: bool = False,
    ties: TieRule = PUBLISHED_ORDER,
) -> Outcome:
    """Phragmén's rule on who supports what; points are not weighed. `exhaustive` fills the rest in order of the score.

    If one of several projects that could be bought at the same moment does not fit, the rule ends before any of them. What costs more than
    the whole budget takes no part.
    """
    steps = Clock(instance, profile, ties).steps()
    if exhaustive:
        steps += fill(instance, profile, [instance.position[step.project] for step in steps], ties)
    chosen = tuple(step.project for step in steps)
    cost = sum(instance.costs[instance.position[one]] for one in chosen)
    return Outcome("phragmen", chosen, cost, instance.budget, tuple(steps), "exhaustive" if exhaustive else "none")


class Clock:
    """One count. `moments[t] / scale` is when purchase t happened; `last` says for each group of voters which was its last."""

    def __init__(self, instance: Instance, profile: Profile, ties: TieRule) -> None:
        self.instance, self.profile, self.ties = instance, profile, ties
        self.ranks = ties.ranks(instance, profile)
        candidates = [at for at in eligible(instance, profile) if instance.costs[at] <= instance.budget]
        self.supporters = {at: Supporters.of(profile, at, weighted=False) for at in candidates}
        self.bound = {at: instance.costs[at] / self.supporters[at].voters * (1 - 4 * UNIT) for at in candidates}
        self.scale = 1
        self.moments: list[int] = []
        self.last = np.full(len(profile.copies), -1, np.int64)
        self.since = np.zeros(len(profile.copies))

    def steps(self) -> list[Step]:
        room, taken = Room(self.instance), []
        while self.bound:
            equal = self.next()
            if any(self.instance.costs[at] > room.left for at in equal):
                break
            first = self.ties.first(self.instance, self.ranks, list(equal))
            others = tuple(sorted(at for at in equal if at != first))
            top, voters = equal[first]
            moment = Fraction(top, self.scale * voters)
            taken.append(
                Step(self.instance.projects[first].id, Way.RULE, moment, self.instance.names(others), payers=voters)
            )
            self.buy(first, top, voters)
            room.take(first)
            for at in [at for at in self.bound if not room.open(at)]:
                del self.bound[at]
        return taken

    def repeat(self, step: Step) -> None:
        """A step of an earlier count."""
        at = self.instance.position[step.project]
        moment, voters = step.rate, int(self.supporters[at].voters)
        self.buy(at, moment.numerator * (self.scale * voters // moment.denominator), voters)

    def end(self) -> float:
        """The moment at which the count ends, after the steps made so far."""
        if not self.bound:
            return np.inf
        top, voters = next(iter(self.next().values()))
        return top / (self.scale * voters)

    def next(self) -> dict[int, tuple[int, int]]:
        """The projects that can be bought first, all at the same moment: for each the integers of `moment`."""
        exact: dict[int, tuple[int, int]] = {}
        ceiling, fresh = np.inf, set()
        while True:
            at = min((one for one in self.bound if one not in exact), key=self.bound.__getitem__, default=None)
            if at is None or self.bound[at] > ceiling:
                break
            if at not in fresh:
                fresh.add(at)
                self.bound[at] = max(self.bound[at], self.look(at))
                continue
            exact[at] = self.moment(at)
            ceiling = min(ceiling, exact[at][0] / (exact[at][1] * self.scale) * (1 + 4 * UNIT))
        top, voters = min(exact.values(), key=lambda one: Fraction(*one))
        return {at: one for at, one in exact.items() if one[0] * voters == top * one[1]}

    def look(self, at: int) -> float:
        """A moment at or before the true one: a sum of positive floats is off by less than a share that is known."""
        supporters = self.supporters[at]
        known = float((self.since[supporters.group] * supporters.copies).sum())
        return (self.instance.costs[at] + known) / supporters.voters * (1 - (len(supporters.group) + 10) * UNIT)

    def moment(self, at: int) -> tuple[int, int]:
        """When a project can be bought, as the fraction `top / (scale * voters)`: top and voters."""
        supporters = self.supporters[at]
        known = np.bincount(self.last[supporters.group] + 1, weights=supporters.copies, minlength=len(self.moments) + 1)
        sums = sum(int(count) * moment for count, moment in zip(known[1:].tolist(), self.moments, strict=True))
        return self.instance.costs[at] * self.scale + sums, int(supporters.voters)

    def buy(self, at: int, top: int, voters: int) -> None:
        group = self.supporters[at].group
        self.scale *= voters
        self.moments = [moment * voters for moment in self.moments] + [top]
        self.last[group] = len(self.moments) - 1
        self.since[group] = top / self.scale
        del self.bound[at]
