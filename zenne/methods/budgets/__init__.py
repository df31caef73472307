"""How a city divides a budget among projects by votes. Pure and exact; docs/methods/budgets.md says what each rule guarantees and what it does not."""

from .equal_shares import Completion, Utility, equal_shares
from .explanations import Change, Explanation, Reason, Shift, explain, without_each
from .greedy import greedy
from .headings import by_heading, tally_headings
from .instance import Instance, NotAnInstance, Project
from .outcome import Outcome, Step, Way
from .phragmen import phragmen
from .profile import NotABallot, Profile
from .ties import Tied, TieRule, UnknownTieRule

__all__ = [
    "Change",
    "Completion",
    "Explanation",
    "Instance",
    "NotABallot",
    "NotAnInstance",
    "Outcome",
    "Profile",
    "Project",
    "Reason",
    "Shift",
    "Step",
    "TieRule",
    "Tied",
    "UnknownTieRule",
    "Utility",
    "Way",
    "by_heading",
    "equal_shares",
    "explain",
    "greedy",
    "phragmen",
    "tally_headings",
    "without_each",
]
