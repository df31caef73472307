"""The Method of Equal Shares (Peters, Pierczyński and Skowron, NeurIPS 2021), with the completions of equalshares.net.

Every voter gets the same part of the budget. A project can be bought by those who support it; of all that can, the one with the lowest
price for a unit of utility is bought, its supporters pay as equally as their purses allow, and so on until nobody can buy anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from heapq import heappop, heappush

import numpy as np

from .greedy import eligible, fill, greedy
from .instance import Instance, Room
from .outcome import Outcome, Step, Way
from .profile import Profile
from .purses import UNIT, Backing, Price, Purses
from .ties import PUBLISHED_ORDER, TieRule


class Utility(StrEnum):
    """What a funded project is worth to a voter.

    COST      its cost, if the voter supports it: euros well spent count (the usual choice with approvals)
    COUNT     one, if the voter supports it: projects count
    POINTS    the points that the voter gave it
    """

    COST = "cost"
    COUNT = "count"
    POINTS = "points"


class Completion(StrEnum):
    """What happens to money that is left because no group can pay for a project alone.

    NONE         it is kept
    ADD1U        everybody's endowment is raised by one unit of currency at a time, as long as the outcome stays within the budget and
                 another project would still fit: the last such outcome stands
    EXHAUSTIVE   the rest is filled in order of the score with whatever still fits
    """

    NONE = "none"
    ADD1U = "add1u"
    EXHAUSTIVE = "exhaustive"


@dataclass(frozen=True, slots=True)
class Round:
    """One purchase. Its price for a unit of utility is `top / below` smallest units."""

    project: int
    top: int
    below: int
    tied: tuple[int, ...]
    payment: Fraction | None = None
    least: Fraction | None = None
    payers: int = 0
    drained: int = 0

    @property
    def ceiling(self) -> float:
        """A float that is not below the price."""
        return self.top / self.below * (1 + 4 * UNIT)


class Differs(Exception):
    """A count that had to go like another one does not, or not for sure."""


def equal_shares(
    instance: Instance,
    profile: Profile,
    *,
    utility: Utility = Utility.COST,
    completion: Completion = Completion.NONE,
    comparison: bool = False,
    ties: TieRule = PUBLISHED_ORDER,
) -> Outcome:
    """Equal shares, completed as named. `comparison`: greedy by votes stands instead if more voters prefer it, by the cost of what they support."""
    count = Count(instance, profile, utility, ties)
    endowment, runs = Fraction(instance.budget, profile.voters or 1), 1
    if completion is Completion.ADD1U and profile.voters:
        endowment, runs = raised(count, endowment)
    steps = count.steps(endowment)
    if completion is Completion.EXHAUSTIVE:
        steps += fill(instance, profile, [instance.position[step.project] for step in steps], ties)
    outcome = Outcome("equal-shares", *_sums(instance, steps), tuple(steps), completion.value, endowment, runs)
    return compared(instance, profile, outcome, ties) if comparison else outcome


def _sums(instance: Instance, steps: list[Step]) -> tuple[tuple[str, ...], int, int]:
    chosen = tuple(step.project for step in steps)
    return chosen, sum(instance.costs[instance.position[one]] for one in chosen), instance.budget


class Count:
    """One election, ready to be counted with any endowment."""

    def __init__(self, instance: Instance, profile: Profile, utility: Utility, ties: TieRule) -> None:
        self.instance, self.profile, self.utility, self.ties = instance, profile, utility, ties
        self.ranks = ties.ranks(instance, profile)
        self.weighted = utility is Utility.POINTS
        self.conditions = bool(instance.exclusions or instance.caps)
        self.candidates = eligible(instance, profile)
        self.supporters = Backing(profile, weighted=self.weighted)
        self.totals: list[int] = (profile.weights if self.weighted else profile.votes).tolist()
        self.worth = {at: instance.costs[at] if utility is Utility.COST else 1 for at in self.candidates}

    def floor(self, at: int) -> float:
        """The price of a project if nobody were poor: it is never below."""
        return self.instance.costs[at] / (self.totals[at] * self.worth[at]) * (1 - 8 * UNIT)

    def payable(self, at: int, endowment: Fraction) -> bool:
        """Whether the supporters of a project could pay for it while nobody has spent anything."""
        have = int(self.profile.votes[at]) * endowment.numerator
        return 0 < self.instance.costs[at] * endowment.denominator <= have

    def free(self) -> list[int]:
        """What costs nothing is taken before the first purchase, in the order of the tie rule."""
        room, taken = Room(self.instance), []
        for at in sorted((at for at in self.candidates if not self.instance.costs[at]), key=lambda at: self.ranks[at]):
            if room.open(at):
                room.take(at)
                taken.append(at)
        return taken

    def steps(self, endowment: Fraction) -> list[Step]:
        gifts = [Step(self.instance.projects[at].id, Way.RULE, Fraction(0)) for at in self.free()]
        return gifts + [
            Step(
                self.instance.projects[one.project].id,
                Way.RULE,
                Fraction(one.top, one.below),
                self.instance.names(one.tied),
                one.payment,
                one.least,
                one.payers,
                one.drained,
            )
            for one in self.run(endowment, detail=True)
        ]

    def run(self, endowment: Fraction, *, like: list[Round] | None = None, detail: bool = False) -> list[Round]:
        """The purchases with an endowment.

        With `like`, the purchases of a smaller endowment: raises Differs unless every endowment between the two surely buys the same in the
        same order. `detail` adds who paid what.
        """
        purses = Purses(self.profile, endowment.numerator, endowment.denominator, weighted=self.weighted)
        room = Room(self.instance, self.free())
        market = Market(self, purses, [at for at in self.candidates if self.payable(at, endowment) and room.open(at)])
        rounds: list[Round] = []
        while True:
            known = like[len(rounds)] if like and len(rounds) < len(like) else None
            found = market.cheapest(known)
            if like is not None and (found and found.project) != (known and known.project):
                raise Differs
            if found is None:
                return rounds
            at, price = found.project, market.prices[found.project]
            rounds.append(self.detailed(found, price, purses) if detail else found)
            purses.pay(at, self.supporters[at], price)
            room.take(at)
            market.close([at])
            if self.conditions:
                market.close([one for one in market.bound if not room.open(one)])

    def detailed(self, one: Round, price: Price, purses: Purses) -> Round:
        """With who pays what. Whose purse is a rounding error counts as having nothing."""
        supporters, copies = self.supporters[one.project], self.profile.copies
        has = purses.left > purses.slack
        pays, poor = has[supporters.group], price.poor[has[price.poor]]
        payment = Fraction(price.top, price.below * purses.scale)
        rich = pays & ~np.isin(supporters.group, poor)
        least = [payment * int(supporters.weight[rich].min())] if rich.any() else []
        if len(poor):
            least.append(Fraction(purses.purse(int(poor[np.argmin(purses.left[poor])])), purses.scale))
        return replace(
            one,
            payment=payment,
            least=min(least, default=None),
            payers=int(copies[supporters.group[pays]].sum()),
            drained=int(copies[poor].sum()),
        )


class Market:
    """The projects that can still be bought, each with a price for a unit of utility that the true one is not below."""

    def __init__(self, count: Count, purses: Purses, open_: list[int]) -> None:
        self.count = count
        self.purses = purses
        self.bound = {at: count.floor(at) for at in open_}
        # a heap; what it says of a project may be less than its bound by now, and then the bound stands there as well
        self.order = sorted((bound, at) for at, bound in self.bound.items())
        self.prices: dict[int, Price] = {}

    def close(self, projects: Iterable[int]) -> None:
        for at in projects:
            del self.bound[at]

    def cheapest(self, known: Round | None) -> Round | None:
        """The next purchase, or None. With `known`: raises Differs unless all others surely cost more than `known` did."""
        self.prices = {}
        exact: dict[int, tuple[int, int]] = {}
        ceiling = np.inf
        fresh: set[int] = set()
        while self.order and self.order[0][0] <= ceiling:
            bound, at = heappop(self.order)
            if self.bound.get(at) != bound or at in exact:
                continue
            if at not in fresh:
                fresh.add(at)
                self._look(at)
                continue
            price = self._price(at)
            if price is None:
                continue
            exact[at] = price
            ceiling = min(ceiling, price[0] / price[1] * (1 + 4 * UNIT))
        for at in exact:
            heappush(self.order, (self.bound[at], at))
        if not exact:
            return None
        best = min(exact.values(), key=lambda one: Fraction(*one))
        tied = [at for at, one in exact.items() if one[0] * best[1] == best[0] * one[1]]
        first = self.count.ties.first(self.count.instance, self.count.ranks, tied)
        found = Round(first, *best, tuple(sorted(at for at in tied if at != first)))
        if known is not None:
            self._sure(known, found, fresh)
        return found

    def _look(self, at: int) -> None:
        count = self.count
        worth = count.worth[at]
        seen = self.purses.look(count.supporters[at], count.instance.costs[at], self.bound[at] * worth * (1 - 8 * UNIT))
        if seen is None:
            del self.bound[at]
        else:
            self.bound[at] = max(self.bound[at], seen / worth * (1 - 8 * UNIT))
            heappush(self.order, (self.bound[at], at))

    def _price(self, at: int) -> tuple[int, int] | None:
        """The true price for a unit of utility, as two integers; None (and closed) if it cannot be paid."""
        count, purses = self.count, self.purses
        cost, supporters = count.instance.costs[at], count.supporters[at]
        if not purses.affordable(supporters, cost):
            del self.bound[at]
            return None
        self.prices[at] = price = purses.price(supporters, cost, self.bound[at] * count.worth[at])
        return price.top, price.below * purses.scale * count.worth[at]

    def _sure(self, known: Round, found: Round, fresh: set[int]) -> None:
        """All others cost more, looked at anew where need be, than a purchase did with less money; or they cost the same, then and now."""
        still = known.tied if known.top * found.below == found.top * known.below and known.tied == found.tied else ()
        for at in [at for at in self.bound if at != known.project and at not in still]:
            if self.bound[at] <= known.ceiling and at not in fresh:
                self._look(at)
            if self.bound.get(at, np.inf) <= known.ceiling:
                raise Differs


def raised(count: Count, endowment: Fraction) -> tuple[Fraction, int]:
    """The completion `add1u`: the last endowment, raised unit by unit, before the outcome overspends or nothing more would fit.

    Every step counts, but not every step is computed: where the purchases with a much larger endowment surely are those of all steps between
    (docs/methods/budgets.md has the proof), these are passed at once.
    """
    step = count.instance.unit
    now, runs, calm = count.run(endowment), 1, 0
    while not _complete(count, now):
        leap, runs = max(1, calm // 2), runs + 1
        try:
            after = count.run(endowment + leap * step, like=now if leap > 1 else None)
        except Differs:
            calm = 0
            continue
        if _cost(count, after) > count.instance.budget:
            break
        same = [one.project for one in after] == [one.project for one in now]
        endowment, now, calm = endowment + leap * step, after, calm + leap if same else 0
    return endowment, runs


def _cost(count: Count, rounds: list[Round]) -> int:
    return sum(count.instance.costs[one.project] for one in rounds)


def _complete(count: Count, rounds: list[Round]) -> bool:
    """Nothing more fits. (With all bought, no raise can add anything.)"""
    room = Room(count.instance, [*count.free(), *(one.project for one in rounds)])
    return not any(room.fits(at) for at in count.candidates)


def compared(instance: Instance, profile: Profile, outcome: Outcome, ties: TieRule) -> Outcome:
    """The comparison step: each voter prefers the outcome in which more is spent on what he supports."""
    rival = greedy(instance, profile, ties=ties)
    worth = np.zeros(len(instance.projects), np.int64)
    for sign, side in ((1, outcome), (-1, rival)):
        for one in side.selected:
            worth[instance.position[one]] += sign * instance.costs[instance.position[one]]
    # running sums may pass the largest integer and begin anew; what lies between two of them is right all the same
    sums = np.concatenate(([0], np.cumsum(worth[profile.choice])))
    gain = sums[profile.start[1:]] - sums[profile.start[:-1]]
    ours, theirs = int(profile.copies[gain > 0].sum()), int(profile.copies[gain < 0].sum())
    kept = rival if theirs > ours else outcome
    return replace(outcome, selected=kept.selected, cost=kept.cost, steps=kept.steps, preferred=(ours, theirs))
