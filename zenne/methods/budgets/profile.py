"""The ballots: grouped where they are alike, as arrays that NumPy can read whole."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .instance import Instance

Ints = NDArray[np.int64]
Approvals = Iterable[str]
Points = Mapping[str, int]

#: sums of that many ballots and points are still exact in a float, which is what `bincount` adds in
LARGEST = 2**53
#: that many projects are numbered by 16 bits, which NumPy sorts in one go (radix sort) and many times faster
SMALL = 2**16


class NotABallot(ValueError):
    """A ballot names what is no project, or names it twice."""


@dataclass(frozen=True, eq=False)
class Profile:
    """Groups of like ballots, as a sparse matrix by rows (CSR).

    voters    how many ballots, blank ones included: the budget of equal shares is divided among them all
    copies    how many ballots each group has
    start     where each group's entries begin in `choice` and `weight`; one longer than `copies`
    choice    the positions of the projects that a group supports
    weight    how strongly: 1 for an approval, the points otherwise; always above 0
    score     per project: the sum of weights, points below 0 included
    """

    voters: int
    copies: Ints
    start: Ints
    choice: Ints
    weight: Ints
    score: Ints

    @classmethod
    def of(cls, instance: Instance, ballots: Iterable[Approvals | Points]) -> Self:
        """From ballots as sets of project ids (approvals) or as points for project ids. A blank ballot is an empty one."""
        found: Counter[tuple[tuple[int, int], ...]] = Counter()
        for ballot in ballots:
            entries = list(ballot.items()) if isinstance(ballot, Mapping) else [(one, 1) for one in ballot]
            try:
                row = sorted((instance.position[one], points) for one, points in entries)
            except KeyError as unknown:
                raise NotABallot(f"{unknown.args[0]!r} is no project") from None
            if len({at for at, _points in row}) < len(row):
                raise NotABallot("a ballot names a project twice")
            found[tuple(row)] += 1
        rows = sorted(found)
        return cls.from_rows(
            len(instance.projects),
            copies=[found[row] for row in rows],
            lengths=[len(row) for row in rows],
            choice=[at for row in rows for at, _points in row],
            points=[points for row in rows for _at, points in row],
        )

    @classmethod
    def from_rows(
        cls,
        projects: int,
        *,
        copies: Sequence[int] | Ints,
        lengths: Sequence[int] | Ints,
        choice: Sequence[int] | Ints,
        points: Sequence[int] | Ints | None = None,
    ) -> Self:
        """From groups laid end to end: `lengths[g]` entries of `choice` (positions of projects) and `points` belong to group g."""
        copies, lengths, choice = (np.asarray(one, dtype=np.int64) for one in (copies, lengths, choice))
        weight = np.ones(len(choice), np.int64) if points is None else np.asarray(points, dtype=np.int64)
        owner = np.repeat(np.arange(len(copies)), lengths)
        if float((np.abs(weight).astype(float) * copies[owner]).sum()) >= LARGEST:
            raise NotABallot("the points of all ballots together are too many to be added exactly")
        score = np.bincount(choice, weights=weight * copies[owner], minlength=projects).astype(np.int64)
        kept = weight > 0
        if not kept.all():
            lengths = np.bincount(owner[kept], minlength=len(copies))
            choice, weight = choice[kept], weight[kept]
        start = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        return cls(int(copies.sum()), copies, start, choice, weight, score)

    @classmethod
    def joined(cls, profiles: Iterable["Profile"]) -> Self:
        """The ballots of several profiles on the same projects, as one."""
        parts = list(profiles)
        ends = np.cumsum([0] + [len(part.choice) for part in parts])
        starts = [part.start[:-1] + end for part, end in zip(parts, ends[:-1], strict=True)]
        return cls(
            sum(part.voters for part in parts),
            np.concatenate([part.copies for part in parts]),
            np.concatenate([*starts, ends[-1:]]).astype(np.int64),
            np.concatenate([part.choice for part in parts]),
            np.concatenate([part.weight for part in parts]),
            np.sum([part.score for part in parts], axis=0),
        )

    def only(self, projects: Sequence[int], *, everyone: bool = True) -> "Profile":
        """The same ballots for these projects alone, renumbered in the order given.

        `everyone=False` leaves out who supports none of them: then only those who vote on a heading share its budget.
        """
        place = np.full(len(self.score), -1, np.int64)
        place[list(projects)] = np.arange(len(projects))
        kept = place[self.choice] >= 0
        lengths = np.bincount(self.owner[kept], minlength=len(self.copies))
        groups = np.ones(len(self.copies), bool) if everyone else lengths > 0
        copies = self.copies[groups]
        return Profile(
            self.voters if everyone else int(copies.sum()),
            copies,
            np.concatenate(([0], np.cumsum(lengths[groups]))).astype(np.int64),
            place[self.choice[kept]],
            self.weight[kept],
            self.score[list(projects)],
        )

    def with_votes(self, project: int, voters: Mapping[int, int]) -> "Profile":
        """The same ballots, but so many voters of some groups support one more project, each with weight 1."""
        groups = np.array(sorted(voters), dtype=np.int64)
        more = np.array([voters[group] for group in groups.tolist()], dtype=np.int64)
        copies = self.copies.copy()
        copies[groups] -= more
        lengths = self.start[groups + 1] - self.start[groups]
        entries = self.entries(groups)
        choice = np.insert(self.choice[entries], np.cumsum(lengths), project)
        weight = np.insert(self.weight[entries], np.cumsum(lengths), 1)
        score = self.score.copy()
        score[project] += int(more.sum())
        found = Profile.from_rows(
            len(self.score),
            copies=np.concatenate([copies, more]),
            lengths=np.concatenate([np.bincount(self.owner, minlength=len(self.copies)), lengths + 1]),
            choice=np.concatenate([self.choice, choice]),
            points=np.concatenate([self.weight, weight]),
        )
        return replace(found, score=score)

    @cached_property
    def owner(self) -> Ints:
        """Whose each entry is: the group of every entry of `choice` and `weight`."""
        return np.repeat(np.arange(len(self.copies)), np.diff(self.start))

    @cached_property
    def votes(self) -> Ints:
        """Per project: how many ballots support it."""
        return np.bincount(self.choice, weights=self.copies[self.owner], minlength=len(self.score)).astype(np.int64)

    @cached_property
    def weights(self) -> Ints:
        """Per project: the weights of all who support it, together."""
        stake = self.weight * self.copies[self.owner]
        return np.bincount(self.choice, weights=stake, minlength=len(self.score)).astype(np.int64)

    @cached_property
    def _by_project(self) -> tuple[Ints, Ints, Ints]:
        """The transposed matrix (CSC): start of each project, then group and weight of each entry."""
        few = len(self.score) <= SMALL
        order = np.argsort(self.choice.astype(np.uint16) if few else self.choice, kind="stable")
        start = np.searchsorted(self.choice[order], np.arange(len(self.score) + 1))
        return start.astype(np.int64), self.owner[order], self.weight[order]

    def supporters(self, project: int) -> tuple[Ints, Ints]:
        """The groups that support a project, and with what weight each."""
        start, group, weight = self._by_project
        here = slice(start[project], start[project + 1])
        return group[here], weight[here]

    def entries(self, groups: Ints) -> Ints:
        """Where the entries of some groups lie in `choice` and `weight`, group by group."""
        first, lengths = self.start[groups], self.start[groups + 1] - self.start[groups]
        before = np.cumsum(lengths) - lengths
        return np.repeat(first - before, lengths) + np.arange(int(lengths.sum()))
