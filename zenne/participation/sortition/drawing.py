"""The bridge to `zenne.methods.lottery`: rows in, plain frozen data there, numbers back. Nothing else of this app talks to it.

From committing on, everything is read from the file that was committed, never from the rows: what people change later changes no draw.
"""

import json
from collections.abc import Collection, Sequence

from zenne.methods.lottery.instance import Entry, Instance, Quota
from zenne.methods.lottery.replacement import next_in

from . import queries
from .models import Draw, Lottery


def instance_of(lottery: Lottery) -> Instance:
    """The pool and the quotas as they are now. Numbers stand for people, and small numbers for who live together; raises LotteryError."""
    entries = list(queries.pool(lottery))
    homes = sorted({entry.household for entry in entries if entry.household})
    address = {home: f"a{place}" for place, home in enumerate(homes, start=1)}  # keyed hashes: their order says nothing
    quotas = [
        Quota(category.key, feature.key, feature.minimum, feature.maximum)
        for category in queries.categories(lottery)
        for feature in category.features.all()
    ]
    return Instance(
        pool=tuple(Entry(str(entry.number), entry.features, address.get(entry.household, "")) for entry in entries),
        quotas=tuple(quotas),
        size=lottery.size,
        per_address=lottery.per_address,
    )


def committed(draw: Draw) -> Instance:
    """The pool and the quotas of a draw, from its file."""
    with draw.instance.open("rb") as file:
        data = json.load(file)
    keys = data["categories"]
    return Instance(
        pool=tuple(Entry(name, dict(zip(keys, values, strict=True)), home) for name, values, home in data["pool"]),
        quotas=tuple(Quota(*each) for each in data["quotas"]),
        size=data["size"],
        per_address=data["per_address"],
        include=frozenset(data["include"]),
        exclude=frozenset(data["exclude"]),
    )


def next_in_reserve(draw: Draw, *, holding: Collection[int], available: Sequence[int]) -> int | None:
    """Who is asked for a free seat: `available` in the published order, `holding` those who keep theirs. None when nobody fits."""
    found = next_in(committed(draw), [str(number) for number in holding], [str(number) for number in available])
    return int(found.id) if found else None
