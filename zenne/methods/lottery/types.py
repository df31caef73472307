"""People who are the same to the quotas, counted together: a panel is then a whole number per type, not a choice among thousands of names.

Two people are of one type if they have the same values in all categories and nothing else tells them apart: those who must be on the panel,
and, under a limit per address, those who share an address with more people than the limit, are types of their own home. Within a type everyone
is given the same probability (spreading.py), so nothing is lost: the average of a fair lottery over all exchanges of equals is as fair.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .instance import Instance

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """`low` <= how many of these types are on the panel <= `high`."""

    types: npt.NDArray[np.int32]
    low: int
    high: int


@dataclass(frozen=True)
class Types:
    """Types in order of their values (never of ids, so that other names change nothing), and what binds a panel, given by its number of each type."""

    members: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]
    low: Numbers
    high: Numbers
    quotas: int
    size: int

    @cached_property
    def count(self) -> Numbers:
        """How many people are of each type; `high` is the same, but 0 for types that turned out to be on no panel."""
        return np.array([len(one) for one in self.members], dtype=np.float64)

    def without(self, dead: Sequence[int]) -> "Types":
        """The same with types that no panel can hold marked as such."""
        high = self.high.copy()
        high[list(dead)] = 0.0
        return replace(self, high=high)

    def __len__(self) -> int:
        return len(self.members)


def grouped(instance: Instance) -> Types:
    """The types of those who may be drawn. Rows: one for each quota (in the order of the instance), the size, then one for each shared address."""
    homes: Counter[str] = Counter()
    if instance.per_address is not None:
        homes.update(entry.address for entry in instance.eligible if entry.address)
    limit = instance.per_address or 0
    crowded = {home for home, people in homes.items() if people > limit}
    found: dict[tuple[tuple[str, ...], str, bool], list[str]] = {}
    for entry in instance.eligible:
        home = entry.address if entry.address in crowded else ""
        found.setdefault((instance.profile(entry), home, entry.id in instance.include), []).append(entry.id)
    keys = sorted(found)
    place = {category: at for at, category in enumerate(instance.categories)}
    rows = [
        Row(_where(key[0][place[quota.category]] == quota.value for key in keys), quota.minimum, quota.maximum)
        for quota in instance.quotas
    ]
    rows.append(Row(np.arange(len(keys), dtype=np.int32), instance.size, instance.size))
    rows += [Row(_where(key[1] == home for key in keys), 0, limit) for home in sorted(crowded)]
    return Types(
        members=tuple(tuple(sorted(found[key])) for key in keys),
        rows=tuple(rows),
        low=np.array([len(found[key]) if key[2] else 0 for key in keys], dtype=np.float64),
        high=np.array([len(found[key]) for key in keys], dtype=np.float64),
        quotas=len(instance.quotas),
        size=instance.size,
    )


def _where(held: Iterable[bool]) -> npt.NDArray[np.int32]:
    return np.flatnonzero(np.fromiter(held, dtype=bool)).astype(np.int32)
