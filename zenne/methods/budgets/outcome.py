"""What a rule answers: who won in which order, and what happened at each step."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Way(StrEnum):
    """Why a project was taken at a step: by the rule itself, or by the completion that fills what is left."""

    RULE = "rule"
    FILL = "fill"


@dataclass(frozen=True)
class Step:
    """One project taken.

    rate      what decided: score (greedy), score per smallest unit (greedy-cost), price per unit of utility, the rho of the papers
              (equal-shares), or the moment it could be paid (phragmen); the best of all at this step
    tied      other projects that were equal and gave way by the tie rule
    payment   equal-shares: what a supporter pays for each unit of weight (with approvals: the most that any of them pays)
    least     equal-shares: the least that any paying supporter pays
    payers    equal-shares: how many pay something; `drained`: how many of them give all they have left and less than the others
    """

    project: str
    way: Way
    rate: Fraction
    tied: tuple[str, ...] = ()
    payment: Fraction | None = None
    least: Fraction | None = None
    payers: int = 0
    drained: int = 0


@dataclass(frozen=True)
class Outcome:
    """Money in the smallest unit. `selected` is in the order of the steps.

    completion  what was done with money left over: `none`, `add1u` or `exhaustive`
    endowment   equal-shares: what each voter had to spend, raises of the completion included
    runs        equal-shares: how often the rule was computed for its completion
    preferred   None without the comparison step; else how many voters prefer (equal shares, greedy); greedy stands if more do
    """

    rule: str
    selected: tuple[str, ...]
    cost: int
    budget: int
    steps: tuple[Step, ...]
    completion: str = "none"
    endowment: Fraction | None = None
    runs: int = 1
    preferred: tuple[int, int] | None = None

    @property
    def rounds(self) -> int:
        return len(self.steps)
