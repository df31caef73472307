"""From numbers per type to people: everyone of a type is on the drawn panel with the same probability.

For each type on its own: panels in turn take whole people, those that are furthest behind first; where that would leave no fair way on,
the panel is cut into pieces with different people of the type. What is left after each step can be shared fairly as long as, for each k, the k people with most to get
do not need more than the panels left have places for k different people (Gale and Ryser); that is checked at each step, so the shares are equal at the end.
"""

from collections.abc import Sequence

import numpy as np

from .types import Numbers, Types

#: probabilities below it are rounding
DUST = 1e-11
Pieces = list[tuple[float, int]]


def spread(
    types: Types, columns: Sequence[Numbers], weights: Numbers
) -> tuple[tuple[tuple[str, ...], ...], tuple[float, ...]]:
    """Panels of ids, sorted, each once, with their weights (sum 1)."""
    holders: list[list[tuple[int, list[tuple[float, float, int]]]]] = [[] for _ in columns]
    for at in range(len(types)):
        wanted = [int(column[at]) for column in columns]
        for panel, shares in _shared(len(types.members[at]), wanted, weights):
            holders[panel].append((at, _laid(shares, float(weights[panel]))))
    found: dict[tuple[str, ...], float] = {}
    for weight, held in zip(weights, holders, strict=True):
        cuts = sorted({end for _at, laid in held for _begin, end, _who in laid if end < weight - DUST})
        begins = [0.0]
        begins += [cut for before, cut in zip([0.0, *cuts], cuts, strict=False) if cut - before > DUST]
        for begin, end in zip(begins, [*begins[1:], float(weight)], strict=True):
            middle = (begin + end) / 2
            people = [
                types.members[at][who] for at, laid in held for start, stop, who in laid if start <= middle < stop
            ]
            key = tuple(sorted(people))
            found[key] = found.get(key, 0.0) + end - begin
    panels = tuple(sorted(found))
    total = sum(found.values())
    return panels, tuple(found[panel] / total for panel in panels)


def _shared(people: int, wanted: Sequence[int], weights: Numbers) -> list[tuple[int, Numbers]]:
    """For each panel that wants some of these people: how long (of its weight) each of them is on it."""
    order = sorted((at for at, number in enumerate(wanted) if number), key=lambda at: (-wanted[at], -weights[at], at))
    ranks = np.arange(1, people + 1)
    room = np.zeros(people)
    for at in order:
        room += weights[at] * np.minimum(wanted[at], ranks)
    left = np.full(people, room[-1] / people)
    found = []
    for at in order:
        number, weight = wanted[at], float(weights[at])
        room -= weight * np.minimum(number, ranks)
        share = np.zeros(people)
        need = number * weight
        for who in np.argsort(-left, kind="stable"):
            share[who] = max(0.0, min(left[who], weight, need))
            need -= share[who]
            if need <= 0:
                break
        if need > DUST or np.any(np.cumsum(np.sort(left - share)[::-1]) > room + DUST):
            share = _levelled(left, weight, number * weight)
        left = left - share
        found.append((at, share))
    return found


def _levelled(left: Numbers, weight: float, need: float) -> Numbers:
    """Take `need` from those who have most left, at most `weight` from each, so that what is left is as even as can be."""
    low, high = float(left.min()) - weight, float(left.max())
    for _step in range(80):
        middle = (low + high) / 2
        if np.clip(left - middle, 0.0, weight).sum() > need:
            low = middle
        else:
            high = middle
    share = np.clip(left - high, 0.0, weight)
    return np.asarray(share * (need / share.sum()))


def _laid(shares: Numbers, weight: float) -> list[tuple[float, float, int]]:
    """Shares laid end to end in rows as long as the weight, so that nobody stands in two rows at once: (begin, end, who)."""
    laid: list[tuple[float, float, int]] = []
    place = 0.0
    for who in np.argsort(-shares, kind="stable"):
        length = float(shares[who])
        if length <= DUST:
            break
        if length >= weight - DUST:
            laid.append((0.0, weight, int(who)))
            continue
        if place + length > weight + DUST:
            laid += [(place, weight, int(who)), (0.0, place + length - weight, int(who))]
            place = place + length - weight
        else:
            laid.append((place, weight if place + length > weight - DUST else place + length, int(who)))
            place = 0.0 if place + length > weight - DUST else place + length
    return laid
