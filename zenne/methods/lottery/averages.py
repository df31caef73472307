"""The fairest average panel when a panel may have parts of people: an upper bound on every lottery, and nearly always its answer.

A lottery over panels has an average panel: how many of each type it seats on average. Averages meet the quotas too, so they lie in the
polytope {number of each type, not necessarily whole, within the quotas}. What is best in the whole polytope is at least as good as any
lottery; it takes linear programs with one column per type only. If panels can be found whose mixture has just this average (lotteries.py), the lottery is the best one,
and that is proven without looking at a single other panel.
"""

from dataclasses import dataclass

import highspy
import numpy as np

from .panels import quiet
from .types import Numbers, Types

#: the tightest HiGHS takes with comfort
EXACT: dict[str, bool | int | float | str] = {"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9}
#: a level that weighs less than this in the proof of a stage is left to the next one
WEIGHT = 1e-6


@dataclass(frozen=True)
class Average:
    """`number` of each type on the average panel; `levels` = number / people of that type: their probability. `floor`: the least level of a type that can be drawn."""

    number: Numbers
    levels: Numbers
    floor: float
    stages: int


def polytope(types: Types, spare: int = 0) -> highspy.Highs:
    """A linear program whose first columns are the numbers of each type, within all rows; then `spare` free columns."""
    model = quiet(presolve="off", **EXACT)
    size = len(types)
    model.addVars(size, types.low, types.high)
    model.addVars(spare, np.full(spare, -highspy.kHighsInf), np.full(spare, highspy.kHighsInf))
    for row in types.rows:
        model.addRow(row.low, row.high, len(row.types), row.types, np.ones(len(row.types)))
    model.changeObjectiveSense(highspy.ObjSense.kMaximize)
    return model


def leximin_average(types: Types) -> Average:
    """The least level as high as it can be, then the next, ... Unique.

    Each stage is one linear program: raise the least level of the types that are not settled. Those that carry the dual proof of its
    optimum cannot be higher while all others are as high, and are settled.
    """
    size, count = len(types), types.count
    model = polytope(types, spare=1)
    first = model.getNumRow()
    model.changeColCost(size, 1.0)
    for at in range(size):
        pair = np.array([at, size], dtype=np.int32)
        model.addRow(0.0, highspy.kHighsInf, 2, pair, np.array([1.0 / count[at], -1.0]))
    levels = np.full(size, np.nan)
    done = 0
    while np.isnan(levels).any():
        done += 1
        solve(model)
        answer = model.getSolution()
        level = max(0.0, float(answer.col_value[size]))
        weights = np.abs(np.array(answer.row_dual[first:]))
        weights[~np.isnan(levels)] = 0.0
        for proven in np.flatnonzero(weights >= min(WEIGHT, weights.max())):
            levels[proven] = 0.0 if level < 1e-9 else level
            model.changeCoeff(first + int(proven), size, 0.0)
            model.changeRowBounds(first + int(proven), float(levels[proven]), highspy.kHighsInf)
    return Average(levels * count, levels, float(levels[levels > 0].min()), done)


def solve(model: highspy.Highs) -> None:
    """Run a linear program that has an optimum."""
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        # a basis that went stale: once from the beginning
        model.clearSolver()
        model.run()
    status = model.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise ArithmeticError(f"HiGHS found no optimum: {model.modelStatusToString(status)}")
