"""An election as a Pabulib file holds it."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import overload


class Malformed(ValueError):
    """A file breaks the format: `line` (from 1) and `reason`."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


class VoteType(StrEnum):
    APPROVAL = "approval"
    CHOOSE_1 = "choose-1"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"
    ORDINAL = "ordinal"

    @property
    def pointed(self) -> bool:
        """Does a vote say how strongly? (A ranking does: its points are the reverse of the places, unless it names them.)"""
        return self not in (VoteType.APPROVAL, VoteType.CHOOSE_1)


@dataclass(frozen=True, slots=True)
class Project:
    """`cost` in the election's smallest unit. `extra`: the other columns of its row, as they stand."""

    id: str
    cost: int
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def selected(self) -> bool | None:
        """The official outcome, where the file carries it: 0 is not selected, anything else is."""
        told = self.extra.get("selected", "").strip()
        return None if told in ("", "None") else told != "0"


@dataclass(frozen=True, slots=True)
class Vote:
    """`choices` in the order written (a ranking: best first); `points` beside them, a whole number of 1/`points_unit`, or None for approvals."""

    voter: str
    choices: tuple[str, ...]
    points: tuple[int, ...] | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Patterns:
    """The different votes of an election, laid end to end: `choice` holds positions of projects, `lengths` says how many belong to each."""

    copies: "array[int]"
    lengths: "array[int]"
    choice: "array[int]"
    points: "array[int] | None"


@dataclass(frozen=True, eq=False)
class Rows(Sequence[Vote]):
    """The votes of a file: rows as they were read, made into Vote objects only when asked for. A million of them fit in memory."""

    ids: tuple[str, ...]
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    of: Sequence[int]
    patterns: Patterns
    starts: Sequence[int]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Vote]:
        return (self._vote(at) for at in range(len(self.rows)))

    @overload
    def __getitem__(self, at: int) -> Vote: ...
    @overload
    def __getitem__(self, at: slice) -> list[Vote]: ...
    def __getitem__(self, at: int | slice) -> Vote | list[Vote]:
        if isinstance(at, slice):
            return [self._vote(one) for one in range(*at.indices(len(self.rows)))]
        return self._vote(range(len(self.rows))[at])

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    def __hash__(self) -> int:
        return hash(len(self.rows))

    def _vote(self, at: int) -> Vote:
        row, start = dict(zip(self.columns, self.rows[at], strict=True)), self.starts[self.of[at]]
        here = slice(start, start + self.patterns.lengths[self.of[at]])
        points = None if self.patterns.points is None else tuple(self.patterns.points[here])
        voter = row.pop("voter_id")
        del row["vote"]
        row.pop("points", None)
        return Vote(voter, tuple(self.ids[one] for one in self.patterns.choice[here]), points, row)


@dataclass(frozen=True)
class Election:
    """`budget` and costs in whole numbers of 1/`unit` of the currency (100: cents), points in 1/`points_unit`. `meta`: every key, as it stands."""

    meta: Mapping[str, str]
    vote_type: VoteType
    budget: int
    projects: tuple[Project, ...]
    votes: Sequence[Vote]
    unit: int = 100
    points_unit: int = 1

    def patterns(self) -> Patterns:
        """The different votes and how often each was cast."""
        if isinstance(self.votes, Rows):
            return self.votes.patterns
        return patterns_of(
            self.votes, {project.id: at for at, project in enumerate(self.projects)}, pointed=self.vote_type.pointed
        )

    @property
    def official(self) -> frozenset[str] | None:
        """Which projects the file says were selected, or None where it does not say."""
        told = {project.id: project.selected for project in self.projects}
        return None if None in told.values() else frozenset(one for one, selected in told.items() if selected)


def patterns_of(votes: Iterable[Vote], position: Mapping[str, int], *, pointed: bool) -> Patterns:
    """Equal votes together, with how often each was given. `position`: the place of a project by its id; `pointed`: whether votes hold points."""
    found: dict[tuple[tuple[str, ...], tuple[int, ...] | None], int] = {}
    for vote in votes:
        found[vote.choices, vote.points] = found.get((vote.choices, vote.points), 0) + 1
    return Patterns(
        array("q", found.values()),
        array("q", (len(choices) for choices, _points in found)),
        array("q", (position[one] for choices, _points in found for one in choices)),
        array("q", (one for _choices, points in found for one in points or ())) if pointed else None,
    )
