"""From a Pabulib election to what the rules count."""

import numpy as np

from zenne.methods import pabulib

from .equal_shares import Utility
from .instance import Instance, Project
from .profile import Profile


def from_pabulib(election: pabulib.Election, *, minimum_support: int = 0) -> tuple[Instance, Profile]:
    """The instance and the profile, projects in the order of the file.

    The column `category`, or else `district`, becomes the heading. `minimum_support` counts votes or whole points; what META says of
    thresholds is not applied by itself, since a rule has to be named to be used.
    """
    projects = tuple(
        Project(one.id, one.cost, one.extra.get("name", ""), one.extra.get("category") or one.extra.get("district", ""))
        for one in election.projects
    )
    instance = Instance(projects, election.budget, election.unit, minimum_support * election.points_unit)
    patterns = election.patterns()
    profile = Profile.from_rows(
        len(projects),
        copies=np.asarray(patterns.copies),
        lengths=np.asarray(patterns.lengths),
        choice=np.asarray(patterns.choice),
        points=None if patterns.points is None else np.asarray(patterns.points),
    )
    return instance, profile


def utility_of(election: pabulib.Election) -> Utility:
    """Costs for approvals, points where votes have them."""
    return Utility.POINTS if election.vote_type.pointed else Utility.COST
