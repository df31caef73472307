"""What stands on a ballot: read strictly, written in one spelling.

`{"kind": "approval", "choices": ["a", "b"]}`; choices by kind:

    approval    options in the order of their ids, none twice       ["a", "b"]
    single      one option                                          ["a"]
    points      option -> points, 1 or more                         {"a": 3, "b": 1}
    score       option -> score, 0 or more                          {"a": 0, "b": 5}
    ranking     options, the dearest first, none twice              ["b", "a"]
    yes_no      option -> "yes", "no" or "abstain"                  {"a": "yes"}

A blank ballot has `"choices": null`; a null one (paper that cannot be read as a vote) has `"invalid": "reason"` in place of choices. Nothing chosen at all is
blank, never an empty list: one meaning has one spelling, and one spelling one hash.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

LONGEST_ID = 64
LONGEST_REASON = 200
LARGEST = 10**9
ANSWERS = ("yes", "no", "abstain")


class Malformed(ValueError):
    """A ballot or a rule that is not what it should be; the message says where."""


class Kind(StrEnum):
    """How a ballot is filled in."""

    APPROVAL = "approval"
    SINGLE = "single"
    POINTS = "points"
    SCORE = "score"
    RANKING = "ranking"
    YES_NO = "yes_no"

    @property
    def lists(self) -> bool:
        """Whether choices are a list of options; else they give every option a value."""
        return self in (Kind.APPROVAL, Kind.SINGLE, Kind.RANKING)


Choice = str | tuple[str, int] | tuple[str, str]


@dataclass(frozen=True)
class Content:
    """One ballot. `choices` holds options (approval, single, ranking) or pairs (option, value); None when blank or null.

    Made by `approval(...)`, `ranking(...)` and so on, which put what people send into its one spelling, or by `parse`, which takes that spelling only.
    """

    kind: Kind
    choices: tuple[Choice, ...] | None
    invalid: str | None = None

    @property
    def blank(self) -> bool:
        return self.choices is None and self.invalid is None

    @property
    def null(self) -> bool:
        return self.invalid is not None

    @cached_property
    def options(self) -> tuple[str, ...]:
        """The options it names, in the order of the ballot."""
        return tuple(choice if isinstance(choice, str) else choice[0] for choice in self.choices or ())

    @cached_property
    def values(self) -> dict[str, int]:
        """Points or scores by option; empty for other kinds."""
        pairs = (choice for choice in self.choices or () if not isinstance(choice, str))
        return {option: value for option, value in pairs if isinstance(value, int)}

    @cached_property
    def answers(self) -> dict[str, str]:
        """Yes, no or abstain by option; empty for other kinds."""
        pairs = (choice for choice in self.choices or () if not isinstance(choice, str))
        return {option: value for option, value in pairs if isinstance(value, str)}

    def plain(self) -> dict[str, Any]:
        """As in the JSON."""
        if self.invalid is not None:
            return {"kind": self.kind.value, "invalid": self.invalid}
        if self.choices is None:
            return {"kind": self.kind.value, "choices": None}
        if self.kind.lists:
            return {"kind": self.kind.value, "choices": list(self.choices)}
        return {"kind": self.kind.value, "choices": dict(self.values or self.answers)}

    def only(self, options: Iterable[str]) -> "Content":
        """What it says about these options; blank when that is nothing. A null ballot stays null."""
        if self.choices is None:
            return self
        kept = set(options)
        choices = tuple(choice for choice in self.choices if (choice if isinstance(choice, str) else choice[0]) in kept)
        return Content(self.kind, choices or None)


def canonical(value: object) -> bytes:
    """The one spelling of plain data: UTF-8 JSON, keys in order, no spaces, letters as they are."""
    spelled = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return spelled.encode()


def approval(options: Iterable[str]) -> Content:
    """The ids of the options, in any order; none of them is a blank ballot."""
    return Content(Kind.APPROVAL, tuple(sorted(set(options))) or None)


def single(option: str | None) -> Content:
    """The id of one option; None is a blank ballot."""
    return Content(Kind.SINGLE, (option,) if option is not None else None)


def points(given: Mapping[str, int]) -> Content:
    """Options without points are left out."""
    return Content(Kind.POINTS, tuple(sorted((option, value) for option, value in given.items() if value)) or None)


def score(given: Mapping[str, int]) -> Content:
    """A score for each option by its id, zero among them; nothing at all is a blank ballot."""
    return Content(Kind.SCORE, tuple(sorted(given.items())) or None)


def ranking(options: Iterable[str]) -> Content:
    """The ids of the options, first choice first."""
    return Content(Kind.RANKING, tuple(options) or None)


def yes_no(given: Mapping[str, str]) -> Content:
    """`yes`, `no` or `abstain` for each option by its id."""
    return Content(Kind.YES_NO, tuple(sorted(given.items())) or None)


def blank(kind: Kind) -> Content:
    """A ballot that says nothing, and counts among those cast."""
    return Content(kind, None)


def null(kind: Kind, reason: str) -> Content:
    """A paper ballot that cannot count; `reason` is the code of why."""
    return Content(kind, None, reason)


def parse(data: object) -> Content:
    """Decoded JSON -> Content. Raises Malformed for whatever is not exactly the format above."""
    if not isinstance(data, Mapping):
        raise Malformed("A ballot is an object with a kind and choices.")
    named = data.get("kind")
    if not isinstance(named, str) or named not in set(Kind):
        raise Malformed(f"There is no kind of ballot {_shown(named)}.")
    kind = Kind(named)
    if set(data) == {"kind", "invalid"}:
        return Content(kind, None, _reason(data["invalid"]))
    if set(data) != {"kind", "choices"}:
        raise Malformed("A ballot holds its kind and either choices or invalid, nothing else.")
    choices = data["choices"]
    if choices is None:
        return Content(kind, None)
    return Content(kind, _listed(kind, choices) if kind.lists else _valued(kind, choices))


def _listed(kind: Kind, choices: object) -> tuple[str, ...]:
    if not isinstance(choices, list):
        raise Malformed(f"The choices of a {kind} ballot are a list.")
    options = tuple(_option(option) for option in choices)
    if not options:
        raise Malformed("A ballot without choices is blank: its choices are null.")
    if len(set(options)) != len(options):
        raise Malformed("An option stands twice on a ballot.")
    if kind is Kind.SINGLE and len(options) != 1:
        raise Malformed("A single choice is one option.")
    if kind is Kind.APPROVAL and list(options) != sorted(options):
        raise Malformed("The options of an approval ballot stand in the order of their ids.")
    return options


def _valued(kind: Kind, choices: object) -> tuple[tuple[str, int] | tuple[str, str], ...]:
    if not isinstance(choices, Mapping):
        raise Malformed(f"The choices of a {kind} ballot give each option a value.")
    if not choices:
        raise Malformed("A ballot without choices is blank: its choices are null.")
    if kind is Kind.YES_NO:
        return tuple(sorted((_option(option), _answer(value)) for option, value in choices.items()))
    least = 1 if kind is Kind.POINTS else 0
    return tuple(sorted((_option(option), _number(value, least)) for option, value in choices.items()))


def _option(option: object) -> str:
    if not isinstance(option, str) or not 0 < len(option) <= LONGEST_ID:
        raise Malformed(f"An option is named by 1 to {LONGEST_ID} characters, not by {_shown(option)}.")
    return option


def _number(value: object, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= LARGEST:
        raise Malformed(f"{_shown(value)} is not a whole number from {least} to {LARGEST}.")
    return value


def _answer(value: object) -> str:
    if not isinstance(value, str) or value not in ANSWERS:
        raise Malformed(f"An answer is yes, no or abstain, not {_shown(value)}.")
    return value


def _reason(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_REASON:
        raise Malformed(f"A null ballot has a reason of 1 to {LONGEST_REASON} characters.")
    return value


def _shown(value: object) -> str:
    return repr(value)[:80]
