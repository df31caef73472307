"""Who paid for what under equal shares: the count again, step by step, with books kept."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Self

import numpy as np

from .equal_shares import Count, Utility
from .instance import Instance
from .outcome import Outcome, Way
from .profile import Ints, Profile
from .purses import Floats, Purses
from .ties import PUBLISHED_ORDER


@dataclass(frozen=True)
class Shares:
    """`spent[step][project]`: what supporters of the project paid at that step. `purses`: what is left at the end."""

    instance: Instance
    profile: Profile
    count: Count
    endowment: Fraction
    purses: Purses
    bought: tuple[int, ...]
    spent: tuple[Floats, ...]

    @classmethod
    def of(cls, instance: Instance, profile: Profile, outcome: Outcome, utility: Utility) -> Self:
        count = Count(instance, profile, utility, PUBLISHED_ORDER)
        endowment = outcome.endowment or Fraction(0)
        purses = Purses(profile, endowment.numerator, endowment.denominator, weighted=count.weighted)
        bought, spent = [], []
        for step in outcome.steps:
            at = instance.position[step.project]
            if step.way is not Way.RULE or not instance.costs[at]:
                continue
            supporters = count.supporters[at]
            before = purses.left[supporters.group]
            purses.pay(at, supporters, purses.price(supporters, instance.costs[at], 0.0))
            paid = (before - purses.left[supporters.group]) * supporters.copies
            bought.append(at)
            spent.append(cls._among(profile, supporters.group, paid))
        return cls(instance, profile, count, endowment, purses, tuple(bought), tuple(spent))

    @staticmethod
    def _among(profile: Profile, groups: Ints, paid: Floats) -> Floats:
        """Payments of groups, summed for every project that each of them supports."""
        lengths = profile.start[groups + 1] - profile.start[groups]
        projects = profile.choice[profile.entries(groups)]
        return np.bincount(projects, weights=np.repeat(paid, lengths), minlength=len(profile.score)).astype(float)

    def fewest_payers(self, at: int) -> int:
        """Fewer voters than these cannot pay for a project, even with all they have."""
        return ceil(self.instance.costs[at] / self.endowment) if self.endowment else 0

    def missing(self, at: int) -> Fraction:
        """What the supporters of a project lack at the end to pay for it together; at or below 0 if they could."""
        return self.instance.costs[at] - self._have(at)

    def _have(self, at: int) -> Fraction:
        group, _weight = self.profile.supporters(at)
        return Fraction(self.purses.together(group[~self.purses.spent[group]]), self.purses.scale)

    def spent_by_supporters(self, at: int) -> list[tuple[int, float]]:
        """The projects that the supporters of another one paid for, and how much, the largest amount first."""
        found = [(one, float(spent[at])) for one, spent in zip(self.bought, self.spent, strict=True)]
        return sorted((one for one in found if one[1] > self.purses.slack), key=lambda one: -one[1])

    def votes_to_pay(self, at: int) -> int | None:
        """The fewest votes of people who did not support a project that would have let it be paid: of those with the most money left."""
        found = self._richest_first(at)
        return sum(found.values()) if found is not None else None

    def richest(self, at: int) -> dict[int, int]:
        """Who they are: how many voters of which groups."""
        return self._richest_first(at) or {}

    def _richest_first(self, at: int) -> dict[int, int] | None:
        lacking, purses = self.missing(at), self.purses
        outside = np.ones(len(self.profile.copies), bool)
        outside[self.profile.supporters(at)[0]] = False
        groups = np.nonzero(outside & (purses.left > purses.slack))[0]
        found: dict[int, int] = {}
        for group in groups[np.argsort(-purses.left[groups], kind="stable")].tolist():
            each = Fraction(purses.purse(group), purses.scale)
            if each <= 0:
                continue
            found[group] = min(int(self.profile.copies[group]), ceil(lacking / each))
            lacking -= found[group] * each
            if lacking <= 0:
                return found
        return None
