"""Services at work: ideas sent to them, answered, adapted by their authors, and put on a list with its costs."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from zenne.participation.feasibility import actions
from zenne.participation.feasibility.enums import Obstacle, StudyState
from zenne.participation.feasibility.models import Feasibility, Service, Study
from zenne.participation.ideas.models import Idea

from .. import decided
from ..processes import Staging, texts


class ServicesStudying:
    """Puts a round of feasibility on the timeline of its process."""

    def __init__(self, staging: Staging, described: decided.Studying, ideas: Mapping[str, Idea]) -> None:
        self.staging, self.described, self.ideas = staging, described, ideas
        self.activity = staging.activities[described.phase, described.activity]
        self.by = staging.person(described.by)
        self.services: dict[str, Service] = {}

    @property
    def feasibility(self) -> Feasibility:
        return Feasibility.objects.select_related("activity__phase__process__organisation").get(pk=self.activity.pk)

    def study(self, sent: decided.Sent) -> Study:
        there = Study.objects.select_related("idea__process__organisation", "service", "feasibility__activity")
        return there.get(feasibility=self.activity.pk, idea=self.ideas[sent.idea], service=self.services[sent.service])

    def plan(self) -> None:
        said, add = self.described, self.staging.timeline.add
        self._prepare(self.staging.described.created_at)
        for sent in said.sent:
            add(sent.at, partial(self._send, sent))
            if sent.begun_at:
                add(sent.begun_at, partial(self._begin, sent))
            for answer in sent.answers:
                add(answer.at, partial(self._answer, sent, answer))
            if sent.adapted:
                add(sent.adapted.at, partial(self._adapt, sent, sent.adapted))
        if said.list:
            add(said.list.at, partial(self._publish, said.list))

    def _prepare(self, now: datetime) -> None:
        """The services of an organisation are the same for all its processes."""
        call = next(each for each in self.staging.activities.values() if each.kind == "ideation")
        values = {"call": call, "days": self.described.days}
        actions.change_feasibility(self.feasibility, values=values, by=self.by, now=now)
        for key, each in self.described.services.items():
            there = Service.objects.filter(organisation=self.staging.organisation, name=each.name["fr"]).first()
            self.services[key] = there or Service.objects.create(
                organisation=self.staging.organisation, **texts(name=each.name)
            )
            self.services[key].members.add(*map(self.staging.person, each.members))

    def _send(self, sent: decided.Sent, now: datetime) -> None:
        idea, service = self.ideas[sent.idea], self.services[sent.service]
        asked = {"ideas": [idea], "service": service, "question": sent.question, "due_on": sent.due}
        actions.send(self.feasibility, **asked, by=self.by, now=now)

    def _member(self, sent: decided.Sent) -> str:
        return self.described.services[sent.service].members[0]

    def _begin(self, sent: decided.Sent, now: datetime) -> None:
        actions.begin(self.study(sent), by=self.staging.person(self._member(sent)), now=now)

    def _answer(self, sent: decided.Sent, said: decided.Answer, now: datetime) -> None:
        finding = actions.Finding(
            to=StudyState(said.to),
            reason=said.reason,
            obstacle=Obstacle(said.obstacle) if said.obstacle else None,
            cost_cents=said.cost_cents,
            delay_months=said.months,
            ground=said.ground,
        )
        actions.answer(self.study(sent), finding, by=self.staging.person(self._member(sent)), now=now)

    def _adapt(self, sent: decided.Sent, adapted: decided.Adapted, now: datetime) -> None:
        study = self.study(sent)
        author = study.idea.author
        assert author is not None
        actions.adapt(study, title=study.idea.title, text=adapted.text, by=author, now=now)

    def _publish(self, said: decided.FinalList, now: datetime) -> None:
        actions.publish_list(self.feasibility, title=said.title, statement=said.statement, by=self.by, now=now)
