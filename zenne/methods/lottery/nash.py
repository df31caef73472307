"""Nash: the product of all probabilities (so their geometric mean) is as high as any lottery can make it. Between leximin and equal shares of what is easy to give.

Flanigan et al., Nature 596 (2021), supplement. The logarithm is bounded from above by tangents, more of them where the answer lies, so that each round is a linear program
and the last one proves how near it is. First for average panels (averages.py), then, if panels cannot be mixed to that average, for the panels themselves: there the
proof is that no panel is worth more than the whole pool when a seat of someone with probability p is worth 1/p.
"""

from collections.abc import Callable

import highspy
import numpy as np
import numpy.typing as npt

from .averages import EXACT, Average, leximin_average, polytope, solve
from .errors import LotteryError
from .fair import TOLERANCE, Fair, Watch
from .instance import Instance
from .lotteries import BLUR, EFFORTS, Lottery, asked
from .panels import Panels, possible, quiet
from .searching import answer, prepared
from .types import Numbers, Types, grouped

#: tangents at the beginning, from the smallest level to 1, each so many times the one before
STEP = 1.25
#: of the mean logarithm: where rounds end
NEAR = TOLERANCE / 20
#: the same for average panels: there it costs nothing, and levels are much nearer than their logarithms are
CLOSE = 1e-10
ROUNDS = 60


def nash(
    instance: Instance,
    *,
    progress: Callable[[str, float, float | None], None] | None = None,
    stop: Callable[[], bool] | None = None,
    deadline: Callable[[], float] | None = None,
) -> Fair:
    """The Nash lottery. Progress, stop and deadline: see `Watch`. `bound` is that of leximin: what the minimum could be at most."""
    watch = Watch(progress, stop, deadline)
    types = grouped(instance)
    lottery, average, panels = prepared(types, possible(instance, types), watch, nash_average)
    lottery.aim(average.number, np.zeros(len(average.number)))
    grown = lottery.grow(panels, 1.0, watch, "mixture")
    floor = leximin_average(lottery.types).floor
    gap, stages = max(0.0, 1 - grown.share), average.stages
    if gap > TOLERANCE and not watch.over():
        stages, gap = mixed(lottery, average, watch)
    return answer("nash", instance, lottery, floor, certified=gap <= TOLERANCE, stages=stages, gap=gap)


class _Logarithms:
    """Bounds of the logarithms of levels in a linear program, for some of its columns: the numbers of each type."""

    def __init__(self, model: highspy.Highs, columns: npt.NDArray[np.int64], count: Numbers, low: float) -> None:
        self.model, self.columns, self.count = model, columns.astype(np.int32), count
        self.first = model.getNumCol()
        size = len(columns)
        model.addVars(size, np.full(size, -highspy.kHighsInf), np.zeros(size))
        model.changeColsCost(size, np.arange(self.first, self.first + size, dtype=np.int32), count)
        level = 1.0
        while level > low / STEP:
            self.touch(np.full(size, level))
            level /= STEP

    def touch(self, levels: Numbers) -> None:
        """A tangent for each type where its level is now."""
        for at, level in enumerate(levels):
            pair = np.array([self.columns[at], self.first + at], dtype=np.int32)
            slope = -1.0 / (self.count[at] * level)
            self.model.addRow(-highspy.kHighsInf, float(np.log(level)) - 1.0, 2, pair, np.array([slope, 1.0]))


def nash_average(types: Types) -> Average:
    """The average panel whose levels have the highest product, among all within the polytope; types that cannot be there are left out."""
    fair = leximin_average(types)
    alive = np.flatnonzero(fair.levels > 0)
    count = types.count[alive]
    model = polytope(types)
    logarithms = _Logarithms(model, alive, count, fair.floor / 4)
    rounds, levels = 0, fair.levels
    while rounds < ROUNDS:
        rounds += 1
        solve(model)
        levels = np.array(model.getSolution().col_value[: len(types)]) / types.count
        levels[fair.levels <= 0] = 0.0
        bound = model.getInfo().objective_function_value / count.sum()
        here = np.maximum(levels[alive], fair.floor / 16)
        if bound - count @ np.log(here) / count.sum() < CLOSE:
            break
        logarithms.touch(here)
    return Average(levels * types.count, levels, float(levels[alive].min()), rounds)


def mixed(lottery: Lottery, average: Average, watch: Watch) -> tuple[int, float]:
    """Over the panels themselves, adding those that are worth more than the pool. Rounds, and how far the geometric mean may be from the best (as a share)."""
    types = lottery.types
    alive = np.flatnonzero(average.levels > 0)
    count, people = types.count[alive], float(types.count[alive].sum())
    place = {int(at): number for number, at in enumerate(alive)}
    model = quiet(**EXACT)
    size = len(alive)
    model.addVars(size, np.zeros(size), count)
    for at in range(size):
        model.addRow(0.0, 0.0, 1, np.array([at], dtype=np.int32), np.array([-1.0]))
    model.addRow(1.0, 1.0, 0, [], [])
    model.changeObjectiveSense(highspy.ObjSense.kMaximize)
    logarithms = _Logarithms(model, np.arange(size), count, average.floor / 16)
    columns: list[int] = []

    def take(panel: Numbers) -> None:
        held = np.flatnonzero(panel)
        rows = np.array([*(place[int(at)] for at in held), size], dtype=np.int32)
        columns.append(model.getNumCol())
        model.addCol(0.0, 0.0, highspy.kHighsInf, len(rows), rows, np.append(panel[held], 1.0))

    for panel in lottery.columns:
        take(panel)
    panels = Panels(types)
    random = np.random.default_rng(1)
    rounds, gap = 0, 1.0
    while rounds < 10 * ROUNDS:
        rounds += 1
        solve(model)
        values = np.array(model.getSolution().col_value)
        levels = np.maximum(values[:size] / count, average.floor / 64)
        loose = model.getInfo().objective_function_value / people - count @ np.log(levels) / people
        lottery.weigh(values[columns])
        worth = np.zeros(len(types))
        worth[alive] = 1.0 / levels
        panel, most = _best(panels, worth, people)
        gap = float(-np.expm1(-max(0.0, most / people - 1)))
        watch.tell("raising", 1 - gap)
        if gap <= NEAR or watch.over():
            break
        new = _gains(worth, panel, people) and lottery.add(panel)
        if new:
            take(panel)
        elif loose <= NEAR / 10:
            break
        for _more in range(asked(types) if new else 0):
            other, _most = panels.best(worth * (1 + BLUR * random.normal(size=len(worth))), first=True) or (panel, 0.0)
            if lottery.add(other):
                take(other)
        logarithms.touch(levels)
    return rounds, gap


def _best(panels: Panels, worth: Numbers, people: float) -> tuple[Numbers, float]:
    """A panel that is a gain, with as little effort as finds one; else the best. And what no panel exceeds."""
    found: tuple[Numbers, float] | None = None
    for effort in EFFORTS:
        found = panels.best(worth, **effort)
        if found is None or _gains(worth, found[0], people):
            break
    if found is None:
        raise LotteryError("too-hard")
    return found


def _gains(worth: Numbers, panel: Numbers, people: float) -> bool:
    return float(worth @ panel) / people - 1 > NEAR / 10
