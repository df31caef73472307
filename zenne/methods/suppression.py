"""Small groups in a published table: which cells to hide so that none can be computed back.

See docs/methods/suppression.md for what this guarantees and what it does not.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key")

FEWEST = 10


def hidden(people: Mapping[Key, int], *, fewest: int = FEWEST, order: Iterable[Key] = ()) -> frozenset[Key]:
    """The cells to hide in a row of counts of people whose total is published too.

    A cell of 1 to `fewest` - 1 people is hidden. Then, smallest first, as many others as it takes that the hidden cells are at least two,
    that they hold at least `fewest` people together (their sum can be computed from the total), and that their sum leaves more than one
    possibility. A total below `fewest` hides everything. Zero is shown: it says nothing about anybody. `order` decides between equals.
    """
    small = {key for key, number in people.items() if 0 < number < fewest}
    if not small:
        return frozenset()
    place = {key: at for at, key in enumerate(order)}
    rest = sorted(
        (key for key, number in people.items() if number >= fewest),
        key=lambda key: (people[key], place.get(key, len(place))),
    )
    gone = set(small)
    while rest and not _safe([people[key] for key in gone], fewest):
        gone.add(rest.pop(0))
    return frozenset(gone)


def _safe(numbers: list[int], fewest: int) -> bool:
    """Whether somebody who knows the sum of these hidden cells, and that none is zero, learns neither a cell nor a small group."""
    return len(numbers) >= 2 and sum(numbers) >= fewest and sum(numbers) > len(numbers)
