"""The result of a vote that was held on another platform: a selection outside any activity, with what each idea costs."""

from collections.abc import Mapping
from datetime import datetime

from zenne.participation.ideas.enums import IdeaState
from zenne.participation.ideas.models import Idea
from zenne.participation.selections import actions, queries
from zenne.participation.selections.enums import Outcome

from .. import decided
from ..processes import Staging


def plan_taken_over(staging: Staging, described: decided.TakenOver, ideas: Mapping[str, Idea]) -> None:
    """Put it on the timeline of its process; it begins with the last decision there, if there is one. `ideas` fills while the timeline runs."""

    def take_over(now: datetime) -> None:
        by = staging.person(described.by)
        made = actions.open(
            staging.process,
            title=described.title,
            rule=described.rule,
            statement=described.statement,
            source=queries.sources(staging.process).first(),
            by=by,
            now=now,
        )
        for rank, (key, cents) in enumerate(described.cost_cents.items(), start=1):
            actions.choose(
                made,
                ideas[key],
                outcome=Outcome.KEPT,
                reason=described.reason,
                rank=rank,
                cost_cents=cents,
                by=by,
            )
        actions.publish(made, move={Outcome.KEPT: IdeaState.SELECTED}, by=by, now=now)

    staging.timeline.add(described.at, take_over)
