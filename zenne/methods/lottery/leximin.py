"""LEXIMIN: the least probability is as high as any lottery can make it; then the next least, and so on. The fair optimum, and unique.

Flanigan, Gölz, Gupta, Hennig and Procaccia, Fair algorithms for selecting citizens' assemblies, Nature 596 (2021). Their algorithm raises one level after
the other by column generation over panels. Here the levels are first found for average panels (averages.py), in a blink; then panels are searched whose mixture has that average.
If they are found, all levels are reached at once and are the best there are. If some panel with parts of people cannot be made of whole ones, the levels are
raised one after the other as in the paper, with the panels that were found.
"""

from collections.abc import Callable

import highspy
import numpy as np

from .averages import WEIGHT, Average, leximin_average
from .fair import TOLERANCE, Fair, Watch
from .instance import Instance
from .lotteries import Lottery
from .panels import Panels, possible
from .searching import answer, prepared
from .types import Numbers, grouped


def leximin(
    instance: Instance,
    *,
    progress: Callable[[str, float, float | None], None] | None = None,
    stop: Callable[[], bool] | None = None,
    deadline: Callable[[], float] | None = None,
) -> Fair:
    """The leximin lottery. Progress, stop and deadline: see `Watch`. Stages told: "levels", "panels", "mixture", and "raising" if that is not enough."""
    watch = Watch(progress, stop, deadline)
    types = grouped(instance)
    first = possible(instance, types)
    lottery, average, panels = prepared(types, first, watch, leximin_average)
    lottery.aim(average.number, np.zeros(len(average.number)))
    grown = lottery.grow(panels, 1.0, watch, "mixture")
    if grown.share >= 1 - TOLERANCE or watch.over():
        gap = max(0.0, 1 - grown.share)
        return answer(
            "leximin", instance, lottery, average.floor, certified=gap <= TOLERANCE, stages=average.stages, gap=gap
        )
    stages, floor = raised(lottery, average, watch)
    return answer(
        "leximin",
        instance,
        lottery,
        floor or average.floor,
        certified=floor is not None,
        stages=stages,
        average=average,
    )


def raised(lottery: Lottery, average: Average, watch: Watch) -> tuple[int, float | None]:
    """One level after the other, over all panels. How many levels were settled, and the least one: None if this ended before the last was proven."""
    types = lottery.types
    count = types.count
    panels = Panels(types)
    levels = np.where(average.levels > 0, np.nan, 0.0)
    stages, least = 0, None
    while np.isnan(levels).any():
        open_ = np.isnan(levels)
        lottery.aim(np.where(open_, count, 0.0), np.where(open_, 0.0, np.nan_to_num(levels) * count))
        watch.tell("raising", 1 - open_.mean())
        grown = lottery.grow(panels, highspy.kHighsInf, watch, "raising")
        if not grown.ended:
            _evened(lottery, levels, grown.share, average.number)
            return stages, None
        stages += 1
        share, worth, _price = lottery.mix()
        weights = np.where(open_, worth * count, 0.0)
        settled = weights >= min(max(WEIGHT, 1e-3 * weights.max()), weights.max())
        levels[settled] = share
        least = share if least is None else least
    return stages, least


def _evened(lottery: Lottery, levels: Numbers, share: float, wanted: Numbers) -> None:
    """When there is no time left: keep what is proven, and bring the others as near to what they should get as the panels found allow."""
    count = lottery.types.count
    floor = np.where(np.isnan(levels), share, levels) * count * (1 - TOLERANCE / 10)
    lottery.aim(np.where(np.isnan(levels), np.maximum(wanted - floor, 0.0), 0.0), floor)
    lottery.mix()
