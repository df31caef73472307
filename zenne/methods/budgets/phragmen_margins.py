"""How many votes are enough under Phragmén's rule: a bound, proven in docs/methods/budgets.md."""

from collections.abc import Iterable

import numpy as np

from .instance import Instance
from .phragmen import Clock
from .profile import Profile
from .purses import Floats
from .ties import TieRule

#: far above any rounding of sums of millions of floats: the bound stays on the safe side
SAFE = 1e-9


def enough_to_be_early(instance: Instance, profile: Profile, ties: TieRule, projects: Iterable[int]) -> dict[int, int]:
    """For each losing project, so many votes of others that it would have been bought at the last moment at which the budget still bore it.

    Until a project is bought, votes for it change nothing else; so it wins if its own moment comes before that of the purchase that was made.
    """
    clock, found = Clock(instance, profile, ties), {}
    waiting, left = set(projects), instance.budget
    steps = clock.steps()
    costs = [instance.costs[instance.position[step.project]] for step in steps]
    after = [left - sum(costs[:place]) for place in range(len(costs) + 1)]
    again = Clock(instance, profile, ties)
    for place in range(len(costs) + 1):
        due = [
            at
            for at in waiting
            if after[place] >= instance.costs[at] and (place == len(costs) or after[place + 1] < instance.costs[at])
        ]
        moment = float(steps[place].rate) if place < len(costs) else again.end()
        for at in due:
            votes = _votes(again, at, moment)
            if votes is not None:
                found[at] = votes
        if place < len(costs):
            again.repeat(steps[place])
    return found


def _votes(clock: Clock, at: int, moment: float) -> int | None:
    """The fewest other voters, those who have waited longest, whose votes let a project be bought before a moment."""
    profile = clock.profile
    group, _weight = profile.supporters(at)
    outside = np.ones(len(profile.copies), bool)
    outside[group] = False
    others = np.nonzero(outside)[0]
    others = others[np.argsort(clock.since[others], kind="stable")]
    waited, copies = clock.since[others], profile.copies[others].astype(float)
    cost = clock.instance.costs[at] + float((clock.since[group] * profile.copies[group]).sum())
    voters = float(profile.copies[group].sum())
    worth: Floats = moment * (1 - SAFE) - waited
    short = (
        cost * (1 + SAFE) - moment * (1 - SAFE) * voters
    )  # what the others must bring: each brings the moment less what he has spent
    brought = np.cumsum(np.maximum(worth, 0.0) * copies)
    enough = np.nonzero(brought > short)[0]
    if not len(enough) or short < 0:
        return None
    last = int(enough[0])
    before = float(brought[last - 1]) if last else 0.0
    return int(copies[:last].sum()) + int((short - before) / worth[last]) + 1
