"""What a count leaves: figures, winners, and every step that led to them, as frozen plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .rule import Method

Number = int | Fraction


@dataclass(frozen=True)
class Turnout:
    """`cast` = `valid` + `blank` + `null`; `reasons` says why ballots are null."""

    cast: int
    valid: int
    blank: int
    null: int
    reasons: Mapping[str, int]
    electorate: int | None = None

    def plain(self) -> dict[str, Any]:
        return {
            "cast": self.cast,
            "valid": self.valid,
            "blank": self.blank,
            "null": self.null,
            "reasons": dict(self.reasons),
            "electorate": self.electorate,
        }


@dataclass(frozen=True)
class TieBroken:
    """Options that were equal where it mattered. `order`: first to last by the tie rule; None when the rule refuses, and nothing is decided among them.

    `round` is the elimination round (from 1), None for the last seat.
    """

    options: tuple[str, ...]
    order: tuple[str, ...] | None
    round: int | None = None


@dataclass(frozen=True)
class Round:
    """Of an instant runoff: first preferences among those left, ballots that name none of them, and who goes."""

    votes: Mapping[str, int]
    exhausted: int
    eliminated: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """One contest, counted.

    `scores`: votes, points, scores, yes minus no, or Borda points; for a runoff the votes of the last round an option was in; for Schulze the number of options
    it is not beaten by. `support`: ballots that name the option (yes/no: that say yes; score: above zero). `needed`: the support an option had to have to win; `ranking`: groups of equals, the
    best first, over all options. `undecided`: those the tie rule refused to choose among. When the quorum is not reached nobody wins.
    """

    method: Method
    turnout: Turnout
    quorum: int | None
    winners: tuple[str, ...]
    undecided: tuple[str, ...]
    ranking: tuple[tuple[str, ...], ...]
    scores: Mapping[str, Number]
    support: Mapping[str, int]
    needed: Mapping[str, int]
    ties: tuple[TieBroken, ...] = ()
    rounds: tuple[Round, ...] = ()
    pairwise: Mapping[str, Mapping[str, int]] | None = None
    paths: Mapping[str, Mapping[str, int]] | None = None

    @property
    def quorate(self) -> bool:
        return self.quorum is None or self.turnout.cast >= self.quorum

    def eligible(self, option: str) -> bool:
        return self.support[option] >= self.needed[option]

    def plain(self) -> dict[str, Any]:
        """For JSON; a score that is no whole number is written "5/2"."""
        return {
            "method": self.method.value,
            "turnout": self.turnout.plain(),
            "quorum": {"needed": self.quorum, "reached": self.quorate} if self.quorum is not None else None,
            "winners": list(self.winners),
            "undecided": list(self.undecided),
            "ranking": [list(group) for group in self.ranking],
            "scores": {option: plain_number(score) for option, score in self.scores.items()},
            "support": dict(self.support),
            "needed": dict(self.needed),
            "ties": [
                {"options": list(tie.options), "order": list(tie.order) if tie.order else None, "round": tie.round}
                for tie in self.ties
            ],
            "rounds": [
                {"votes": dict(step.votes), "exhausted": step.exhausted, "eliminated": list(step.eliminated)}
                for step in self.rounds
            ],
            "pairwise": _plain_matrix(self.pairwise),
            "paths": _plain_matrix(self.paths),
        }


def plain_number(value: Number) -> int | str:
    """As JSON holds it without a loss: a whole number, or a fraction in lowest terms as text ("7/2")."""
    return int(value) if value == int(value) else str(value)


def _plain_matrix(matrix: Mapping[str, Mapping[str, int]] | None) -> dict[str, dict[str, int]] | None:
    return {one: dict(row) for one, row in matrix.items()} if matrix is not None else None


def levels(scores: Mapping[str, Number], options: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of equal score, the highest first; inside a group as `options` are ordered."""
    found: dict[Number, list[str]] = {}
    for option in options:
        found.setdefault(scores[option], []).append(option)
    return tuple(tuple(found[score]) for score in sorted(found, reverse=True))
