"""Small groups in a published table: which cells to hide so that none can be computed back.

See docs/methods/suppression.md for what this guarantees and what it does not.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TypeVar

Key = TypeVar("Key")

FEWEST = 10


def hidden(
    people: Mapping[Key, int],
    *,
    beside: Sequence[Mapping[Key, int]] = (),
    fewest: int = FEWEST,
    order: Iterable[Key] = (),
) -> frozenset[Key]:
    """The cells to hide in a row of counts of people whose total is published too.

    A cell of 1 to `fewest` - 1 people is hidden. Then, smallest first, as many others as it takes that the hidden cells are at least two,
    that they hold at least `fewest` people together (their sum can be computed from the total), and that their sum leaves more than one
    possibility. A total below `fewest` hides everything. Zero is shown: it says nothing about anybody. `order` decides between equals.

    `beside`: where another table of the same people is published, of which this one is a part, how many of each cell are in that one only. Who subtracts
    the tables counts them, so a cell with 1 to `fewest` - 1 of them is hidden too, and the hidden cells hold none of them or `fewest` together.
    """
    small = {
        key
        for key, number in people.items()
        if number and any(0 < each < fewest for each in _numbers(key, people, beside))
    }
    if not small:
        return frozenset()
    place = {key: at for at, key in enumerate(order)}
    rest = sorted(
        (key for key, number in people.items() if number and key not in small),
        key=lambda key: (people[key], place.get(key, len(place))),
    )
    gone = set(small)
    while rest and not _safe(gone, people, beside, fewest):
        gone.add(next((key for key in rest if _safe({*gone, key}, people, beside, fewest)), rest[0]))
        rest = [key for key in rest if key not in gone]
    return frozenset(gone)


def _numbers(key: Key, people: Mapping[Key, int], beside: Sequence[Mapping[Key, int]]) -> Iterable[int]:
    return (people[key], *(other.get(key, 0) for other in beside))


def _safe(gone: Set[Key], people: Mapping[Key, int], beside: Sequence[Mapping[Key, int]], fewest: int) -> bool:
    """Whether somebody who knows the sum of these hidden cells, and that none is zero, learns neither a cell nor a small group; in no table."""
    together = sum(people[key] for key in gone)
    others = (sum(other.get(key, 0) for key in gone) for other in beside)
    return (
        len(gone) >= 2 and together >= fewest and together > len(gone) and all(not 0 < each < fewest for each in others)
    )
