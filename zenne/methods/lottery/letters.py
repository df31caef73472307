"""How many letters go to whom: the sampling design of the first stage, in exact fractions. No names, no files; see `register` for those.

Everybody in the register belongs to one *stratum*, in which all have the same chance. Without weights there is one. With weights by group each group
is one, and chances are in proportion to the weights (a weight is 1 / expected response, so that the pool, not the mailing, is like the population);
nobody's chance exceeds 1: what would be more is shared out among the others, in proportion again. With one letter per address, *addresses* are drawn
in proportion to the sum of their members' weights, and one member of each in proportion to the own weight: so somebody who lives with five others has
the chance of somebody who lives alone. Addresses of the same composition are a stratum.

The design is stratified simple random sampling without replacement (Cochran, Sampling Techniques, 1977, chapter 5). Shares of a stratum are no whole
numbers; they are rounded by Madow's systematic sampling (On the theory of systematic sampling II, Annals of Mathematical Statistics 20, 1949): the strata
are laid end to end on a line, a start from 0 to 1 is drawn, and a stratum gets a letter for each whole step that falls into it. So each gets its share
rounded up or down, the sum is exact, and the expected number is exactly the share. Hence everybody's inclusion probability is exactly `chance`.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .errors import LotteryError


@dataclass(frozen=True)
class Stratum:
    """Units with the same chance. `units`: how many; `weight`: of each; `chance`: of each to be drawn; `letters`: how many of them are."""

    key: tuple[str, ...]
    units: int
    weight: Fraction
    chance: Fraction
    letters: int

    @property
    def share(self) -> Fraction:
        """The expected number of letters."""
        return self.units * self.chance


def plan(sizes: Mapping[tuple[str, ...], tuple[int, Fraction]], letters: int, seed: str) -> tuple[Stratum, ...]:
    """`sizes`: for each stratum its number of units and the weight of one -> strata in order of their keys.

    Raises LotteryError: bad-letters(letters), register-too-small(letters, units).
    """
    if letters < 1:
        raise LotteryError("bad-letters", letters=letters)
    units = sum(number for number, _ in sizes.values())
    if letters > units:
        raise LotteryError("register-too-small", letters=letters, units=units)
    scale = _scale(sizes.values(), letters)
    chances = {key: min(Fraction(1), scale * weight) for key, (_, weight) in sizes.items()}
    shares = {key: number * chances[key] for key, (number, _) in sizes.items()}
    counts = rounded(shares, seed)
    return tuple(Stratum(key, *sizes[key], chances[key], counts[key]) for key in sorted(sizes))


def _scale(sizes: Iterable[tuple[int, Fraction]], letters: int) -> Fraction:
    """The factor between weight and chance, such that the chances add up to `letters` though none exceeds 1."""
    ordered = sorted(sizes, key=lambda one: -one[1])  # the heaviest reach 1 first
    total = sum((number * weight for number, weight in ordered), Fraction(0))
    left = letters
    for number, weight in ordered:
        if weight * left <= total:
            return left / total
        left -= number
        total -= number * weight
    return Fraction(1) / ordered[-1][1]  # a letter for everybody


def rounded(shares: Mapping[tuple[str, ...], Fraction], seed: str) -> dict[tuple[str, ...], int]:
    """Shares that add up to a whole number -> whole numbers, each its share rounded up or down, with the share as their mean: Madow 1949.

    The start is SHA-256 of "SEED/start" as a fraction of 2**256; strata lie in order of their keys.
    """
    start = Fraction(int(hashlib.sha256(f"{seed}/start".encode()).hexdigest(), 16), 2**256)
    counts, end, before = {}, Fraction(0), 0
    for key in sorted(shares):
        end += shares[key]
        steps = -((start - end) // 1)  # whole steps from the start that lie before the end
        counts[key] = int(steps) - before
        before = int(steps)
    return counts
