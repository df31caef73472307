"""What a body decides about what the vote kept, and what becomes of it."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial

from zenne.core.clock import BRUSSELS
from zenne.participation.decisions import actions
from zenne.participation.decisions.enums import CommitmentState
from zenne.participation.decisions.models import Body, Commitment
from zenne.participation.ideas.models import Idea
from zenne.participation.selections import queries as selections

from .. import decided
from ..processes import Staging, texts

EVENING = time(18)


class CollegeDeciding:
    """Puts a decision and its promises on the timeline of its process."""

    def __init__(
        self, staging: Staging, described: decided.Ruling, vote: decided.Vote, ideas: Mapping[str, Idea]
    ) -> None:
        self.staging, self.described, self.ideas = staging, described, ideas
        self.activity = staging.activities[vote.phase, vote.activity]
        self.by = staging.person(described.by)

    def plan(self) -> None:
        add = self.staging.timeline.add
        add(self.described.at, self._decide)
        for key, promise in self.described.promises.items():
            add(promise.begun_at, partial(self._step, key, CommitmentState.UNDER_WAY))
            for number, milestone in enumerate(promise.milestones):
                if milestone.done:
                    add(datetime.combine(milestone.done, EVENING, BRUSSELS), partial(self._finish, key, number))
            if promise.done_at:
                add(promise.done_at, partial(self._step, key, CommitmentState.DONE))

    def _decide(self, now: datetime) -> None:
        said, process = self.described, self.staging.process
        source = selections.sources(process).filter(activity=self.activity).get()
        body = Body.objects.create(organisation=process.organisation, **texts(name=said.body))
        values = {"body": body, "reference": said.reference, "decided_on": said.decided}
        values |= texts(title=said.title, statement=said.statement)
        decision = actions.prepare(source, values=values, by=self.by, now=now)
        keys = {idea.pk: key for key, idea in self.ideas.items()}
        for ruling in decision.rulings.order_by("idea_id"):
            reason = said.promises[keys[ruling.idea_id]].words
            actions.rule(ruling, accepted=True, reason=reason, by=self.by)
        actions.publish(decision, by=self.by, now=now)
        for key, promise in said.promises.items():
            for place, milestone in enumerate(promise.milestones, 1):
                commitment, moment = self._commitment(key), now + timedelta(minutes=place)
                actions.add_milestone(commitment, title=milestone.title, due_on=milestone.due, by=self.by, now=moment)

    def _commitment(self, key: str) -> Commitment:
        return Commitment.objects.get(decision__process=self.staging.process, idea=self.ideas[key])

    def _step(self, key: str, to: CommitmentState, now: datetime) -> None:
        actions.set_state(self._commitment(key), to=to, by=self.by, now=now)

    def _finish(self, key: str, number: int, now: datetime) -> None:
        milestone = list(self._commitment(key).milestones.order_by("id"))[number]
        actions.finish_milestone(milestone, by=self.by, now=now)
