"""Panels that meet everything: one of them, or the best one for given worths of the types (mixed-integer programs, solved by HiGHS)."""

import highspy
import numpy as np

from .errors import LotteryError
from .instance import Instance
from .types import Numbers, Types, grouped

#: of one mixed-integer program: fixed seed and one thread, so that the same question has the same answer on every machine
OPTIONS: dict[str, bool | int | float | str] = {"output_flag": False, "threads": 1, "random_seed": 0, "parallel": "off"}
#: branches after which a program is left with the best it has and its proven bound; deterministic, which a time limit would not be
BRANCHES = 20_000
NEAR = 1e-7


def quiet(**options: bool | int | float | str) -> highspy.Highs:
    """A HiGHS model that says nothing and gives the same answers each time."""
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in {**OPTIONS, **options}.items():
        model.setOptionValue(name, value)
    return model


class Panels:
    """The set of all panels within the quotas, as a program that is kept between questions.

    `around`: an average panel (a number per type) that a lottery is to reach. Then only panels that can be part of such a lottery are left: where the
    average fills a quota to its maximum, each of them must.
    """

    def __init__(self, types: Types, around: Numbers | None = None) -> None:
        self.types = types
        self.empty = False
        size = len(types)
        self._every = np.arange(size, dtype=np.int32)
        low, high = types.low, types.high
        if around is not None:
            low = np.where(around >= high - NEAR, high, low)
            high = np.where(around <= NEAR, 0.0, high)
        self._model = quiet(presolve="off", mip_max_nodes=BRANCHES, mip_abs_gap=1e-9)
        self._model.addVars(size, low, high)
        for row in types.rows:
            least, most = row.low, row.high
            if around is not None:
                mean = float(around[row.types].sum())
                least, most = (
                    (row.high if mean >= row.high - NEAR else least),
                    (row.low if mean <= row.low + NEAR else most),
                )
            self._model.addRow(least, most, len(row.types), row.types, np.ones(len(row.types)))
        self._model.changeColsIntegrality(size, self._every, np.full(size, highspy.HighsVarType.kInteger))
        self._model.changeObjectiveSense(highspy.ObjSense.kMaximize)

    def best(self, worth: Numbers, gap: float = 0.0, *, first: bool = False) -> tuple[Numbers, float] | None:
        """The panel of most worth (at most `gap` of it short; or the `first` that comes up), and what no panel exceeds. None if none was found; then `empty` says whether there is none."""
        self._model.setOptionValue("mip_rel_gap", gap)
        self._model.setOptionValue("mip_max_improving_sols", 1 if first else highspy.kHighsIInf)
        self._model.changeColsCost(len(self.types), self._every, worth)
        self._model.run()
        self.empty = self._model.getModelStatus() == highspy.HighsModelStatus.kInfeasible
        panel = np.rint(np.array(self._model.getSolution().col_value))
        if self.empty or len(panel) != len(self.types) or not meets(self.types, panel):
            return None
        return panel, max(float(self._model.getInfo().mip_dual_bound), float(worth @ panel))


def meets(types: Types, panel: Numbers) -> bool:
    """Whether whole numbers per type are a panel: checked by counting, whatever a solver says."""
    within = bool(np.all(panel >= types.low) and np.all(panel <= types.high))
    return within and all(row.low <= panel[row.types].sum() <= row.high for row in types.rows)


def check_seats(instance: Instance) -> None:
    """What no change of quotas can help."""
    limit = instance.per_address
    if len(instance.include) > instance.size:
        raise LotteryError("too-many-included", size=instance.size, included=len(instance.include))
    homes: dict[str, list[str]] = {}
    for entry in instance.eligible:
        homes.setdefault(entry.address, []).append(entry.id)
    alone = len(homes.pop("", []))
    if limit is None:
        seats = len(instance.eligible)
    else:
        seats = alone + sum(min(limit, len(people)) for people in homes.values())
        for people in homes.values():
            together = instance.include.intersection(people)
            if len(together) > limit:
                raise LotteryError("included-together", ids=tuple(sorted(together)), limit=limit)
    if seats < instance.size:
        raise LotteryError("pool-too-small", size=instance.size, seats=seats)


def named(types: Types, panel: Numbers) -> tuple[str, ...]:
    """One panel of people for a number per type: the first of each type."""
    return tuple(sorted(one for at, number in enumerate(panel) for one in types.members[at][: int(number)]))


def feasible(instance: Instance) -> tuple[str, ...]:
    """The ids of some panel (no fair one!): only to know that there is one. LotteryError as `errors` says."""
    types = grouped(instance)
    return named(types, possible(instance, types))


def possible(instance: Instance, types: Types) -> Numbers:
    """Some panel that meets the quotas, as numbers of people by type. Raises LotteryError: `infeasible` where there is none, `too-hard` where none was found in time."""
    check_seats(instance)
    panels = Panels(types)
    found = panels.best(np.zeros(len(types)))
    if found is None:
        raise LotteryError("infeasible" if panels.empty else "too-hard")
    return found[0]
