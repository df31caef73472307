"""A jury at work: invited, scoring alone, sitting, publishing."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from functools import partial
from random import Random

from zenne.participation.ideas.models import Idea
from zenne.participation.juries import actions, queries
from zenne.participation.juries.models import Assessment, Candidate, Criterion, Jury, Member
from zenne.participation.processes.models import Activity

from .. import decided
from ..processes import Staging

SPREAD = 0.55
"""Standard deviation of what one member gives around what the idea is worth, in points."""
WORTH = (1.6, 3.5)
"""Between what the ideas are worth that the content says nothing about."""


class JurySitting:
    """Puts a jury on the timeline of its process."""

    def __init__(self, staging: Staging, described: decided.Jury, ideas: Mapping[str, Idea]) -> None:
        self.staging, self.described, self.ideas = staging, described, ideas
        self.activity = staging.activities[described.phase, described.activity]
        self.by = staging.person(described.by)
        self.chair = next(staging.person(member.person) for member in described.members if member.chair)
        self.members: dict[str, Member] = {}
        self.candidates: dict[int, Candidate] = {}

    @property
    def jury(self) -> Jury:
        return queries.juries().get(pk=self.activity.pk)

    def candidate(self, idea: str) -> Candidate:
        return self.candidates[self.ideas[idea].pk]

    def plan(self) -> None:
        said, add = self.described, self.staging.timeline.add
        self._write_rule(self.staging.described.created_at)
        add(said.invited_at, self._invite)
        for member in said.members:
            add(member.answered_at, partial(self._accept, member.person))
        add(said.begins_at, self._begin)
        add(said.sits_at, self._sit)
        for move in said.moves:
            add(move.at, partial(self._move, move))
        add(said.rises_at, self._word)
        add(said.published_at, lambda now: actions.publish(self.jury, by=self.by, now=now))

    def _write_rule(self, now: datetime) -> None:
        said = self.described
        values = {"keep": said.keep, "points": len(said.criteria[0].scale)}
        actions.change_jury(self.jury, values=values, by=self.by, now=now)
        for each in said.criteria:
            actions.write_criterion(
                self.jury,
                weight=each.weight,
                words={"title": each.title, "text": each.text},
                levels=dict(enumerate(each.scale, 1)),
                by=self.by,
                now=now,
            )

    def _invite(self, now: datetime) -> None:
        for each in self.described.members:
            person = self.staging.person(each.person)
            self.members[each.person] = actions.invite(
                self.jury,
                email=person.email,
                name=person.name,
                capacity=each.capacity,
                language=person.language,
                is_chair=each.chair,
                by=self.by,
                now=now,
            )

    def _accept(self, key: str, now: datetime) -> None:
        actions.accept_invitation(self.members[key], by=self.staging.person(key), now=now)

    def _begin(self, now: datetime) -> None:
        """Every idea that stands comes before the jury; who scores what, and when, follows from it."""
        call = next(iter(self.ideas.values())).activity_id
        source = Activity.objects.select_related("phase__process").get(pk=call)
        taken = actions.take_candidates(self.jury, source=source, by=self.by, now=now)
        self.candidates = {candidate.idea_id: candidate for candidate in taken}
        keys = {idea.pk: key for key, idea in self.ideas.items()}
        criteria = list(Criterion.objects.filter(jury=self.activity.pk).order_by("position"))
        ties = {(tie.person, tie.idea): tie for tie in self.described.ties}
        work = [(member, keys[pk]) for member in self.members for pk in self.candidates]
        start, end = self.described.scored_from, self.described.scored_to
        for number, (member, idea) in enumerate(work, 1):
            if tie := ties.get((member, idea)):
                self._recuse(tie)
            else:
                self._score(member, idea, criteria, start + (end - start) * number / (len(work) + 1))

    def _recuse(self, tie: decided.Tie) -> None:
        by = self.staging.person(tie.person)
        actions.recuse(self.members[tie.person], self.candidate(tie.idea), tie=tie.text, by=by, now=tie.at)

    def _score(self, member: str, idea: str, criteria: list[Criterion], now: datetime) -> None:
        """What a member gives follows from the seed alone, so that the city is the same wherever it is loaded."""
        random = Random(f"{self.described.seed}:{idea}")  # noqa: S311 - invented scores, not secrets
        worth = self.described.strengths.get(idea) or [random.uniform(*WORTH) for _each in criteria]
        random = Random(f"{self.described.seed}:{idea}:{member}")  # noqa: S311
        most = len(self.described.criteria[0].scale)
        points = {
            criterion.pk: min(max(round(random.gauss(value, SPREAD)), 1), most)
            for criterion, value in zip(criteria, worth, strict=True)
        }
        by = self.staging.person(member)
        actions.submit(self.members[member], self.candidate(idea), points=points, by=by, now=now)

    def _sit(self, now: datetime) -> None:
        actions.open_session(self.jury, present=queries.seated(self.jury), by=self.chair, now=now)

    def _move(self, move: decided.Move, now: datetime) -> None:
        actions.move(self.candidate(move.idea), kept=move.kept, reason=move.reason, by=self.chair, now=now)

    def _word(self, now: datetime) -> None:
        """The session ends; then each idea has its reason and the jury its statement."""
        session = queries.session_open(self.jury)
        assert session is not None
        actions.close_session(session, by=self.chair, now=now)
        for candidate, reason in self._reasons().items():
            actions.word_reason(candidate, reason=reason, by=self.by, now=now)
        actions.word_statement(self.jury, statement=self.described.statement, by=self.by, now=now)

    def _reasons(self) -> dict[Candidate, Mapping[str, str]]:
        """Those of the content; for the others a sentence with their own score, their rank and their weakest criterion."""
        standing = queries.standing(self.jury)
        given: dict[int, list[Assessment]] = {candidate.pk: [] for candidate in standing}
        for assessment in queries.assessments(standing):
            given[assessment.candidate_id].append(assessment)
        criteria = queries.criteria(self.jury)
        means = {pk: _means(rows, criteria) for pk, rows in given.items()}
        weights = sum(criterion.weight for criterion in criteria)
        totals = {
            pk: sum((mean[c.pk] * c.weight for c in criteria), Fraction(0)) / weights for pk, mean in means.items()
        }
        written = {self.ideas[key].pk: words for key, words in self.described.reasons.items()}
        found: dict[Candidate, Mapping[str, str]] = {}
        for candidate in standing:
            score, mean = totals[candidate.pk], means[candidate.pk]
            weakest = min(criteria, key=lambda criterion: mean[criterion.pk])
            title = self.described.criteria[criteria.index(weakest)].title
            rank = 1 + sum(other > score for other in totals.values())
            found[candidate] = written.get(candidate.idea_id) or {
                language: words.format(
                    score=_number(score, language),
                    rank=rank,
                    of=len(standing),
                    weakest=title[language],
                    low=_number(mean[weakest.pk], language),
                )
                for language, words in self.described.others.items()
            }
        return found


def _means(rows: list[Assessment], criteria: list[Criterion]) -> dict[int, Fraction]:
    points: dict[int, list[int]] = {criterion.pk: [] for criterion in criteria}
    for row in rows:
        for score in row.scores.all():
            points[score.criterion_id].append(score.value)
    return {key: Fraction(sum(values), len(values)) for key, values in points.items()}


def _number(value: Fraction, language: str) -> str:
    """Two places, half up, with the comma of French and Dutch."""
    hundredths = (value * 100 + Fraction(1, 2)).__floor__()
    said = f"{hundredths // 100}.{hundredths % 100:02d}"
    return said if language == "en" else said.replace(".", ",")
