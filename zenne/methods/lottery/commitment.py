"""What is published before the randomness exists: the pool by number, the quotas, every panel with its tickets, and the source of the randomness.

    published(instance)  the pool as it may be shown: no features but those that have quotas, no addresses but as marks of who live together
    Commitment           binds all of it by one digest. `text` is commitment.json; its SHA-256 is what a city prints, reads out or leaves with a notary
    Drawn                what follows once the randomness is there

The seed of the draw hangs on the commitment's digest: whoever changes a row of the pool, a quota or a ticket afterwards draws from another seed.
"""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from zenne.methods.proofs.bundle import spelled

from . import drawing, randomness
from .distribution import Distribution, Odds
from .errors import LotteryError
from .instance import Instance

FORMAT = "zenne-lottery-1"


def published(instance: Instance) -> Instance:
    """The instance without whatever the draw doesn't need: other features go, addresses become h1, h2, ... where a limit is set and two or more of the pool share one.

    Its ids must already be numbers that say nothing: they are published. Applied twice it changes nothing more.
    """
    homes = Counter(entry.address for entry in instance.pool if entry.address)
    marks: dict[str, str] = {}
    pool = []
    for entry in instance.pool:
        mark = ""
        if instance.per_address is not None and homes[entry.address] > 1:
            mark = marks.setdefault(entry.address, f"h{len(marks) + 1}")
        pool.append(replace(entry, features={name: entry.features[name] for name in instance.categories}, address=mark))
    return replace(instance, pool=tuple(pool))


def pool_csv(instance: Instance) -> str:
    """The pool, a line for each number; `zenne draw` reads it. The last column is the household where there is a limit for one."""
    homes = ["address"] if instance.per_address is not None else []
    rows: list[list[str]] = [["id", *instance.categories, *homes]]
    rows += [[one.id, *instance.profile(one), *([one.address] if homes else [])] for one in instance.pool]
    return _csv(rows)


def quotas_csv(instance: Instance) -> str:
    """The quotas, as `zenne draw` reads them."""
    rows = [[one.category, one.value, str(one.minimum), str(one.maximum)] for one in instance.quotas]
    return _csv([["category", "feature", "min", "max"], *rows])


def odds_csv(instance: Instance, distribution: Distribution) -> str:
    """How many of the million tickets everybody in the pool has: the exact odds of each number."""
    rows = [[one.id, str(distribution.held.get(one.id, 0))] for one in instance.pool]
    return _csv([["id", "tickets"], *rows])


def _csv(rows: Iterable[list[str]]) -> str:
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(rows)
    return made.getvalue()


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Commitment:
    """A draw that is fixed but for its randomness. Made by `of`.

    number     1 for the first draw of a lottery; a higher one only after the one before was annulled
    algorithm  how the tickets were computed: a word for readers, nothing hangs on it
    about      anything that should be said and fixed with it (JSON): title, place, the announced moment
    """

    instance: Instance
    distribution: Distribution
    algorithm: str
    source: randomness.Source
    number: int = 1
    about: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        instance: Instance,
        distribution: Distribution,
        *,
        algorithm: str,
        source: randomness.Source,
        number: int = 1,
        about: Mapping[str, Any] | None = None,
    ) -> "Commitment":
        """Publishes nothing but what `published` leaves. Raises LotteryError: reserved-category(category) for one with the name of another column, panel-unfit(line, broken)
        for a panel that the quotas, the size or a limit forbid.
        """
        shown = published(instance)
        for category in sorted({"id", "address"} & set(shown.categories)):
            raise LotteryError("reserved-category", category=category)
        for row, panel in enumerate(distribution.panels):
            if broken := shown.broken(panel):
                raise LotteryError("panel-unfit", line=row + 2, broken=broken)
        return cls(shown, distribution, algorithm, source, number, dict(about or {}))

    @cached_property
    def text(self) -> str:
        """commitment.json, in one spelling."""
        content = {
            "format": FORMAT,
            "draw": self.number,
            "algorithm": self.algorithm,
            "size": self.instance.size,
            "per_address": self.instance.per_address,
            "include": sorted(self.instance.include),
            "exclude": sorted(self.instance.exclude),
            "instance": self.instance.digest,
            "pool": sha256(pool_csv(self.instance)),
            "quotas": sha256(quotas_csv(self.instance)),
            "distribution": self.distribution.digest,
            "source": self.source.plain(),
            "about": self.about,
        }
        return spelled(content).decode()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text: `sha256sum commitment.json`."""
        return sha256(self.text)

    @cached_property
    def eligible(self) -> tuple[str, ...]:
        return tuple(entry.id for entry in self.instance.eligible)

    @cached_property
    def odds(self) -> Odds:
        """In figures, of all who may be drawn. Those of one number are `distribution.odds()`."""
        return Odds.of(self.distribution, self.eligible)

    def draw(self, given: str) -> "Drawn":
        """`given`: the signature of the round, or the throws as they fell. Raises LotteryError when it is not what the source gives."""
        found = self.source.randomness(given)
        seed = randomness.seed(self.digest, found)
        kept = given.strip().lower() if isinstance(self.source, randomness.Drand) else found
        return Drawn(self, kept, found, drawing.draw(self.distribution, self.eligible, seed))


@dataclass(frozen=True)
class Drawn:
    """A draw that has happened. `given`: the signature, or the throws; `randomness`: what it gave; see `drawing.Outcome` for the rest."""

    commitment: Commitment
    given: str
    randomness: str
    outcome: drawing.Outcome

    @cached_property
    def result(self) -> dict[str, Any]:
        """result.json."""
        odds, outcome = self.commitment.odds, self.outcome
        return {
            "commitment": self.commitment.digest,
            "given": self.given,
            "randomness": self.randomness,
            "seed": outcome.seed,
            "ticket": outcome.ticket,
            "line": outcome.row + 2,  # of distribution.csv, as an editor counts
            "selected": list(outcome.selected),
            "reserve": list(outcome.reserve),
            "odds": {
                "people": len(self.commitment.eligible),
                "smallest": str(odds.smallest),
                "largest": str(odds.largest),
                "never": odds.never,
                "histogram": list(odds.histogram),
            },
        }
