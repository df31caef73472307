"""Panels drawn by lot from a pool under quotas. Pure; docs/methods/lottery.md says what each algorithm guarantees and what it does not.

leximin.leximin(instance, *, progress=None, stop=None, deadline=None) -> Fair   (so maximin.maximin and nash.nash)
legacy.legacy(instance, seed) -> panel, restarts                            one panel of the older greedy algorithm; legacy.legacy_odds -> Fair
panels.feasible(instance) -> panel                                          any one; LotteryError "infeasible", "pool-too-small", ...
relaxations.relaxations(instance, alternatives=1)                           the smallest changes of quotas that let a panel exist; relaxations.relaxed
solving.solve(instance, algorithm, *, progress=None, stop=None, deadline=None) -> Fair      any of the four by its name, as the first step of a draw

reading.read(pool, categories, size=...) -> Instance                        two CSV files; cells.BadFile has every fault with file, line, column
Distribution.of(fair.panels, fair.weights)                                  a million whole tickets
Commitment.of(instance, distribution, algorithm=, source=)                  .digest and bundle.committed(...) are published; source: Drand.at(moment), Dice(throws)
commitment.draw(given) -> Drawn                                             .outcome has the panel and the reserve; Bundle(drawn).to_bytes() is published
verdict.verify(path, commitment=digest) -> Verdict                          anybody, afterwards
replacement.next_in(instance, seated, reserve, asked)                       who takes a free seat

The solvers are imported by name where they are used: they load HiGHS and NumPy.
"""

from .errors import LotteryError
from .fair import TOLERANCE, Fair
from .instance import Entry, Instance, Quota

__all__ = ["TOLERANCE", "Entry", "Fair", "Instance", "LotteryError", "Quota"]
