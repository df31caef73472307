"""What every group of voters still has to spend: floats to look quickly, integers to decide. docs/methods/budgets.md has the proof.

Money here is a number of `1 / scale` smallest units, kept as Python integers, so nothing is ever rounded. The purse of a group that gave
its all is 0; any other is the endowment minus what it paid for each project it supports, and that is computed from those few payments
when it is needed. The array `left` holds the same purses as floats, off by at most `slack`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .profile import Ints, Profile

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: the rounding unit of a double: every operation is off by at most this share of its result
UNIT = 2.0**-53


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit of weight costs the supporters of a project, as the fraction `top / (scale * below)` of smallest units.

    `poor`: the supporting groups that give all they have, which is less than they would owe.
    """

    top: int
    below: int
    poor: Ints


class Purses:
    """What every voter has left, in smallest units of money: floats to look with, whole numbers to be sure."""

    def __init__(self, profile: Profile, top: int, scale: int, *, weighted: bool) -> None:
        """Every voter gets `top / scale` smallest units. `weighted`: who gives more points pays more; else all supporters are alike."""
        self.profile = profile
        self.weighted = weighted
        self.full = top
        self.scale = scale
        self.bought: list[int] = []
        self.paid: list[int] = []
        self.left: Floats = np.full(len(profile.copies), top / scale)
        self.spent: Flags = np.zeros(len(profile.copies), bool)

    @property
    def slack(self) -> float:
        """How far an entry of `left` is from the truth at most, in smallest units."""
        return 4 * (len(self.bought) + 1) * UNIT * (self.full / self.scale)

    # --- looking: floats ------------------------------------------------------------------------------------------------

    def look(self, supporters: "Supporters", cost: int, guess: float) -> float | None:
        """A price below or at the true one, or None if it is sure that the supporters cannot pay. `guess`: any earlier answer, or 0."""
        purse = self.left[supporters.group]
        have = purse * supporters.copies
        room = supporters.voters * self.slack + (len(purse) + 4) * UNIT * float(cost)
        if float(have.sum()) * (1 + (len(purse) + 4) * UNIT) + room < cost:
            return None
        price, poor = max(guess, cost / supporters.total * (1 - 8 * UNIT)), -1
        while True:
            low = purse < price * supporters.weight
            count = int(np.count_nonzero(low))
            if count == poor:
                return price
            poor = count
            given = float(have[low].sum())
            stake = supporters.total - float(supporters.stake[low].sum())
            if stake < 0.5:
                return price
            price = max(price, (cost - given * (1 + (len(purse) + 4) * UNIT) - room) / stake * (1 - 8 * UNIT))

    # --- deciding: integers ---------------------------------------------------------------------------------------------

    def affordable(self, supporters: "Supporters", cost: int) -> bool:
        """Can the supporters pay together?"""
        count = len(supporters.group)
        have = float((self.left[supporters.group] * supporters.copies).sum())
        if have * (1 - (count + 4) * UNIT) - supporters.voters * self.slack > cost * (1 + UNIT):
            return True
        alive = supporters.group[~self.spent[supporters.group]]
        return self.together(alive) >= cost * self.scale

    def price(self, supporters: "Supporters", cost: int, guess: float) -> Price:
        """The true price of what the supporters can pay together; `guess` is where to begin."""
        alive = ~self.spent[supporters.group]
        group, weight, stake = supporters.group[alive], supporters.weight[alive], supporters.stake[alive]
        total = int(stake.sum())
        poor = self.left[group] < guess * weight
        while True:
            below = total - int(stake[poor].sum())
            if below == 0:
                poor = np.zeros(len(group), bool)
                continue
            top = cost * self.scale - self.together(group[poor])
            again = self._poor(group, weight, top, below)
            if np.array_equal(again, poor):
                return Price(top, below, group[poor])
            poor = again

    def _poor(self, group: Ints, weight: Floats, top: int, below: int) -> Flags:
        """Who has less than the price for his weight: by floats where they are sure, exactly where they are not."""
        owed = weight * (top / (below * self.scale))
        gap = self.left[group] - owed
        poor: Flags = gap < 0
        unsure = np.abs(gap) <= self.slack + 4 * UNIT * np.abs(owed)
        for at in np.nonzero(unsure)[0].tolist():
            poor[at] = self.purse(int(group[at])) * below < top * int(weight[at])
        return poor

    def together(self, groups: Ints) -> int:
        """What these groups, none of them spent, have together: number of 1/scale units."""
        if not len(groups):
            return 0
        copies = self.profile.copies[groups]
        sum_of = int(copies.sum()) * self.full
        if not self.bought:
            return sum_of
        entries = self.profile.entries(groups)
        lengths = self.profile.start[groups + 1] - self.profile.start[groups]
        stake = np.repeat(copies, lengths).astype(float)
        if self.weighted:
            stake *= self.profile.weight[entries]
        stakes = np.bincount(self.profile.choice[entries], weights=stake, minlength=len(self.profile.score))
        return sum_of - sum(paid * int(stakes[at]) for at, paid in zip(self.bought, self.paid, strict=True))

    def purse(self, group: int) -> int:
        """What one voter of a group has, exactly: number of 1/scale units."""
        if self.spent[group]:
            return 0
        here = slice(int(self.profile.start[group]), int(self.profile.start[group + 1]))
        weights = self.profile.weight[here].tolist() if self.weighted else [1] * (here.stop - here.start)
        owns: dict[int, int] = dict(zip(self.profile.choice[here].tolist(), weights, strict=True))
        return self.full - sum(paid * owns[at] for at, paid in zip(self.bought, self.paid, strict=True) if at in owns)

    # --- paying ---------------------------------------------------------------------------------------------------------

    def pay(self, project: int, supporters: "Supporters", price: Price) -> None:
        """All supporters pay for a project: the poor all they have, the others the price for their weight."""
        value = price.top / (price.below * self.scale)
        group = supporters.group[~self.spent[supporters.group]]
        weight = supporters.weight[~self.spent[supporters.group]]
        self.left[group] = np.maximum(0.0, self.left[group] - value * weight)
        self.left[price.poor] = 0.0
        self.spent[price.poor] = True
        self.scale *= price.below
        self.full *= price.below
        self.paid = [paid * price.below for paid in self.paid]
        self.bought.append(project)
        self.paid.append(price.top)


class Backing(dict[int, "Supporters"]):
    """The supporters of each project, found when they are first asked for: most projects of a large election can never be paid."""

    def __init__(self, profile: Profile, *, weighted: bool) -> None:
        super().__init__()
        self.profile, self.weighted = profile, weighted

    def __missing__(self, project: int) -> "Supporters":
        self[project] = found = Supporters.of(self.profile, project, weighted=self.weighted)
        return found


@dataclass(frozen=True, slots=True)
class Supporters:
    """Who supports one project: groups, how many voters each has, the weight of each voter, and both multiplied."""

    group: Ints
    copies: Floats
    weight: Floats
    stake: Floats
    voters: float
    total: float

    @classmethod
    def of(cls, profile: Profile, project: int, *, weighted: bool) -> "Supporters":
        group, points = profile.supporters(project)
        copies = profile.copies[group].astype(float)
        weight = points.astype(float) if weighted else np.ones(len(group))
        stake = copies * weight
        return cls(group, copies, weight, stake, float(copies.sum()), float(stake.sum()))
