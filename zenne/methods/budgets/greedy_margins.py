"""How many votes decide, for the greedy rules: exact, since a vote for one project moves that project alone."""

from math import inf

from .greedy import eligible, merit
from .instance import Instance, Room
from .profile import Profile
from .ties import TieRule


class Margins:
    """How much dearer or less supported a project could be, or had to be, for its fate under greedy to change."""

    def __init__(self, instance: Instance, profile: Profile, ties: TieRule, *, per_cost: bool) -> None:
        self.instance, self.profile, self.per_cost = instance, profile, per_cost
        self.ranks = ties.ranks(instance, profile)
        if ties.name == "max-votes":  # equal scores: with approvals, equal votes too
            self.ranks = [(0, at) for at in range(len(instance.projects))]
        merits = {at: merit(instance, profile, at, per_cost=per_cost) for at in eligible(instance, profile)}
        self.order = sorted((at for at in merits if profile.score[at] > 0), key=lambda at: self.ranks[at])
        self.order.sort(key=lambda at: merits[at], reverse=True)

    def before(self, at: int, winners: list[int]) -> list[int]:
        """The winners whose turn came before this project's."""
        turn = {one: place for place, one in enumerate(self.order)}
        return [one for one in winners if turn[one] < turn.get(at, inf)]

    def of(self, at: int, *, won: bool) -> int | None:
        """The fewest votes more that let a project win, or the fewest fewer that let it lose; None if no number does."""
        last = self.last_chance(at)
        score, floor = int(self.profile.score[at]), max(1, self.instance.minimum_support)
        if last is None:
            return None
        needed = floor if last < 0 else max(floor, self.to_precede(at, last))
        return score - needed + 1 if won else needed - score

    def last_chance(self, at: int) -> int | None:
        """The first project, in the order of turns, after which this one no longer fits; -1 if it always does, None if it never does."""
        room = Room(self.instance)
        if not room.fits(at):
            return None
        for other in self.order:
            if other != at and room.fits(other):
                room.take(other)
                if not room.fits(at):
                    return other
        return -1

    def to_precede(self, at: int, other: int) -> int:
        """The lowest score with which a project has its turn before another."""
        score, first = int(self.profile.score[other]), self.ranks[at] < self.ranks[other]
        if not self.per_cost:
            return score if first else score + 1
        mine, theirs = self.instance.costs[at], self.instance.costs[other]
        if mine == 0 or theirs == 0:
            return 1 if mine == 0 and theirs else score if first else score + 1
        return -(-score * mine // theirs) if first else score * mine // theirs + 1
