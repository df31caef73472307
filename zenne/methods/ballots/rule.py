"""The counting rule of a vote as an argument: method, winners, ties, quorum, threshold, and what a ballot may hold.

`Rule.plain()` is what an activity freezes and hashes before it opens (under the key `tally`, see `zenne.methods.proofs.bundle`), `Rule.parse` reads it back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from zenne.methods.lots import drawn

from .content import LARGEST, Content, Kind, Malformed


class Method(StrEnum):
    """A way of counting; what its ballots look like is its `kind`."""

    APPROVAL = "approval"
    SINGLE = "single"
    POINTS = "points"
    SCORE = "score"
    YES_NO = "yes_no"
    RUNOFF = "runoff"
    SCHULZE = "schulze"
    BORDA = "borda"

    @property
    def kind(self) -> Kind:
        return Kind.RANKING if self in (Method.RUNOFF, Method.SCHULZE, Method.BORDA) else Kind(self.value)


class TieRule(StrEnum):
    """Who goes first among the tied."""

    ORDER = "order"  # as the options were published
    LOT = "lot"  # by a published seed: zenne.methods.lots
    REFUSE = "refuse"  # nothing is decided among the tied


class Base(StrEnum):
    """What a share is a share of."""

    CAST = "cast"  # all ballots, blank and null ones too
    VALID = "valid"  # neither blank nor null
    EXPRESSED = "expressed"  # yes/no only: ballots that say yes or no about this option
    ELECTORATE = "electorate"  # everybody entitled


@dataclass(frozen=True)
class Tie:
    """How ties are broken. `seed`: the published text that a lot is drawn from; empty for any other rule."""

    rule: TieRule
    seed: str = ""

    def order(self, options: tuple[str, ...]) -> tuple[str, ...] | None:
        """Who goes first when tied, first to last, or None when nobody may."""
        if self.rule is TieRule.REFUSE:
            return None
        return drawn(options, self.seed) if self.rule is TieRule.LOT else options


@dataclass(frozen=True)
class Threshold:
    """A share of a base, exact. `strict`: more than the share (a majority is strict 1/2); else the share is enough."""

    share: Fraction
    of: Base
    strict: bool = False

    def needed(self, base: int) -> int:
        """The smallest whole number that meets it."""
        exact = self.share * base
        return int(exact) + 1 if self.strict else -int(-exact // 1)


@dataclass(frozen=True)
class Quorum:
    """How many ballots must be cast (blank and null ones count) for the vote to decide: a number, and/or a share of the electorate."""

    ballots: int = 0
    share: Fraction = Fraction(0)

    def needed(self, electorate: int | None) -> int:
        if self.share and electorate is None:
            raise Malformed("A quorum of the electorate needs the number of people entitled.")
        return max(self.ballots, -int(-(self.share * (electorate or 0)) // 1))


@dataclass(frozen=True)
class Form:
    """What a valid ballot may hold. Nothing of it applies to blank and null ballots.

    `least`, `most`: how many options it names. `total`: points together, at most. `cap`: points for one option, at most. `highest`: the best score.
    `cost`: what the chosen options cost together, at most (a basket; needs the costs).
    """

    kind: Kind
    least: int = 1
    most: int | None = None
    total: int | None = None
    cap: int | None = None
    highest: int | None = None
    cost: int | None = None

    def check(self, content: Content, options: frozenset[str], costs: Mapping[str, int] | None = None) -> None:
        """Raises Malformed with what is wrong first."""
        if content.kind is not self.kind:
            raise Malformed(f"This vote takes {self.kind} ballots, not {content.kind}.")
        if content.choices is None:
            return
        for option in content.options:
            if option not in options:
                raise Malformed(f"There is no option {option!r} in this vote.")
        count = len(content.options)
        if count < self.least:
            raise Malformed(f"A ballot names at least {self.least} options, not {count}.")
        if self.most is not None and count > self.most:
            raise Malformed(f"A ballot names at most {self.most} options, not {count}.")
        self._check_values(content.values)
        if self.cost is not None:
            spent = sum((costs or {})[option] for option in content.options)
            if spent > self.cost:
                raise Malformed(f"The options of a ballot cost at most {self.cost} together, not {spent}.")

    def _check_values(self, values: Mapping[str, int]) -> None:
        if self.total is not None and sum(values.values()) > self.total:
            raise Malformed(f"A ballot gives at most {self.total} points, not {sum(values.values())}.")
        for option, value in values.items():
            limit = self.cap if self.kind is Kind.POINTS else self.highest
            if limit is not None and value > limit:
                raise Malformed(f"An option gets at most {limit}, not {value} ({option!r}).")

    def plain(self) -> dict[str, Any]:
        names = ("least", "most", "total", "cap", "highest", "cost")
        limits = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        return {"kind": self.kind.value, **limits}

    @classmethod
    def parse(cls, data: object) -> "Form":
        found = mapping(data, "ballot", {"kind", "least", "most", "total", "cap", "highest", "cost"})
        limits = {name: number(value, f"ballot.{name}") for name, value in found.items() if name != "kind"}
        return cls(named(Kind, found.get("kind"), "ballot.kind"), **limits)


Heading = str | int | None
HEADING = re.compile(r"[\w-]{1,40}")


@dataclass(frozen=True)
class Option:
    """`district` is the heading it stands under, by name or number; None when the vote has one list for everybody.

    `minimum`: how many ballots must support it for it to win. `title`: language -> words; it counts for nothing, but it is frozen with the rule: whoever
    could exchange two titles could exchange two results.
    """

    id: str
    district: Heading = None
    minimum: int = 0
    title: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        return {"id": self.id, "district": self.district, "minimum": self.minimum, "title": dict(self.title)}


@dataclass(frozen=True)
class Rule:
    """`options` in their published order. `winners` None: all that meet the threshold (yes/no), or all that anybody supported."""

    method: Method
    options: tuple[Option, ...]
    form: Form
    winners: int | None = 1
    tie: Tie = Tie(TieRule.ORDER)
    quorum: Quorum | None = None
    threshold: Threshold | None = None

    def __post_init__(self) -> None:
        if len({option.id for option in self.options}) != len(self.options):
            raise Malformed("Two options have the same id.")
        if self.form.kind is not self.method.kind:
            raise Malformed(f"{self.method} counts {self.method.kind} ballots, not {self.form.kind}.")
        if self.winners is not None and self.winners < 1:
            raise Malformed("A vote has at least one winner.")
        if self.threshold and self.threshold.of is Base.EXPRESSED and self.method is not Method.YES_NO:
            raise Malformed("Only yes/no ballots have an answer expressed per option.")

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    @property
    def districts(self) -> tuple[Heading, ...]:
        """The headings in published order; (None,) when there is one list."""
        return tuple(dict.fromkeys(option.district for option in self.options)) or (None,)

    def plain(self) -> dict[str, Any]:
        quorum, limit = self.quorum, self.threshold
        return {
            "method": self.method.value,
            "options": [option.plain() for option in self.options],
            "ballot": self.form.plain(),
            "winners": self.winners,
            "tie": {"rule": self.tie.rule.value, **({"seed": self.tie.seed} if self.tie.rule is TieRule.LOT else {})},
            "quorum": {"ballots": quorum.ballots, "share": str(quorum.share)} if quorum else None,
            "threshold": {"share": str(limit.share), "of": limit.of.value, "strict": limit.strict} if limit else None,
        }

    @classmethod
    def parse(cls, data: object) -> "Rule":
        """What `plain` wrote -> Rule. Raises Malformed with the place."""
        keys = {"method", "options", "ballot", "winners", "tie", "quorum", "threshold"}
        found = mapping(data, "tally", keys)
        if set(found) != keys:
            raise Malformed(f"tally lacks {', '.join(sorted(keys - set(found)))}.")
        if not isinstance(found["options"], list):
            raise Malformed("tally.options is a list.")
        winners = found["winners"]
        return cls(
            method=named(Method, found["method"], "tally.method"),
            options=tuple(_option(option) for option in found["options"]),
            form=Form.parse(found["ballot"]),
            winners=None if winners is None else number(winners, "tally.winners"),
            tie=_tie(found["tie"]),
            quorum=quorum_of(found["quorum"]),
            threshold=_threshold(found["threshold"]),
        )


Named = TypeVar("Named", bound=StrEnum)


def mapping(data: object, where: str, keys: set[str]) -> dict[str, Any]:
    """The object that plain data should be, with no key beside `keys`. Raises Malformed, as all readers here; `where` names the place in its message."""
    if not isinstance(data, Mapping):
        raise Malformed(f"{where} is an object.")
    if unknown := sorted(str(key) for key in set(data) - keys):
        raise Malformed(f"{where} holds {unknown[0][:80]!r}, which means nothing.")
    return dict(data)


def number(value: object, where: str) -> int:
    """A whole number from 0 to LARGEST."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST:
        raise Malformed(f"{where} is a whole number from 0 to {LARGEST}.")
    return value


def truth(value: object, where: str) -> bool:
    """True or false, and nothing that only counts as one."""
    if not isinstance(value, bool):
        raise Malformed(f"{where} is true or false.")
    return value


def named(names: type[Named], value: object, where: str) -> Named:
    """One of the words of `names`."""
    if not isinstance(value, str) or value not in set(names):
        raise Malformed(f"{where} is not known: {str(value)[:80]!r}.")
    return names(value)


def share(value: object, where: str) -> Fraction:
    """A share from "0" to "1", written as a fraction: "1/3"."""
    try:
        if not isinstance(value, str) or len(value) > 2 * len(str(LARGEST)):
            raise ValueError
        exact = Fraction(value)
    except (ValueError, ZeroDivisionError) as error:
        raise Malformed(f"{where} is a fraction such as 1/3.") from error
    if not 0 <= exact <= 1 or str(exact) != value:
        raise Malformed(f"{where} is a fraction from 0 to 1 in lowest terms.")
    return exact


def heading(value: object, where: str) -> Heading:
    """The key of a district or an electorate: a short name, a number, or None for all."""
    named = isinstance(value, str) and HEADING.fullmatch(value)
    if value is None or named or (isinstance(value, int) and not isinstance(value, bool)):
        return value  # type: ignore[return-value]
    raise Malformed(f"{where} is a name of 1 to 40 letters, digits and hyphens, a number, or null.")


def titles(value: object, where: str) -> dict[str, str]:
    """Words by language."""
    if not isinstance(value, Mapping) or not all(isinstance(words, str) for pair in value.items() for words in pair):
        raise Malformed(f"{where} gives words by language.")
    return dict(value)


def _option(data: object) -> Option:
    found = mapping(data, "tally.options", {"id", "district", "minimum", "title"})
    if not isinstance(found.get("id"), str):
        raise Malformed("An option has an id, which is text.")
    district = heading(found.get("district"), "tally.options.district")
    minimum = number(found.get("minimum"), "tally.options.minimum")
    return Option(found["id"], district, minimum, titles(found.get("title"), "tally.options.title"))


def _tie(data: object) -> Tie:
    found = mapping(data, "tally.tie", {"rule", "seed"})
    rule = named(TieRule, found.get("rule"), "tally.tie.rule")
    seed = found.get("seed", "")
    if not isinstance(seed, str) or bool(seed) != (rule is TieRule.LOT):
        raise Malformed("A lot has a seed, and only a lot.")
    return Tie(rule, seed)


def quorum_of(data: object) -> Quorum | None:
    """The least turnout under which a vote decides anything, or None where none is asked."""
    if data is None:
        return None
    found = mapping(data, "tally.quorum", {"ballots", "share"})
    return Quorum(number(found.get("ballots"), "tally.quorum.ballots"), share(found.get("share"), "tally.quorum.share"))


def _threshold(data: object) -> Threshold | None:
    if data is None:
        return None
    found = mapping(data, "tally.threshold", {"share", "of", "strict"})
    if not isinstance(found.get("strict"), bool):
        raise Malformed("tally.threshold.strict is true or false.")
    of = named(Base, found.get("of"), "tally.threshold.of")
    return Threshold(share(found.get("share"), "tally.threshold.share"), of, found["strict"])
