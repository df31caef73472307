"""Instant runoff (alternative vote; "first past the post of those left, again and again").

Each ballot counts for the first option on it that is still in. While more options are in than there are winners, the one with the fewest votes goes. With one
winner the count stops at a majority of the ballots that still count. With several winners the last ones left win (a majority can take all: it is not
proportional). A ballot whose options are all gone is exhausted.

Options tied for last whose votes together stay below the next option's go together: whichever went first, the others would follow, so no tie rule is asked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .outcome import Round, TieBroken
from .sums import Box


@dataclass(frozen=True)
class Runoff:
    """`ranking`: groups, the best first. `undecided`: those tied for last when the tie rule refused; the count stops there."""

    rounds: tuple[Round, ...]
    ranking: tuple[tuple[str, ...], ...]
    scores: Mapping[str, int]
    ties: tuple[TieBroken, ...]
    stuck: bool


def first_choices(box: Box, left: Sequence[str]) -> tuple[dict[str, int], int]:
    """Votes of those left, in their order, and the number of exhausted ballots."""
    votes, exhausted, inside = dict.fromkeys(left, 0), 0, set(left)
    for content, times in box.items():
        if content.choices is not None:
            first = next((option for option in content.options if option in inside), None)
            if first is None:
                exhausted += times
            else:
                votes[first] += times
    return votes, exhausted


Count = Callable[[Sequence[str]], tuple[dict[str, int], int]]


class Firsts:
    """`first_choices` of one box, each set of options counted once: for whoever counts boxes that hardly differ, again and again."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.known: dict[tuple[str, ...], tuple[dict[str, int], int]] = {}

    def __call__(self, left: Sequence[str]) -> tuple[dict[str, int], int]:
        key = tuple(left)
        if key not in self.known:
            self.known[key] = first_choices(self.box, key)
        return self.known[key]

    def changed(self, *, less: Box | None = None, more: Box | None = None) -> Count:
        """The same with some ballots less and others more."""

        def count(left: Sequence[str]) -> tuple[dict[str, int], int]:
            votes, exhausted = self(left)
            votes = dict(votes)
            for sign, few in ((-1, less), (1, more)):
                some, silent = first_choices(few or {}, left)
                exhausted += sign * silent
                for option, times in some.items():
                    votes[option] += sign * times
            return votes, exhausted

        return count


def run(
    count: Count, options: Sequence[str], seats: int, order: Sequence[str] | None, *, to_the_end: bool = False
) -> Runoff:
    """Count. `options`: those that may win, in published order. `order`: the tie rule, first to last. `to_the_end`: don't stop at a majority."""
    left = list(options)
    rounds: list[Round] = []
    ties: list[TieBroken] = []
    gone: list[tuple[str, ...]] = []
    scores = dict.fromkeys(options, 0)
    while left:
        votes, exhausted = count(left)
        scores |= votes
        majority = seats == 1 and not to_the_end and 2 * max(votes.values()) > sum(votes.values())
        if len(left) <= seats or majority:
            rounds.append(Round(votes, exhausted, ()))
            break
        going, tie = last(votes, len(left) - seats, order, len(rounds) + 1)
        if tie:
            ties.append(tie)
        rounds.append(Round(votes, exhausted, going))
        if not going:
            return Runoff(tuple(rounds), _ranked(votes, left, gone), scores, tuple(ties), stuck=True)
        gone.append(going)
        left = [option for option in left if option not in going]
    return Runoff(tuple(rounds), _ranked(scores, left, gone), scores, tuple(ties), stuck=False)


def last(
    votes: Mapping[str, int], may_go: int, order: Sequence[str] | None, number: int
) -> tuple[tuple[str, ...], TieBroken | None]:
    """Who goes now, and the tie that decided it. Nobody goes when the tie rule refuses."""
    fewest = min(votes.values())
    tied = tuple(option for option in votes if votes[option] == fewest)
    others = [count for count in votes.values() if count > fewest]
    together = len(tied) <= may_go and (not others or fewest * len(tied) < min(others))
    if len(tied) == 1 or together:
        return tied, None
    if order is None:
        return (), TieBroken(tied, None, number)
    ranked = tuple(sorted(tied, key=order.index))
    return ranked[-1:], TieBroken(tied, ranked, number)


def _ranked(
    votes: Mapping[str, int], left: Sequence[str], gone: Sequence[tuple[str, ...]]
) -> tuple[tuple[str, ...], ...]:
    """Those left by their votes, then those gone, the last to go first."""
    numbers = sorted({votes[option] for option in left}, reverse=True)
    top = [tuple(option for option in left if votes[option] == number) for number in numbers]
    return (*top, *reversed(gone))
