"""Panels drawn by lot from a pool under quotas. Pure; docs/methods/lottery.md says what each algorithm guarantees and what it does not.

leximin(instance, *, progress=None, stop=None, deadline=None) -> Fair       (so maximin and nash)
legacy(instance, seed) -> panel, restarts          one panel of the older greedy algorithm; legacy_odds(instance, seed, draws) -> Fair
feasible(instance) -> panel                        any one; LotteryError "infeasible" or "pool-too-small"
relaxations(instance, alternatives=1) -> the smallest changes of quotas that let a panel exist; relaxed(instance, changes) -> Instance
"""

from .errors import LotteryError
from .fair import TOLERANCE, Fair
from .instance import Entry, Instance, Quota

__all__ = ["TOLERANCE", "Entry", "Fair", "Instance", "LotteryError", "Quota"]
