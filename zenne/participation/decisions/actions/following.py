"""What was promised is followed up, in public."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, attribute, said, say
from zenne.participation.ideas import actions as ideas
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.processes.models import Process
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..enums import NEEDS_REASON, TRANSITIONS, CommitmentState
from ..models import Commitment, Milestone
from ..rules import may_follow_up
from ..tasks import tell

Words = Mapping[str, str]
# The idea takes the step too, and tells its author and supporters itself.
STEPS = {CommitmentState.UNDER_WAY: IdeaState.IN_DELIVERY, CommitmentState.DONE: IdeaState.DONE}


@transaction.atomic
def promise(process: Process, *, title: Words, by: Person | None, now: datetime) -> Commitment:
    """What an authority promises without a decision about ideas. The upper app that calls this holds the link to what is answered, says where
    the promise comes from (`kinds.origins`), and has asked its own rule first."""
    made = Commitment(process=process, changed_at=now, changed_by=by)
    say(made, "title", title)
    made.save()
    _record("commitment.made", made, by, now)
    return made


@transaction.atomic
def set_state(
    commitment: Commitment, *, to: CommitmentState, reason: Words | None = None, by: Person, now: datetime
) -> Commitment:
    """Say how far it is. What stops, or is taken up again, needs a reason that everyone can read."""
    commitment = _held(commitment, by)
    before = CommitmentState(commitment.state)
    if to not in TRANSITIONS[before]:
        require(Refused(Reason.WRONG_STATE))
    say(commitment, "reason", reason)
    if (before, to) in NEEDS_REASON and not said(commitment, "reason"):
        raise Invalid(_("Give the reason: everyone can read it."))
    commitment.state, commitment.changed_at, commitment.changed_by = to, now, by
    commitment.save()
    step = STEPS.get(to)
    moves = False
    if step is not None and commitment.idea and commitment.idea.state != step:
        moves = True
        ideas.follow_decision(commitment.idea, to=step, reason=reason, by=by, now=now)
    _record("commitment.state", commitment, by, now, before=before.value, after=to.value)
    transaction.on_commit(
        lambda: tell.defer(kind="state", commitment=commitment.pk, at=now.isoformat(), only_followers=moves)
    )
    return commitment


@transaction.atomic
def add_milestone(commitment: Commitment, *, title: Words, due_on: date, by: Person, now: datetime) -> Milestone:
    """Promise a step for a day. The first day promised stays readable."""
    commitment = _held(commitment, by)
    if not commitment.runs:
        require(Refused(Reason.WRONG_STATE))
    made = Milestone(commitment=commitment, first_due_on=due_on, due_on=due_on)
    _name(made, title)
    made.save()
    _record("milestone.added", commitment, by, now, milestone=made.pk, due_on=due_on.isoformat())
    return made


@transaction.atomic
def change_milestone(milestone: Milestone, *, title: Words, due_on: date, by: Person, now: datetime) -> Milestone:
    """Name it better or move its day, while it is not done."""
    commitment = _held(milestone.commitment, by)
    milestone = commitment.milestones.select_for_update().get(pk=milestone.pk)
    if milestone.done_on is not None:
        require(Refused(Reason.WRONG_STATE))
    before, milestone.due_on = milestone.due_on, due_on
    _name(milestone, title)
    milestone.save()
    days = {"before": before.isoformat(), "after": due_on.isoformat()}
    _record("milestone.changed", commitment, by, now, milestone=milestone.pk, **days)
    return milestone


@transaction.atomic
def finish_milestone(milestone: Milestone, *, done_on: date | None = None, by: Person, now: datetime) -> Milestone:
    """It is done: today, or on a day that has passed. Those who stand behind the idea hear of it."""
    commitment = _held(milestone.commitment, by)
    milestone = commitment.milestones.select_for_update().get(pk=milestone.pk)
    if milestone.done_on is not None:
        require(Refused(Reason.WRONG_STATE))
    today = in_brussels(now).date()
    milestone.done_on = done_on or today
    if milestone.done_on > today:
        raise Invalid(_("What is done was done today or before."))
    milestone.save()
    _record("milestone.done", commitment, by, now, milestone=milestone.pk)
    transaction.on_commit(
        lambda: tell.defer(kind="milestone", commitment=commitment.pk, at=now.isoformat(), milestone=milestone.pk)
    )
    return milestone


def _name(milestone: Milestone, title: Words) -> None:
    for language in LANGUAGES:
        if language in title:
            setattr(milestone, attribute("title", language), title[language].strip())
    if not any(getattr(milestone, attribute("title", language)) for language in LANGUAGES):
        raise Invalid(_("Give the milestone a name."))


def _held(commitment: Commitment, by: Person) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",)).select_related(
        "process__organisation", "decision__selection", "idea__process"
    )
    found = rows.get(pk=commitment.pk)
    require(may_follow_up(by, found))
    return found


def _record(event: str, commitment: Commitment, by: Person | None, now: datetime, **details: object) -> None:
    organisation = commitment.process.organisation
    record(event, by=by, now=now, about=commitment, organisation=organisation, details=details)
