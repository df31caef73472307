"""Why each project won or lost, in plain data that a page can phrase; nothing here decides anything.

What is a figure of the count (shares, prices, money that was missing) is exact. A change of votes is exact for the greedy rules; for the
others it is a pair of bounds, each proven in docs/methods/budgets.md, or none where nothing is proven.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .equal_shares import Utility
from .greedy_margins import Margins
from .instance import Instance, Room
from .outcome import Outcome, Step
from .phragmen_margins import enough_to_be_early
from .profile import Profile
from .shares import Shares
from .ties import PUBLISHED_ORDER, TieRule

Recount = Callable[[Profile], Outcome]


class Reason(StrEnum):
    WON = "won"
    NO_SUPPORT = "no-support"
    TOO_LITTLE_SUPPORT = "too-little-support"  # below the minimum
    TOO_DEAR = "too-dear"  # costs more than the whole budget
    EXCLUDED = "excluded"  # a project that excludes it won
    CAPPED = "capped"  # its heading's cap is used up
    NO_ROOM = "no-room"  # the budget was used up by what came before
    UNPAID = "unpaid"  # equal shares: its supporters have too little left together
    LATER = "later"  # Phragmén: the count ended before its supporters had earned it


@dataclass(frozen=True)
class Change:
    """How many votes more (for a winner: fewer) change what happens to a project, all other votes as they are. In points where votes have points.

    No smaller number than `at_least` can. `at_most` can, if they are the right voters' votes; None: no number is known, or none is enough.
    """

    at_least: int
    at_most: int | None

    @property
    def exact(self) -> bool:
        return self.at_least == self.at_most


@dataclass(frozen=True)
class Explanation:
    """`step`: which of the outcome's steps took it, from 1. `lost_to`: the winners that stood in its way, the one that weighed most first.

    spent     equal-shares: what its supporters paid for each of `lost_to` (a figure to be shown: floats, exact to a billionth)
    missing   what it lacked: of its supporters' money (equal-shares), else of the room in the budget at its turn; smallest units
    """

    project: str
    reason: Reason
    votes: int
    score: int
    step: int | None = None
    detail: Step | None = None
    lost_to: tuple[str, ...] = ()
    spent: tuple[float, ...] = ()
    missing: Fraction | None = None
    change: Change | None = None

    @property
    def won(self) -> bool:
        return self.reason is Reason.WON


def explain(
    instance: Instance,
    profile: Profile,
    outcome: Outcome,
    *,
    utility: Utility = Utility.COST,
    ties: TieRule = PUBLISHED_ORDER,
    recount: Recount | None = None,
) -> tuple[Explanation, ...]:
    """One explanation for each project, in the published order. Arguments as in the count.

    `recount` counts other ballots by the same rule; with it, bounds that are not proven for a completed count are tried, and kept if they hold.
    """
    if outcome.rule == "equal-shares" and not _greedy_stands(outcome):
        return Told(instance, profile, outcome).equal_shares(Shares.of(instance, profile, outcome, utility), recount)
    if outcome.rule == "phragmen":
        return Told(instance, profile, outcome).phragmen(ties)
    per_cost = outcome.rule == "greedy-cost"
    return Told(instance, profile, outcome).greedy(Margins(instance, profile, ties, per_cost=per_cost))


def _greedy_stands(outcome: Outcome) -> bool:
    return outcome.preferred is not None and outcome.preferred[1] > outcome.preferred[0]


class Told:
    """Why each project of an outcome was or was not selected, under one rule."""

    def __init__(self, instance: Instance, profile: Profile, outcome: Outcome) -> None:
        self.instance, self.profile, self.outcome = instance, profile, outcome
        self.places = [instance.position[one] for one in outcome.selected]
        self.taken = {at: step for step, at in enumerate(self.places, 1)}

    # --- what holds for every rule --------------------------------------------------------------------------------------

    def common(self, at: int) -> Explanation | None:
        """Reasons that are no matter of the rule."""
        project, votes, score = self.instance.projects[at], int(self.profile.votes[at]), int(self.profile.score[at])
        if at in self.taken:
            step = self.outcome.steps[self.taken[at] - 1]
            return Explanation(project.id, Reason.WON, votes, score, self.taken[at], step)
        if not votes:
            return Explanation(project.id, Reason.NO_SUPPORT, votes, score)
        if score < self.instance.minimum_support:
            return Explanation(project.id, Reason.TOO_LITTLE_SUPPORT, votes, score)
        if project.cost > self.instance.budget:
            over = Fraction(project.cost - self.instance.budget)
            return Explanation(project.id, Reason.TOO_DEAR, votes, score, missing=over)
        rivals = self.instance.rivals.get(at, frozenset())
        if beaten := [one for one in self.places if one in rivals]:
            return Explanation(project.id, Reason.EXCLUDED, votes, score, lost_to=self.instance.names(beaten))
        if not Room(self.instance, self.places).open(at):
            same = [one for one in self.places if self.instance.projects[one].heading == project.heading]
            return Explanation(project.id, Reason.CAPPED, votes, score, lost_to=self.instance.names(same))
        return None

    def lost(self, at: int, reason: Reason, **more: object) -> Explanation:
        votes, score = int(self.profile.votes[at]), int(self.profile.score[at])
        return Explanation(self.instance.projects[at].id, reason, votes, score, **more)  # type: ignore[arg-type]

    def everyone(self) -> range:
        return range(len(self.instance.projects))

    # --- rule by rule ---------------------------------------------------------------------------------------------------

    def greedy(self, margins: Margins) -> tuple[Explanation, ...]:
        return tuple(self._greedy(at, margins) for at in self.everyone())

    def _greedy(self, at: int, margins: Margins) -> Explanation:
        # where greedy stands after the comparison step, other votes could make equal shares stand again: no number is exact
        number = None if self.outcome.preferred else margins.of(at, won=at in self.taken)
        change = None if number is None else Change(number, number)
        if known := self.common(at):
            return _with(known, change)
        before = margins.before(at, self.places)
        left = self.instance.budget - sum(self.instance.costs[one] for one in before)
        short = Fraction(self.instance.costs[at] - left)
        return self.lost(at, Reason.NO_ROOM, lost_to=self.instance.names(before), missing=short, change=change)

    def equal_shares(self, shares: Shares, recount: Recount | None) -> tuple[Explanation, ...]:
        return tuple(self._shares(at, shares, recount) for at in self.everyone())

    def _shares(self, at: int, shares: Shares, recount: Recount | None) -> Explanation:
        known, votes = self.common(at), int(self.profile.votes[at])
        proven = self.outcome.completion != "add1u" and self.outcome.preferred is None
        alone = proven and self.outcome.completion == "none"
        fewest = shares.fewest_payers(at) if alone else 0
        if known and known.won:
            return _with(known, Change(1, votes - fewest + 1 if fewest else None))
        least = max(1, fewest - votes, self._below_minimum(at))
        if known:
            return _with(known, None if known.reason is Reason.TOO_DEAR else Change(least, None))
        missing = shares.missing(at)
        enough = shares.votes_to_pay(at) if missing > 0 else None
        if enough is not None and not proven:
            enough = self._tried(at, enough, shares.richest(at), recount) if recount else None
        spent = shares.spent_by_supporters(at)
        return self.lost(
            at,
            Reason.UNPAID if missing > 0 else Reason.NO_ROOM,
            lost_to=self.instance.names(one for one, _money in spent),
            spent=tuple(money for _one, money in spent),
            missing=missing if missing > 0 else None,
            change=Change(least, enough),
        )

    def phragmen(self, ties: TieRule) -> tuple[Explanation, ...]:
        early = enough_to_be_early(
            self.instance, self.profile, ties, [at for at in self.everyone() if not self.common(at)]
        )
        return tuple(self._phragmen(at, early) for at in self.everyone())

    def _phragmen(self, at: int, early: Mapping[int, int]) -> Explanation:
        if known := self.common(at):
            return _with(
                known, None if known.reason is Reason.TOO_DEAR else Change(max(1, self._below_minimum(at)), None)
            )
        left = self.instance.budget - self.outcome.cost
        short = Fraction(self.instance.costs[at] - left)
        reason = Reason.NO_ROOM if short > 0 else Reason.LATER
        names = self.instance.names(self.places)
        return self.lost(at, reason, lost_to=names, missing=max(short, Fraction(0)), change=Change(1, early.get(at)))

    def _below_minimum(self, at: int) -> int:
        return self.instance.minimum_support - int(self.profile.score[at])

    def _tried(self, at: int, votes: int, voters: Mapping[int, int], recount: Recount) -> int | None:
        again = recount(self.profile.with_votes(at, voters))
        return votes if self.instance.projects[at].id in again.selected else None


def _with(known: Explanation, change: Change | None) -> Explanation:
    return Explanation(
        known.project, known.reason, known.votes, known.score, known.step, known.detail, known.lost_to, (), known.missing, change
    )  # fmt: skip


# --- how much hangs on any one part of the voters ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shift:
    """What the outcome would be without one block of ballots: the projects that would have won besides, and those that would not have won."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def moves(self) -> bool:
        return bool(self.gained or self.lost)


def without_each(blocks: Mapping[str, Profile], recount: Recount) -> dict[str, Shift]:
    """The outcome without any one block (a district, a channel, the ballots of the last hour), compared with the outcome of all."""
    whole = recount(Profile.joined(blocks.values())).selected
    found = {}
    for name in blocks:
        others = [profile for other, profile in blocks.items() if other != name]
        rest = recount(Profile.joined(others)).selected if others else ()
        found[name] = Shift(
            tuple(one for one in rest if one not in whole), tuple(one for one in whole if one not in rest)
        )
    return found
