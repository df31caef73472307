"""Quotas that no panel can meet: the smallest changes after which one can.

Smallest means: the least seats by which minima fall and maxima rise, all together; among these the fewest quotas touched. Both are found
by mixed-integer programs, so there is no smaller answer. Size, address limit, must-include and must-exclude are never touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import highspy
import numpy as np
import numpy.typing as npt

from .errors import LotteryError
from .instance import Instance
from .panels import check_seats, quiet
from .types import grouped


@dataclass(frozen=True, order=True)
class Relaxation:
    """One quota, as it was and as it would be."""

    category: str
    value: str
    old_minimum: int
    old_maximum: int
    minimum: int
    maximum: int

    @property
    def change(self) -> int:
        """In seats."""
        return self.old_minimum - self.minimum + self.maximum - self.old_maximum


def relaxations(instance: Instance, alternatives: int = 1) -> tuple[tuple[Relaxation, ...], ...]:
    """Up to so many smallest sets of changes, all equally small, each touching other quotas. One empty set if the quotas can be met as they are.

    LotteryError (pool-too-small, ...) where no change of quotas helps.
    """
    check_seats(instance)
    search = _Search(instance)
    found: list[tuple[Relaxation, ...]] = []
    while len(found) < alternatives:
        changes = search.next()
        if changes is None:
            break
        found.append(changes)
        if not changes:
            break
    return tuple(found)


def relaxed(instance: Instance, changes: Sequence[Relaxation]) -> Instance:
    """The instance with these quotas changed. LotteryError stale-relaxation if a quota is no longer what it was."""
    quotas = {(quota.category, quota.value): quota for quota in instance.quotas}
    for one in changes:
        old = quotas.get((one.category, one.value))
        if old is None or (old.minimum, old.maximum) != (one.old_minimum, one.old_maximum):
            raise LotteryError("stale-relaxation", category=one.category, value=one.value)
        quotas[one.category, one.value] = replace(old, minimum=one.minimum, maximum=one.maximum)
    return replace(instance, quotas=tuple(quotas.values()))


class _Search:
    """Columns: the number of each type; then for each quota how much its minimum falls, how much its maximum rises, and whether it is touched."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        types = grouped(instance)
        quotas = instance.quotas
        at, self.touched = len(types), len(types) + 2 * len(quotas)
        self.changes = np.arange(at, self.touched, dtype=np.int32)
        flags = np.arange(self.touched, self.touched + len(quotas), dtype=np.int32)
        self.flags = flags
        self.width = self.touched + len(quotas)
        self.model = model = quiet(mip_rel_gap=0.0, mip_abs_gap=0.5)
        high = [float(bound) for quota in quotas for bound in (quota.minimum, max(0, instance.size - quota.maximum))]
        model.addVars(
            self.width,
            np.concatenate([types.low, np.zeros(3 * len(quotas))]),
            np.concatenate([types.count, high, np.ones(len(quotas))]),
        )
        every = np.arange(self.width, dtype=np.int32)
        model.changeColsIntegrality(self.width, every, np.full(self.width, highspy.HighsVarType.kInteger))
        for number, row in enumerate(types.rows):
            ones = np.ones(len(row.types))
            if number >= types.quotas:
                model.addRow(row.low, row.high, len(ones), row.types, ones)
                continue
            fall, rise = at + 2 * number, at + 2 * number + 1
            for least, most, extra, sign in (
                (row.low, highspy.kHighsInf, fall, 1.0),
                (-highspy.kHighsInf, row.high, rise, -1.0),
            ):
                model.addRow(
                    least,
                    most,
                    len(ones) + 1,
                    np.append(row.types, np.int32(extra)).astype(np.int32),
                    np.append(ones, sign),
                )
            model.addRow(
                -highspy.kHighsInf,
                0.0,
                3,
                np.array([fall, rise, flags[number]], dtype=np.int32),
                np.array([1.0, 1.0, -float(instance.size + quotas[number].minimum)]),
            )
        self.total: int | None = None
        self.fewest: int | None = None

    def next(self) -> tuple[Relaxation, ...] | None:
        """The next smallest set; None when there is no other as small."""
        if self.total is None:
            self.total = self._least(self.changes)
            self._hold(self.changes, self.total)
            self.fewest = self._least(self.flags)
            self._hold(self.flags, self.fewest)
        elif self._least(self.flags) is None:
            return None
        values = np.rint(np.array(self.model.getSolution().col_value)).astype(int)
        found = []
        for number, quota in enumerate(self.instance.quotas):
            fall, rise = (int(one) for one in values[self.changes[2 * number : 2 * number + 2]])
            if fall or rise:
                found.append(
                    Relaxation(
                        quota.category,
                        quota.value,
                        quota.minimum,
                        quota.maximum,
                        quota.minimum - fall,
                        quota.maximum + rise,
                    )
                )
        used = self.flags[values[self.flags] > 0].astype(np.int32)
        self.model.addRow(-highspy.kHighsInf, len(used) - 1.0, len(used), used, np.ones(len(used)))
        return tuple(found)

    def _least(self, columns: npt.NDArray[np.int32]) -> int | None:
        cost = np.zeros(self.width)
        cost[columns] = 1.0
        self.model.changeColsCost(self.width, np.arange(self.width, dtype=np.int32), cost)
        self.model.run()
        if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return round(self.model.getInfo().objective_function_value)

    def _hold(self, columns: npt.NDArray[np.int32], most: int | None) -> None:
        if most is None:
            raise ArithmeticError("HiGHS found no relaxation where one must exist")
        self.model.addRow(-highspy.kHighsInf, float(most), len(columns), columns, np.ones(len(columns)))
