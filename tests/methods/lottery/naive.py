"""The same answers the slow way: every panel there is, people one by one, one linear program per person and level."""

from itertools import combinations

import highspy
import numpy as np

from zenne.methods.lottery import Instance


def all_panels(instance: Instance) -> list[frozenset[str]]:
    ids = [entry.id for entry in instance.pool]
    return [frozenset(some) for some in combinations(ids, instance.size) if not instance.broken(some)]


def leximin_levels(instance: Instance) -> dict[str, float]:
    """For everyone who is on some panel: the leximin probability."""
    panels = all_panels(instance)
    people = sorted(set().union(*panels))
    levels: dict[str, float] = {}
    while len(levels) < len(people):
        free = [one for one in people if one not in levels]
        least = best(panels, {one: levels.get(one) for one in people}, free)
        floors = {one: levels.get(one, least) for one in people}
        stuck = [one for one in free if best(panels, floors, [one]) <= least + 1e-6]
        assert stuck
        levels.update(dict.fromkeys(stuck, least))
    return levels


def best(panels: list[frozenset[str]], floors: dict[str, float | None], raised: list[str]) -> float:
    """The highest least probability of those `raised`, everyone else having at least what `floors` says."""
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.changeObjectiveSense(highspy.ObjSense.kMaximize)
    model.addCol(1.0, 0.0, 1.0, 0, [], [])
    model.addVars(len(panels), np.zeros(len(panels)), np.ones(len(panels)))
    every = np.arange(1, len(panels) + 1, dtype=np.int32)
    model.addRow(1.0, 1.0, len(panels), every, np.ones(len(panels)))
    for one, floor in floors.items():
        held = np.array([at for at, panel in enumerate(panels, 1) if one in panel], dtype=np.int32)
        if one in raised:
            model.addRow(
                0.0, highspy.kHighsInf, len(held) + 1, np.append(held, np.int32(0)), np.append(np.ones(len(held)), -1.0)
            )
        if floor is not None:
            model.addRow(floor - 1e-9, highspy.kHighsInf, len(held), held, np.ones(len(held)))
    model.run()
    assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(model.getInfo().objective_function_value)


def smallest_change(instance: Instance) -> tuple[int, int]:
    """Over every set of people that keeps all but the quotas: the least seats by which quotas have to move, and how many of them."""
    ids = [entry.id for entry in instance.pool]
    found = []
    for some in combinations(ids, instance.size):
        if any(not one.startswith("quota:") for one in instance.broken(some)):
            continue
        moves = []
        for quota in instance.quotas:
            held = sum(instance.by_id[one].features[quota.category] == quota.value for one in some)
            moves.append(max(quota.minimum - held, held - quota.maximum, 0))
        found.append((sum(moves), sum(move > 0 for move in moves)))
    return min(found)
