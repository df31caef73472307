"""Maximin: the least probability is as high as any lottery can make it. What is left over above it falls as it falls; leximin settles that too.

Faster than leximin, and the answer when that takes too long. The bound on the minimum comes from average panels (averages.py), the proof likewise.
"""

from collections.abc import Callable

import highspy
import numpy as np

from .averages import leximin_average
from .fair import TOLERANCE, Fair, Watch
from .instance import Instance
from .panels import Panels, possible
from .searching import answer, prepared
from .types import grouped


def maximin(
    instance: Instance,
    *,
    progress: Callable[[str, float, float | None], None] | None = None,
    stop: Callable[[], bool] | None = None,
    deadline: Callable[[], float] | None = None,
) -> Fair:
    """A maximin lottery. Progress, stop and deadline: see `Watch`. Stages told: "levels", "panels", "mixture", and "raising" if that is not enough."""
    watch = Watch(progress, stop, deadline)
    types = grouped(instance)
    lottery, average, panels = prepared(types, possible(instance, types), watch, leximin_average)
    least = np.where(average.levels > 0, average.floor, 0.0) * types.count
    lottery.aim(least, np.zeros(len(least)))
    grown = lottery.grow(panels, 1.0, watch, "mixture")
    bound = average.floor
    if grown.share < 1 - TOLERANCE and not watch.over():
        grown = lottery.grow(Panels(lottery.types), 1.0, watch, "raising")
        bound = min(bound, average.floor * grown.ceiling if grown.ceiling < highspy.kHighsInf else bound)
    certified = grown.ended and average.floor * grown.share >= bound * (1 - TOLERANCE)
    gap = max(0.0, 1 - average.floor * grown.share / bound)
    return answer("maximin", instance, lottery, bound, certified=certified, stages=1, gap=gap)
