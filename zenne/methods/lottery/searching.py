"""What leximin, maximin and Nash share: the average to reach and a first stock of panels at the beginning, the answer in people at the end."""

from collections.abc import Callable

import numpy as np

from .averages import Average
from .fair import TOLERANCE, Fair, Watch
from .instance import Instance
from .lotteries import Lottery
from .panels import Panels
from .spreading import spread
from .types import Numbers, Types

#: panels scattered at first, for each type
STOCK = 1.0


def prepared(
    types: Types, first: Numbers, watch: Watch, best: Callable[[Types], Average]
) -> tuple[Lottery, Average, Panels]:
    """A stock of panels around the average that is aimed at. Types that no panel can hold are found out and left at 0."""
    while True:
        watch.tell("levels", 0.0)
        average = best(types)
        watch.bound = average.floor
        types = types.without([int(at) for at in np.flatnonzero(average.levels <= 0)])
        lottery = Lottery(types)
        lottery.add(first)
        panels = Panels(types, average.number)
        lottery.scatter(panels, round(STOCK * len(types)), watch, "panels")
        dead = _unreachable(lottery, average, panels)
        if not dead:
            return lottery, average, panels
        types = types.without(dead)


def _unreachable(lottery: Lottery, average: Average, panels: Panels) -> list[int]:
    """Of the types that no panel of the stock holds: those that none can hold. (For the others, one is added that does.)"""
    held = np.any(np.array(lottery.columns) > 0, axis=0)
    every = Panels(lottery.types)
    dead = []
    for at in np.flatnonzero(~held & (average.levels > 0)):
        alone = np.zeros(len(held))
        alone[at] = 1.0
        for source in (panels, every):
            found = source.best(alone, 0.5)
            if found is not None and found[0][at] > 0:
                lottery.add(found[0])
                break
        else:
            if every.empty or (found is not None and found[1] < 1):
                dead.append(int(at))
    return dead


def answer(
    algorithm: str,
    instance: Instance,
    lottery: Lottery,
    bound: float,
    *,
    certified: bool,
    stages: int,
    gap: float | None = None,
    average: Average | None = None,
) -> Fair:
    """The mixture in people. Where the gap is not known, it is measured against the `average` that bounds every level."""
    types = lottery.types
    weights = lottery.weights
    used = np.flatnonzero(weights > 0)
    panels, shares = spread(types, [lottery.columns[at] for at in used], weights[used])
    probabilities = {entry.id: 0.0 for entry in instance.pool}
    for panel, share in zip(panels, shares, strict=True):
        for one in panel:
            probabilities[one] += share
    held = types.high > 0
    unreachable = sorted(one for at in np.flatnonzero(~held) for one in types.members[at])
    reachable = [one for at in np.flatnonzero(held) for one in types.members[at]]
    minimum = min(probabilities[one] for one in reachable)
    if gap is None:
        gap = 0.0
        if not certified and average is not None:
            levels = lottery.mean() / types.count
            gap = float(max(0.0, np.max(1 - levels[held] / average.levels[held])))
    return Fair(
        algorithm=algorithm,
        probabilities={one: min(1.0, share) for one, share in probabilities.items()},
        panels=panels,
        weights=shares,
        minimum=min(1.0, minimum),
        bound=min(1.0, max(minimum, bound)),
        certified=certified and minimum >= bound * (1 - TOLERANCE) if algorithm != "nash" else certified,
        stages=stages,
        gap=gap,
        unreachable=tuple(unreachable),
    )
