"""What a solver answers: a probability distribution over panels, and how near it certainly is to the best one."""

from collections.abc import Callable
from dataclasses import dataclass, field

#: two probabilities nearer than this (as a share of the larger) are the same: what "certified" means
TOLERANCE = 1e-4


@dataclass(frozen=True)
class Fair:
    """A lottery over panels; sums and minima are those of `panels` with their `weights`, not of a model.

    probabilities   of everyone in the pool, by id; 0.0 for those excluded and those of `unreachable`
    panels, weights ids in order, and how likely each panel is; the weights sum to 1
    minimum         the smallest probability of anyone who may be drawn at all (not excluded, not unreachable)
    bound           no lottery whatever gives those people a higher minimum than this
    certified       the answer is the best of its algorithm within TOLERANCE: leximin at every level, maximin at the minimum, Nash in the geometric mean
    stages          how many levels were settled (leximin), or rounds were needed
    gap             how far from the best it may at most be at the worst level, as a share (0.01: within 1 %)
    unreachable     those that no panel within the quotas can hold
    """

    algorithm: str
    probabilities: dict[str, float]
    panels: tuple[tuple[str, ...], ...]
    weights: tuple[float, ...]
    minimum: float
    bound: float
    certified: bool
    stages: int
    gap: float = 0.0
    unreachable: tuple[str, ...] = ()


@dataclass
class Watch:
    """How a long computation is followed and ended from outside. No clock is read in here.

    progress   told (stage, share, bound): a word, how much of it is done from 0 to 1, and the upper bound on the minimum once there is one
    stop       asked between two solves; when it says True the best answer so far is given, not certified
    deadline   asked for the seconds that are left; at 0 as `stop`
    """

    progress: Callable[[str, float, float | None], None] | None = None
    stop: Callable[[], bool] | None = None
    deadline: Callable[[], float] | None = None
    bound: float | None = field(default=None, init=False)

    def tell(self, stage: str, share: float) -> None:
        if self.progress is not None:
            self.progress(stage, min(1.0, max(0.0, share)), self.bound)

    def over(self) -> bool:
        return (self.stop is not None and self.stop()) or (self.deadline is not None and self.deadline() <= 0)
