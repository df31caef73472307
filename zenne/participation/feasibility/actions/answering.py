"""Services answer, authors adapt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import said, say
from zenne.participation.ideas import actions as ideas
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from .. import notifications
from ..enums import ANSWERS, NEEDS_WORDS, Obstacle, StudyState
from ..models import Study
from ..rules import may_adapt, may_answer
from .sending import locked, locked_study, note

Words = Mapping[str, str]


@transaction.atomic
def begin(study: Study, *, by: Person, now: datetime) -> Study:
    """Say that it is being studied; or take an answer back to study it again, as when an author will not adapt."""
    study = _held(study)
    require(may_answer(by, study, StudyState.IN_PROGRESS))
    study.state, study.answered_at, study.answered_by, study.obstacle = StudyState.IN_PROGRESS, None, None, ""
    study.save()
    note("study.begun", study, by, now)
    return study


@dataclass(frozen=True)
class Finding:
    """What a service found. Feasible needs a cost and months, a refusal its obstacle and its words, an adaptation the words that say what to adapt."""

    to: StudyState
    reason: Words = field(default_factory=dict)
    obstacle: Obstacle | None = None
    cost_cents: int | None = None
    delay_months: int | None = None
    ground: Words = field(default_factory=dict)


@transaction.atomic
def answer(study: Study, finding: Finding, *, by: Person, now: datetime) -> Study:
    """The author hears of it, and everyone reads it on the page of the idea."""
    study = _held(study)
    require(may_answer(by, study, finding.to))
    if finding.to not in ANSWERS:
        raise Invalid(_("Choose one of the answers."))
    study.state, study.answered_at, study.answered_by = finding.to, now, by
    study.obstacle = (finding.obstacle or "") if finding.to == StudyState.REFUSED else ""
    study.cost_cents, study.delay_months = finding.cost_cents, finding.delay_months
    say(study, "reason", finding.reason)
    say(study, "ground", finding.ground)
    _require_whole(study)
    study.save()
    note("study.answered", study, by, now)
    transaction.on_commit(lambda: notifications.answered(study, now))
    return study


def _require_whole(study: Study) -> None:
    if study.state in NEEDS_WORDS and not said(study, "reason"):
        raise Invalid(_("Give the reason: everyone can read it."))
    if study.state == StudyState.REFUSED and study.obstacle not in Obstacle.values:
        raise Invalid(_("Say what stands in the way."))
    if study.state == StudyState.FEASIBLE and (study.cost_cents is None or study.delay_months is None):
        raise Invalid(_("Give the cost and the months it takes; zero counts too."))


@transaction.atomic
def adapt(study: Study, *, title: str, text: str, by: Person, now: datetime) -> Study:
    """The author writes the idea again; its earlier words stay readable, and the service studies it again. The same words change nothing."""
    study = _held(study)
    require(may_adapt(by, study))
    before = (study.idea.title, study.idea.text)
    idea = ideas.adapt_idea(study.idea, title=title, text=text, by=by, now=now)
    if (idea.title, idea.text) == before:
        raise Invalid(_("Change the title or the text first."))
    study.state, study.adapted_at, study.answered_at, study.answered_by = StudyState.IN_PROGRESS, now, None, None
    study.idea = idea
    study.save()
    note("study.adapted", study, by, now)
    transaction.on_commit(lambda: notifications.adapted(study, now))
    return study


def _held(study: Study) -> Study:
    locked(study.feasibility)
    return locked_study(study)
