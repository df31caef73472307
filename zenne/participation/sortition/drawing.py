"""The bridge to `zenne.methods.lottery`: rows in, plain frozen data there, numbers back. Nothing else of this app talks to it.

From committing on, everything is read from the files that were committed, never from the rows: what people change later changes no draw.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib import import_module

from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, in_every_language, text_in
from zenne.methods.lottery.bundle import Bundle
from zenne.methods.lottery.bundle import committed as committed_files
from zenne.methods.lottery.commitment import Commitment, published
from zenne.methods.lottery.distribution import TICKETS, Distribution
from zenne.methods.lottery.drawing import ticket
from zenne.methods.lottery.errors import LotteryError
from zenne.methods.lottery.instance import Entry, Instance, Quota
from zenne.methods.lottery.randomness import FEWEST_THROWS, Dice, Drand, source_of
from zenne.methods.lottery.replacement import next_in
from zenne.methods.lottery.solving import solve

from . import queries
from .enums import Source
from .models import Draw, Lottery

WAYS = 3  # different smallest changes that are looked for when the quotas cannot be met


def instance_of(lottery: Lottery) -> Instance:
    """The pool and the quotas as they are now, as they will be published. Numbers stand for people, and marks for who live together."""
    try:
        return _instance(lottery)
    except LotteryError as error:
        raise Invalid(said(error)) from error


def _instance(lottery: Lottery) -> Instance:
    entries = list(queries.pool(lottery))
    quotas = [
        Quota(category.key, feature.key, feature.minimum, feature.maximum)
        for category in queries.categories(lottery)
        for feature in category.features.all()
    ]
    return published(
        Instance(
            pool=tuple(Entry(str(entry.number), entry.features, entry.household) for entry in entries),
            quotas=tuple(quotas),
            size=lottery.size,
            per_address=lottery.per_address,
        )
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


# --- can the quotas be met? -------------------------------------------------------------------------------------------------

Option = list[list[str | int]]


@dataclass(frozen=True)
class Check:
    """`options`: the smallest changes that let a panel exist, each a list of [category, group, minimum, maximum]. `fault`: no change of quotas helps, and why, by language."""

    digest: str
    possible: bool
    options: Sequence[Option] = ()
    fault: Mapping[str, str] = field(default_factory=dict)


def check(lottery: Lottery) -> Check:
    """Whether the pool holds a panel that meets every quota. Takes seconds for a large pool."""
    digest = ""
    try:
        instance = _instance(lottery)
        digest = instance.digest
        # the worker loads it when it needs it: the solver behind it is large
        found = import_module("zenne.methods.lottery.relaxations").relaxations(instance, alternatives=WAYS)
    except LotteryError as error:
        return Check(digest, False, fault=in_every_language(partial(said, error)))
    options = [[[one.category, one.value, one.minimum, one.maximum] for one in changes] for changes in found]
    possible = options == [[]]
    return Check(digest, possible, [] if possible else options)


# --- the odds ---------------------------------------------------------------------------------------------------------------

Progress = Callable[[str, float, float | None], None]


@dataclass(frozen=True)
class Odds:
    """`text` is the distribution as it is published; `odds` the tickets of each number, out of a million."""

    text: str
    digest: str
    panels: int
    odds: Mapping[str, int]
    minimum: float
    bound: float
    certified: bool


class NotComputed(Exception):
    """There are no odds. `words` say why, by language; `stopped`: somebody wanted it so."""

    def __init__(self, words: Mapping[str, str], *, stopped: bool) -> None:
        super().__init__(str(words))
        self.words, self.stopped = words, stopped


def compute(draw: Draw, *, progress: Progress, stop: Callable[[], bool], deadline: Callable[[], float]) -> Odds:
    """A distribution over panels for the pool in the file of the draw. Raises NotComputed."""
    instance = committed(draw)
    try:
        fair = solve(instance, draw.algorithm, progress=progress, stop=stop, deadline=deadline)
    except LotteryError as error:
        raise NotComputed(in_every_language(partial(said, error)), stopped=error.code == "stopped") from error
    distribution = Distribution.of(fair.panels, fair.weights)
    held = {entry.id: distribution.held.get(entry.id, 0) for entry in instance.pool}
    return Odds(
        distribution.text,
        distribution.digest,
        len(distribution.panels),
        held,
        fair.minimum,
        fair.bound,
        fair.certified,
    )


def odds_per_group(draw: Draw) -> dict[tuple[str, str], tuple[float, float]]:
    """The smallest and the largest odds in each group, from 0 to 1, by (category, group)."""
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for entry in committed(draw).pool:
        own = share(draw.odds.get(entry.id, 0))
        for group in entry.features.items():
            low, high = found.get(group, (own, own))
            found[group] = min(low, own), max(high, own)
    return found


# --- from the odds to the panel ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Committed:
    content: dict[str, object]
    digest: str
    round: int | None
    due_at: datetime


def commit(draw: Draw, *, moment: datetime, throws: int) -> Committed:
    """What is published before chance speaks: its text as data, and the fingerprint of that text."""
    source: Drand | Dice
    if draw.source == Source.DRAND:
        source = Drand.at(moment)
        number, due_at = source.round, source.published
    else:
        try:
            source = Dice(throws or FEWEST_THROWS, moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        except LotteryError as error:
            raise Invalid(said(error)) from error
        number, due_at = None, moment
    try:
        made = _commitment(draw, source)
    except LotteryError as error:
        raise Invalid(said(error)) from error
    return Committed(json.loads(made.text), made.digest, number, due_at)


def _commitment(draw: Draw, source: Drand | Dice) -> Commitment:
    activity = draw.lottery.activity
    about = {"lottery": activity.pk, "title": {code: text_in(activity, "title", code) for code in LANGUAGES}}
    if draw.commitment:
        about = draw.commitment["about"]
    elif draw.place:
        about["place"] = draw.place
    return Commitment.of(
        committed(draw), _distribution(draw), algorithm=draw.algorithm, source=source, number=draw.number, about=about
    )


def _distribution(draw: Draw) -> Distribution:
    with draw.distribution.open("rb") as file:
        return Distribution.read(file.read().decode())


def files_of(draw: Draw) -> dict[str, bytes]:
    """The files of a committed draw that anybody may read before chance speaks, by name."""
    return committed_files(_commitment(draw, source_of(draw.commitment["source"])))  # type: ignore[arg-type]


def throws_of(draw: Draw) -> int:
    """How many dice were announced."""
    return int(draw.commitment["source"].get("throws", 0))


def address_of(draw: Draw) -> str:
    """Where the announced round of drand is read once it exists; empty for dice."""
    source = source_of(draw.commitment["source"])
    return source.address if isinstance(source, Drand) else ""


def randomness_of(draw: Draw, given: str) -> str:
    """A signature or throws -> the randomness. Raises Invalid for what the announced source cannot have given."""
    try:
        return source_of(draw.commitment["source"]).randomness(given)
    except LotteryError as error:
        raise Invalid(said(error)) from error


@dataclass(frozen=True)
class Outcome:
    seed: str
    panel: tuple[int, ...]
    reserve: tuple[int, ...]
    bundle: bytes
    bundle_sha256: str


def outcome(draw: Draw) -> Outcome:
    """Who was drawn, and the reserve in its order. The commitment is made again from its parts, and must be the published one."""
    commitment = _commitment(draw, source_of(draw.commitment["source"]))  # type: ignore[arg-type]
    if commitment.digest != draw.commitment_digest:
        raise Invalid(_("The files of this draw are no longer those that were committed. Annul it, and find out why."))
    drawn = commitment.draw(draw.signature)
    content = Bundle(drawn).to_bytes()
    return Outcome(
        drawn.outcome.seed,
        tuple(sorted(int(number) for number in drawn.outcome.selected)),
        tuple(int(number) for number in drawn.outcome.reserve),
        content,
        hashlib.sha256(content).hexdigest(),
    )


def next_in_reserve(draw: Draw, *, holding: Collection[int], available: Sequence[int]) -> int | None:
    """Who is asked for a free seat: `available` in the published order, `holding` those who keep theirs. None when nobody fits."""
    found = next_in(committed(draw), [str(number) for number in holding], [str(number) for number in available])
    return int(found.id) if found else None


def ticket_of(draw: Draw) -> int:
    """Which of the million tickets the seed gave."""
    return ticket(draw.seed)


def seats_per_group(draw: Draw) -> dict[tuple[str, str], int]:
    """How many of the panel, as it was drawn, are in each group, by (category, group)."""
    chosen = {str(number) for number in draw.panel}
    counted: Counter[tuple[str, str]] = Counter()
    for entry in committed(draw).pool:
        if entry.id in chosen:
            counted.update(entry.features.items())
    return dict(counted)


def share(tickets: int) -> float:
    """Tickets as a probability from 0 to 1."""
    return tickets / TICKETS


# --- words ------------------------------------------------------------------------------------------------------------------


def said(error: LotteryError) -> str:
    """A fault of the lottery in words for staff."""
    given = error.parameters
    words: dict[str, Callable[[], str]] = {
        "empty-pool": lambda: _("Nobody is in the pool."),
        "pool-too-small": lambda: _("The pool can fill only %(seats)s of %(size)s seats, whatever the quotas.") % given,
        "infeasible": lambda: _("No panel from this pool meets every quota."),
        "no-category": lambda: _("Number %(id)s has no group in the category %(category)s.") % given,
        "unknown-value": lambda: _("Number %(id)s has a group that no quota knows: %(value)s.") % given,
        "bad-quota": lambda: _("The quota of %(category)s, %(value)s contradicts itself.") % given,
        "reserved-category": lambda: _("A category cannot be called %(category)s.") % given,
        "bad-signature": lambda: (
            _("This is not the signature of round %(round)s. Copy it again, all 96 signs.") % given
        ),
        "bad-throw": lambda: _("Throw %(position)s is %(throw)s: a die shows 1 to 6.") % given,
        "wrong-number-of-throws": lambda: _("%(throws)s throws were typed, %(announced)s were announced.") % given,
        "bad-number-of-throws": lambda: _("Announce between %(minimum)s and %(maximum)s throws.") % given,
        "stopped": lambda: _("It was stopped before there were any odds."),
        "restarts-exhausted": lambda: _("The older method found no panel that meets every quota. Choose another way."),
    }
    fallback: Callable[[], str] = partial(_unforeseen, error)
    return words.get(error.code, fallback)()


def _unforeseen(error: LotteryError) -> str:
    return _("The computation ended with: %(code)s") % {"code": str(error)}
