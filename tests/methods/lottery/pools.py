"""Small pools with panels that fit their quotas, to be drawn from."""

from fractions import Fraction
from itertools import combinations

from hypothesis import strategies as st

from zenne.methods.lottery import Entry, Instance, Quota
from zenne.methods.lottery.distribution import Distribution


def pool(size=12, homes=0):
    """Numbers 1 to size; women and men by turns, young and old by pairs; `homes`: so many people share an address."""
    return tuple(
        Entry(
            str(number),
            {"age": "young" if number // 2 % 2 else "old", "gender": "fm"[number % 2]},
            f"{(number - 1) // homes} Rue de la Senne" if homes else "",
        )
        for number in range(1, size + 1)
    )


def quotas(least=1, most=3):
    return tuple(
        Quota(category, value, least, most)
        for category, values in (("age", ("young", "old")), ("gender", "fm"))
        for value in values
    )


def instance(**changes):
    return Instance(**{"pool": pool(), "quotas": quotas(), "size": 4, **changes})


def fitting(given, limit=40):
    """Some panels that break nothing."""
    found = []
    for panel in combinations([entry.id for entry in given.pool], given.size):
        if not given.broken(panel):
            found.append(panel)
        if len(found) == limit:
            break
    return found


def distribution(given, limit=40):
    panels = fitting(given, limit)
    return Distribution.of(panels, [Fraction(1, 2 + place) for place in range(len(panels))])


@st.composite
def weighted(draw):
    """Panels of two to four of nine people, with weights."""
    size = draw(st.integers(2, 4))
    people = [str(number) for number in range(1, 10)]
    panels = draw(
        st.lists(st.lists(st.sampled_from(people), min_size=size, max_size=size, unique=True), min_size=1, max_size=12)
    )
    weights = draw(st.lists(st.floats(1e-9, 1), min_size=len(panels), max_size=len(panels)))
    return size, panels, weights
