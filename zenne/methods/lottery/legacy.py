"""LEGACY: the older greedy algorithm of the Sortition Foundation, for comparison. It fills quotas, and leaves odds to chance.

As described in the supplement to Flanigan et al., Nature 596 (2021): again and again the value is taken whose quota is most pressing, that is with the
highest ratio of seats still missing from its minimum to people left who have it (equal: the first in order of category and value), and one of these people is
drawn. Who then would break a maximum or the address limit leaves the pool. When no minimum misses anyone, the rest is drawn from all who are left. When a quota can no
longer be filled, everything begins again; those of `include` sit from the beginning.

Chance: SHA-256 of "SEED/legacy/N" for N = 0, 1, 2, ... read as a number; it picks one of n people, in order of their ids, by its remainder by n, and is passed over
if it lies above the largest multiple of n (which never happens).
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable

from .errors import LotteryError
from .fair import Fair, Watch
from .instance import Entry, Instance
from .panels import check_seats, feasible

RESTARTS = 10_000


class Stream:
    """Chance that anybody can repeat."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.used = 0

    def below(self, number: int) -> int:
        while True:
            digest = hashlib.sha256(f"{self.seed}/legacy/{self.used}".encode()).digest()
            self.used += 1
            drawn = int.from_bytes(digest, "big")
            if drawn < 2**256 // number * number:
                return drawn % number


def legacy(instance: Instance, seed: str, restarts: int = RESTARTS) -> tuple[tuple[str, ...], int]:
    """One panel, and how often the algorithm began again. LotteryError infeasible, pool-too-small, or restarts-exhausted."""
    feasible(instance)
    return _drawn(instance, Stream(seed), restarts)


def legacy_odds(
    instance: Instance,
    seed: str,
    draws: int = 10_000,
    *,
    progress: Callable[[str, float, float | None], None] | None = None,
    stop: Callable[[], bool] | None = None,
    deadline: Callable[[], float] | None = None,
) -> Fair:
    """So many draws taken as a lottery: frequencies, not probabilities. The bound 1.0 says that nothing is known of the best."""
    watch = Watch(progress, stop, deadline)
    feasible(instance)
    stream = Stream(seed)
    found: Counter[tuple[str, ...]] = Counter()
    for done in range(draws):
        if watch.over():
            break
        watch.tell("draws", done / draws)
        found[_drawn(instance, stream, RESTARTS)[0]] += 1
    if not found:
        raise LotteryError("stopped")
    held = Counter({entry.id: 0 for entry in instance.pool})
    for panel, number in found.items():
        held.update(dict.fromkeys(panel, number))
    total = found.total()
    panels = tuple(sorted(found))
    return Fair(
        algorithm="legacy",
        probabilities={one: number / total for one, number in held.items()},
        panels=panels,
        weights=tuple(found[panel] / total for panel in panels),
        minimum=min(held[entry.id] for entry in instance.eligible) / total,
        bound=1.0,
        certified=False,
        stages=total,
        gap=1.0,
    )


def _drawn(instance: Instance, stream: Stream, restarts: int) -> tuple[tuple[str, ...], int]:
    for again in range(restarts + 1):
        panel = _Attempt(instance).fill(stream)
        if panel is not None:
            return panel, again
    check_seats(instance)
    raise LotteryError("restarts-exhausted", restarts=restarts)


class _Attempt:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.left = {entry.id: entry for entry in instance.eligible}
        self.having: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.at_home: dict[str, set[str]] = defaultdict(set)
        for entry in instance.eligible:
            for category in instance.categories:
                self.having[category, entry.features[category]].add(entry.id)
            if instance.per_address is not None and entry.address:
                self.at_home[entry.address].add(entry.id)
        self.missing = {(quota.category, quota.value): quota.minimum for quota in instance.quotas}
        self.room = {(quota.category, quota.value): quota.maximum for quota in instance.quotas}
        self.beds = dict.fromkeys(self.at_home, instance.per_address or 0)
        self.panel: list[str] = []

    def fill(self, stream: Stream) -> tuple[str, ...] | None:
        """The panel, or None where it got stuck."""
        for cell in [cell for cell, room in self.room.items() if room == 0]:
            self._close(self.having[cell])
        for one in sorted(self.instance.include):
            if one not in self.left:
                return None
            self._take(self.left[one])
        while len(self.panel) < self.instance.size:
            pressing = [(missing, cell) for cell, missing in self.missing.items() if missing > 0]
            if any(missing > len(self.having[cell]) for missing, cell in pressing):
                return None
            among = set(self.left)
            if pressing:
                _ratio, cell = min((-missing / len(self.having[cell]), cell) for missing, cell in pressing)
                among = self.having[cell]
            if not among:
                return None
            names = sorted(among)
            self._take(self.left[names[stream.below(len(names))]])
        met = all(missing <= 0 for missing in self.missing.values())
        return tuple(sorted(self.panel)) if met else None

    def _take(self, entry: Entry) -> None:
        self.panel.append(entry.id)
        self._close({entry.id})
        for category in self.instance.categories:
            cell = (category, entry.features[category])
            self.missing[cell] -= 1
            self.room[cell] -= 1
            if self.room[cell] == 0:
                self._close(self.having[cell])
        if entry.address in self.beds:
            self.beds[entry.address] -= 1
            if self.beds[entry.address] == 0:
                self._close(self.at_home[entry.address])

    def _close(self, people: set[str]) -> None:
        """They can no longer be drawn."""
        for one in list(people):
            entry = self.left.pop(one, None)
            if entry is not None:
                for category in self.instance.categories:
                    self.having[category, entry.features[category]].discard(one)
                self.at_home[entry.address].discard(one)
