"""How processes of the demonstration decide: services, juries, votes and what a College makes of them, each deed through its verb."""

from collections.abc import Mapping

from zenne.participation.ideas.models import Idea

from .. import decided
from ..processes import Staging
from .colleges import CollegeDeciding
from .elsewhere import plan_taken_over
from .juries import JurySitting
from .services import ServicesStudying
from .votes import Voting


def plan(staging: Staging, described: decided.Deciding, ideas: Mapping[str, Idea]) -> None:
    """Write the rules into the draft, and put what happens on the process's timeline. `ideas` fills while the timeline runs."""
    if described.study:
        ServicesStudying(staging, described.study, ideas).plan()
    if described.jury:
        JurySitting(staging, described.jury, ideas).plan()
    if described.vote:
        Voting(staging, described.vote, ideas).plan()
    if described.decision and described.vote:
        CollegeDeciding(staging, described.decision, described.vote, ideas).plan()
    if described.taken_over:
        plan_taken_over(staging, described.taken_over, ideas)
