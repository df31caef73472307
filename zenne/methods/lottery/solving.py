"""The algorithms by their names, all to one answer: a distribution over panels, which is the first step of every draw.

LEGACY gives one panel, not odds: a chain of random choices that starts again when it gets stuck. To be drawn in two steps like the others it is run
LEGACY_DRAWS times from one stream of chance whose seed is the instance's digest, which follows from pool and quotas alone, and each panel found is as likely
as it was often found. Odds of this draw are then exact; as estimates of what LEGACY would give they have the spread of a sample of that size.
"""

from collections.abc import Callable
from importlib import import_module

from .fair import Fair
from .instance import Instance

ALGORITHMS = ("leximin", "maximin", "nash", "legacy")
LEGACY_DRAWS = 1_000


def solve(
    instance: Instance,
    algorithm: str,
    *,
    progress: Callable[[str, float, float | None], None] | None = None,
    stop: Callable[[], bool] | None = None,
    deadline: Callable[[], float] | None = None,
) -> Fair:
    """The odds by one of ALGORITHMS. Raises LotteryError; `infeasible` asks for `relaxations`."""
    module = import_module(f"{__package__}.{algorithm}")  # late: the solver behind them is large
    found: Fair
    if algorithm == "legacy":
        found = module.legacy_odds(
            instance, instance.digest, LEGACY_DRAWS, progress=progress, stop=stop, deadline=deadline
        )
    else:
        found = getattr(module, algorithm)(instance, progress=progress, stop=stop, deadline=deadline)
    return found
