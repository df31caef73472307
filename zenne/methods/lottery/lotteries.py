"""Lotteries under way: panels found so far, the best mixture of them, and the search for the panel that would improve it (column generation).

The mixture is a linear program with one column per panel, kept and warm between questions. Its dual values say what a seat of each type is worth; the panel
of most worth, found by a mixed-integer program, is the one that helps most, and if none is worth more than the present price, the mixture is the best of all lotteries.
"""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from .averages import EXACT, solve
from .fair import Watch
from .panels import Panels, quiet
from .types import Numbers, Types

#: of the share reached: below it nothing more is gained
ENOUGH = 1e-9
#: how hard a better panel is searched: the first that comes up is taken while it is one, a nearly best one then; only the proof at the end asks for the best
EFFORTS: tuple[dict[str, Any], ...] = ({"first": True}, {"gap": 0.02}, {"gap": 0.0})
#: panels asked for at prices blurred by so much (as a share of the mean price), besides the one at the price itself; fewer where types are few
ASKED = 15
BLUR = 0.3


@dataclass(frozen=True)
class Grown:
    """`share` reached, `ceiling`: what no lottery exceeds; `ended`: nothing is left to find (else told to stop, or a program was too hard)."""

    share: float
    ceiling: float
    ended: bool


def asked(types: Types) -> int:
    """How many panels are asked for in one round: more where there are more kinds of people."""
    return min(ASKED, len(types) // 16 + 1)


class Lottery:
    """Columns and weights. The program: as large a `share` as can be, with (mean number of each type) >= share x scale + floor."""

    def __init__(self, types: Types) -> None:
        self.types = types
        self.columns: list[Numbers] = []
        self._known: set[bytes] = set()
        size = len(types)
        self._every = np.arange(size, dtype=np.int32)
        self._model = quiet(**EXACT)
        self._model.addCol(1.0, -1.0, highspy.kHighsInf, 0, [], [])
        for at in range(size):
            self._model.addRow(0.0, highspy.kHighsInf, 1, np.array([0], dtype=np.int32), np.array([-types.count[at]]))
        self._model.addRow(1.0, 1.0, 0, [], [])
        self._model.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._weights: Numbers | None = None
        self._random = np.random.default_rng(0)

    def add(self, panel: Numbers) -> bool:
        """Whether it was new."""
        key = panel.astype(np.int16).tobytes()
        if key in self._known:
            return False
        self._known.add(key)
        self.columns.append(panel)
        held = np.flatnonzero(panel).astype(np.int32)
        rows = np.append(held, np.int32(len(self.types))).astype(np.int32)
        self._model.addCol(0.0, 0.0, highspy.kHighsInf, len(rows), rows, np.append(panel[held], 1.0))
        return True

    def aim(self, scale: Numbers, floor: Numbers) -> None:
        """What is to be reached from now on."""
        for at in range(len(self.types)):
            self._model.changeCoeff(at, 0, -float(scale[at]))
            self._model.changeRowBounds(at, float(floor[at]), highspy.kHighsInf)

    def mix(self) -> tuple[float, Numbers, float]:
        """The best mixture: the share it reaches, the worth of a seat of each type, and the price of a panel."""
        solve(self._model)
        self._weights = None
        duals = np.array(self._model.getSolution().row_dual)
        return float(self._model.getInfo().objective_function_value), np.maximum(-duals[:-1], 0.0), float(duals[-1])

    @property
    def weights(self) -> Numbers:
        """Of each column in the last mixture; sum 1."""
        given = self._weights if self._weights is not None else np.array(self._model.getSolution().col_value[1:])
        weights = np.zeros(len(self.columns))
        weights[: len(given)] = np.maximum(given, 0.0)
        weights[weights < 1e-12] = 0.0
        return np.asarray(weights / weights.sum())

    def weigh(self, weights: Numbers) -> None:
        """Take a mixture that was found elsewhere."""
        self._weights = weights

    def mean(self) -> Numbers:
        """How many of each type the last mixture seats on average."""
        return np.asarray(self.weights @ np.array(self.columns))

    def scatter(self, panels: Panels, number: int, watch: Watch, stage: str) -> None:
        """A first stock: the outermost panels in so many random directions. What they enclose, a mixture reaches."""
        for done in range(number):
            if watch.over():
                return
            watch.tell(stage, done / number)
            found = panels.best(self._random.normal(size=len(self.types)), first=True)
            if found is not None:
                self.add(found[0])

    def grow(self, panels: Panels, goal: float, watch: Watch, stage: str) -> Grown:
        """Add panels until the share reaches the goal, or no panel can raise it."""
        ceiling = highspy.kHighsInf
        while True:
            share, worth, price = self.mix()
            watch.tell(stage, share / goal if goal < highspy.kHighsInf else 0.0)
            if share >= goal - ENOUGH:
                return Grown(share, min(ceiling, goal), ended=True)
            if watch.over():
                return Grown(share, ceiling, ended=False)
            excess, new = self._ask(panels, worth, price)
            ceiling = min(ceiling, share + excess)
            if excess <= ENOUGH * max(1.0, abs(share)):
                return Grown(share, share + excess, ended=True)
            if not self._blurred(panels, worth, price, watch) and not new:
                return Grown(share, ceiling, ended=False)

    def _ask(self, panels: Panels, worth: Numbers, price: float) -> tuple[float, bool]:
        """By how much a panel could at most be worth more than the price, and whether a new one that is was found: with as little effort as finds one."""
        excess = highspy.kHighsInf
        for effort in EFFORTS:
            found = panels.best(worth, **effort)
            if found is None:
                return (0.0 if panels.empty else excess), False
            panel, most = found
            excess = min(excess, max(0.0, most - price))
            if worth @ panel - price > ENOUGH and self.add(panel):
                return excess, True
        return excess, False

    def _blurred(self, panels: Panels, worth: Numbers, price: float, watch: Watch) -> bool:
        """Whether asking around the price found new panels that are worth more than it."""
        new = False
        blur = BLUR * float(worth.mean())
        for _more in range(asked(self.types)):
            if watch.over():
                break
            found = panels.best(worth + blur * self._random.normal(size=len(worth)), first=True)
            if found is not None and worth @ found[0] - price > ENOUGH:
                new = self.add(found[0]) or new
        return new
