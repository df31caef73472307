"""The Schulze method: M. Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method,
Social Choice and Welfare 36 (2011). Links are measured by winning votes. Options that a ballot does not rank stand equal below those it ranks.
"""

from collections.abc import Mapping, Sequence

from .sums import Box

Matrix = Mapping[str, Mapping[str, int]]


def pairwise(box: Box, options: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many ballots put one option before another."""
    table = {one: {other: 0 for other in options if other != one} for one in options}
    for content, times in box.items():
        below = set(options)
        for option in content.options:
            below.discard(option)
            row = table[option]
            for other in below:
                row[other] += times
    return table


def links(table: Matrix) -> dict[str, dict[str, int]]:
    """The number of ballots behind each won duel; a duel that is lost or equal is no link (0)."""
    return {
        one: {other: number if number > table[other][one] else 0 for other, number in row.items()}
        for one, row in table.items()
    }


def strongest_paths(strengths: Matrix) -> dict[str, dict[str, int]]:
    """The strength of the strongest path between any two options: the weakest link of a path is its strength (Floyd and Warshall)."""
    paths = {one: dict(row) for one, row in strengths.items()}
    for middle in paths:
        onward = paths[middle]
        for start, row in paths.items():
            if start == middle:
                continue
            reach = row[middle]
            for end in row:
                if end != middle and row[end] < reach and row[end] < onward[end]:
                    row[end] = min(reach, onward[end])
    return paths


def beaten_by(paths: Matrix) -> dict[str, tuple[str, ...]]:
    """For each option those with a stronger path to it than it has to them. This relation is transitive (Schulze 2011, section 4.1)."""
    return {one: tuple(other for other in row if paths[other][one] > row[other]) for one, row in paths.items()}


def ranked(beaten: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Groups: those whom nobody beats, then those whom nobody of the rest beats, and so on."""
    left, groups = list(beaten), []
    while left:
        inside = set(left)
        group = tuple(option for option in left if inside.isdisjoint(beaten[option]))
        groups.append(group)
        left = [option for option in left if option not in group]
    return tuple(groups)
