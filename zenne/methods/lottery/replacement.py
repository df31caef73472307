"""Who takes a seat that falls free: decided by the published order and by the quotas, never by anybody's choice."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from .instance import Instance


@dataclass(frozen=True)
class Replacement:
    """Who is asked next. `place` is the place in the reserve, from 1; `missing` how far the panel is from its quotas with this person, 0 when all are met."""

    id: str
    place: int
    missing: int


def missing(instance: Instance, panel: Iterable[str]) -> int:
    """How far a panel is from the quotas: for each one, how many are lacking below its minimum or too many above its maximum, added up."""
    counts = Counter(
        (category, instance.by_id[one].features[category]) for one in panel for category in instance.categories
    )
    return sum(
        max(0, quota.minimum - counts[quota.category, quota.value], counts[quota.category, quota.value] - quota.maximum)
        for quota in instance.quotas
    )


def next_in(
    instance: Instance, seated: Collection[str], reserve: Sequence[str], asked: Collection[str] = ()
) -> Replacement | None:
    """For one free seat: of those in the reserve, not yet asked, whom the limit for an address allows, the one with whom the panel comes nearest to the quotas; of
    several equally near, the first in the order. None when nobody is left.

    `seated`: who sits or has an offer that still stands, without whoever left. `asked`: who of the reserve declined, did not answer or left.
    Several free seats are filled one after another, each by this rule, in the order in which they fell free.
    """
    gone, seats = set(asked) | set(seated), sorted(seated)
    homes = Counter(instance.by_id[one].address for one in seats)
    best: Replacement | None = None
    known: dict[tuple[str, ...], int] = {}  # people of identical features are equally near
    for place, one in enumerate(reserve, 1):
        entry = instance.by_id[one]
        if one in gone or one in instance.exclude:
            continue
        limit = instance.per_address
        if limit is not None and entry.address and homes[entry.address] >= limit:
            continue
        profile = instance.profile(entry)
        if profile not in known:
            known[profile] = missing(instance, [*seats, one])
        if best is None or known[profile] < best.missing:
            best = Replacement(one, place, known[profile])
    return best
