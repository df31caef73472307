"""What a lottery draws from: a pool of people with their features, quotas on those features, and the size of the panel."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .errors import LotteryError


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the pool. `features`: for each category its value. `address`: any word that those who live together share; empty if unknown."""

    id: str
    features: Mapping[str, str]
    address: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Quota:
    """At least `minimum` and at most `maximum` people of the panel have this value of this category."""

    category: str
    value: str
    minimum: int
    maximum: int


@dataclass(frozen=True)
class Instance:
    """A pool, quotas and a size; the order of the pool and of the quotas means nothing (both are kept sorted).

    size          how many are drawn, those of `include` among them
    per_address   at most so many of one address (None: as many as chance gives); entries without an address are nobody's neighbours
    include       must be on every panel
    exclude       on no panel, though in the pool

    Every entry needs a value in each category that has quotas, and each such value a quota. Other features are ignored. That quotas are
    contradictory is no fault here: `panels.feasible` and `relaxations` say so.
    """

    pool: tuple[Entry, ...]
    quotas: tuple[Quota, ...]
    size: int
    per_address: int | None = None
    include: frozenset[str] = field(default_factory=frozenset)
    exclude: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pool", tuple(sorted(self.pool, key=lambda one: one.id)))
        object.__setattr__(self, "quotas", tuple(sorted(self.quotas)))
        self._check_quotas()
        self._check_pool()
        if self.size < 1:
            raise LotteryError("bad-size", size=self.size)
        if self.per_address is not None and self.per_address < 1:
            raise LotteryError("bad-limit", limit=self.per_address)
        for where, ids in (("include", self.include), ("exclude", self.exclude)):
            for unknown in sorted(ids - self.by_id.keys()):
                raise LotteryError("unknown-id", id=unknown, where=where)
        for both in sorted(self.include & self.exclude):
            raise LotteryError("included-and-excluded", id=both)

    def _check_quotas(self) -> None:
        seen: set[tuple[str, str]] = set()
        for quota in self.quotas:
            if (quota.category, quota.value) in seen:
                raise LotteryError("duplicate-quota", category=quota.category, value=quota.value)
            seen.add((quota.category, quota.value))
            if not 0 <= quota.minimum <= quota.maximum:
                raise LotteryError(
                    "bad-quota",
                    category=quota.category,
                    value=quota.value,
                    minimum=quota.minimum,
                    maximum=quota.maximum,
                )

    def _check_pool(self) -> None:
        if not self.pool:
            raise LotteryError("empty-pool")
        for one, other in zip(self.pool, self.pool[1:], strict=False):
            if one.id == other.id:
                raise LotteryError("duplicate-id", id=one.id)
        values = {
            category: {quota.value for quota in self.quotas if quota.category == category}
            for category in self.categories
        }
        for entry in self.pool:
            for category, known in values.items():
                value = entry.features.get(category)
                if value is None:
                    raise LotteryError("no-category", id=entry.id, category=category)
                if value not in known:
                    raise LotteryError("unknown-value", id=entry.id, category=category, value=value)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Those that have quotas, in alphabetical order."""
        return tuple(sorted({quota.category for quota in self.quotas}))

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.pool}

    @cached_property
    def eligible(self) -> tuple[Entry, ...]:
        """Who may be drawn."""
        return tuple(entry for entry in self.pool if entry.id not in self.exclude)

    def profile(self, entry: Entry) -> tuple[str, ...]:
        """The values that count, in the order of `categories`."""
        return tuple(entry.features[category] for category in self.categories)

    @cached_property
    def canonical(self) -> str:
        """JSON in one spelling: ASCII, keys in order, no spaces; only what the draw depends on (so no address where no limit is set)."""
        content = {
            "exclude": sorted(self.exclude),
            "include": sorted(self.include),
            "per_address": self.per_address,
            "pool": [
                [entry.id, list(self.profile(entry)), entry.address if self.per_address is not None else ""]
                for entry in self.pool
            ],
            "categories": list(self.categories),
            "quotas": [[one.category, one.value, one.minimum, one.maximum] for one in self.quotas],
            "size": self.size,
        }
        return json.dumps(content, sort_keys=True, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, as hexadecimal digits: what is published before the randomness exists."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    def broken(self, panel: frozenset[str] | tuple[str, ...]) -> tuple[str, ...]:
        """What a panel breaks, as codes: nothing if it may be drawn."""
        members = [self.by_id[one] for one in sorted(set(panel)) if one in self.by_id]
        found = ["size"] if len(members) != len(panel) or len(members) != self.size else []
        held = Counter((category, one.features[category]) for one in members for category in self.categories)
        found += [
            f"quota:{quota.category}:{quota.value}"
            for quota in self.quotas
            if not quota.minimum <= held[quota.category, quota.value] <= quota.maximum
        ]
        if not self.include <= set(panel):
            found.append("include")
        if self.exclude & set(panel):
            found.append("exclude")
        if self.per_address is not None:
            homes = [one.address for one in members if one.address]
            if any(homes.count(home) > self.per_address for home in set(homes)):
                found.append("per-address")
        return tuple(found)
