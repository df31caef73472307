"""The periodic round of a plan: measure, report, propose a revision, have it decided, change the budget. Each step is done once the one before it is."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import say
from zenne.core.whole import require_whole
from zenne.opendata.webhooks import actions as webhooks
from zenne.participation.decisions.enums import GOVERNING
from zenne.participation.decisions.models import Body, Decision
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.strategy.portfolio import actions as portfolio
from zenne.strategy.portfolio.models import BudgetLine, Plan
from zenne.strategy.portfolio.versions import digest_of

from .. import notifications, rounds
from ..enums import STEP_TRANSITIONS, STEPS, Step
from ..models import BudgetChange, Review, Stage
from ..rules import may_manage, may_propose_money, may_step
from .way import Words, note, own, require_promised, require_reason

USUAL_DAYS: Mapping[Step, int] = {
    Step.MEASURE: 15,
    Step.REPORT: 30,
    Step.REVISION: 45,
    Step.DECISION: 60,
    Step.BUDGET: 75,
}
"""How many days after the end of its period a step is due, where nothing else is said."""


@transaction.atomic
def open_review(
    plan: Plan,
    *,
    body: Body,
    starts_on: date,
    ends_on: date,
    owner: Person | None = None,
    due: Mapping[Step, date] | None = None,
    by: Person | None,
    now: datetime,
) -> Review:
    """Begin the round about a period. One at a time for each plan; `body` is the College or the council that will decide."""
    require(may_manage(by, plan.organisation))
    own(body.organisation_id, plan.organisation)
    if body.role not in GOVERNING:
        raise Invalid(_("Only a College or a council decides about a plan."))
    if ends_on <= starts_on:
        raise Invalid(_("A period ends after it begins."))
    if plan.reviews.exclude(state=Step.CLOSED).exists():
        raise Conflict(_("A review of this plan is under way already."))
    made = Review(plan=plan, body=body, starts_on=starts_on, ends_on=ends_on, owner=owner, created_at=now)
    require_whole(made)
    made.save()
    days = {step: ends_on + timedelta(days=after) for step, after in USUAL_DAYS.items()} | dict(due or {})
    _require_in_order([days[step] for step in STEPS])
    Stage.objects.bulk_create(Stage(review=made, step=step, due_on=days[step]) for step in STEPS)
    note("review.opened", made, by, now, plan.organisation, plan=plan.pk)
    return made


@transaction.atomic
def move_stage(stage: Stage, *, due_on: date, by: Person | None, now: datetime) -> Stage:
    """Another day for a step that is still to be done."""
    review = locked(stage.review)
    require(may_manage(by, review.plan.organisation))
    stage = review.stages.get(pk=stage.pk)
    if stage.done_at is not None:
        raise Conflict(_("This step is done."))
    before, stage.due_on = stage.due_on, due_on
    stage.save()
    rows = {each.step: each.due_on for each in review.stages.all()}
    _require_in_order([rows[step] for step in STEPS])
    days = {"before": before.isoformat(), "after": due_on.isoformat()}
    note("review.moved", review, by, now, review.plan.organisation, step=stage.step, **days)
    return stage


@transaction.atomic
def finish_measuring(review: Review, *, words: Words | None = None, by: Person | None, now: datetime) -> Review:
    """The values of the period are in, or are shown as missing."""
    review = locked(review)
    require(may_step(by, review, Step.MEASURE))
    if in_brussels(now).date() <= review.ends_on:
        raise Invalid(_("The period is not over yet."))
    return _on(review, Step.REPORT, words, by, now)


@transaction.atomic
def conclude(review: Review, *, conclusion: Words, by: Person | None, now: datetime) -> Review:
    """Write what stands out, until the report is made."""
    review = locked(review)
    require(may_propose_money(by, review))
    if review.reported_at is not None:
        raise Conflict(_("The report is made: nothing of it changes."))
    say(review, "conclusion", conclusion)
    require_whole(review)
    review.save()
    return review


@transaction.atomic
def report(review: Review, *, words: Words | None = None, by: Person | None, now: datetime) -> Review:
    """Make the report for the body: this period beside the one before, as it stands now. It is kept as it is, with its fingerprint."""
    review = locked(review)
    require(may_step(by, review, Step.REPORT))
    message = _("Write what stands out in every language that your organisation promises.")
    require_promised(review, ["conclusion"], review.plan.organisation, message)
    review.report = rounds.composed(review, now=now)
    review.digest, review.reported_at = digest_of(review.report), now
    return _on(review, Step.REVISION, words, by, now)


@transaction.atomic
def change_money(
    review: Review,
    line: BudgetLine,
    *,
    planned_cents: int,
    committed_cents: int,
    reason: Words,
    by: Person | None,
    now: datetime,
) -> BudgetChange:
    """Propose what is planned and committed on a line from the decision on. Saying it again replaces what was said."""
    review = locked(review)
    require(may_propose_money(by, review))
    line = BudgetLine.objects.select_related("project__plan").get(pk=line.pk)
    if line.project.plan_id != review.plan_id:
        raise Invalid(_("Choose a budget line of the same plan."))
    if min(planned_cents, committed_cents) < 0:
        raise Invalid(_("An amount is never below zero."))
    if (planned_cents, committed_cents) == (line.planned_cents, line.committed_cents):
        raise Invalid(_("This changes nothing."))
    require_reason(reason)
    made = review.changes.filter(line=line).first() or BudgetChange(review=review, line=line)
    made.project = line.project
    made.label = made.label_of(line)
    made.planned_before_cents, made.committed_before_cents = line.planned_cents, line.committed_cents
    made.planned_after_cents, made.committed_after_cents = planned_cents, committed_cents
    say(made, "reason", reason)
    require_whole(made)
    made.save()
    note("review.money", review, by, now, review.plan.organisation, line=line.pk)
    return made


@transaction.atomic
def drop_money(change: BudgetChange, *, by: Person | None, now: datetime) -> None:
    review = locked(change.review)
    require(may_propose_money(by, review))
    review.changes.filter(pk=change.pk).delete()
    note("review.money", review, by, now, review.plan.organisation)


@transaction.atomic
def propose(
    review: Review,
    *,
    reason: Words,
    revise: bool = True,
    words: Words | None = None,
    by: Person | None,
    now: datetime,
) -> Review:
    """Put before the body what follows from the report: a revision of the plan (the whole plan as it stands now), or that it stays as it is."""
    review = locked(review)
    require(may_step(by, review, Step.REVISION))
    require_reason(reason)
    if revise:
        review.revision = portfolio.propose(review.plan, reason=reason, by=by, now=now)
    else:
        review.revision = None
    return _on(review, Step.DECISION, words or reason, by, now)


def decided(review: Review, *, adopted: bool, decision: Decision, by: Person, now: datetime) -> Review:
    """What the body did, called by the resolution, in its transaction. Refused, the proposal is to be made again."""
    review = locked(review)
    if review.state != Step.DECISION:
        raise Conflict(_("This review does not wait for a decision."))
    if decision.body_id != review.body_id:
        raise Invalid(_("This review is decided by %(body)s.") % {"body": review.body})
    if adopted:
        review.decision = decision
        return _on(review, Step.BUDGET, None, by, now)
    review.state, review.revision = Step.REVISION, None
    review.save()
    review.stages.filter(step=Step.REVISION).update(done_at=None, done_by=None)
    note("review.refused", review, by, now, review.plan.organisation, decision=decision.pk)
    _announce(review, Step.DECISION, now)
    transaction.on_commit(lambda: notifications.sent_back(review, now))
    return review


@transaction.atomic
def move_money(review: Review, *, words: Words | None = None, by: Person, now: datetime) -> Review:
    """Carry out what was decided about the budget, to the cent, and close the round. Raises Conflict where a line has changed since."""
    review = locked(review)
    require(may_step(by, review, Step.BUDGET))
    decision = review.decision
    assert decision is not None  # the database holds it
    for change in review.changes.select_related("line__project").order_by("pk"):
        line = change.line
        if line is None:
            raise Conflict(_("This budget line is gone: %(line)s.") % {"line": change.label})
        if (line.planned_cents, line.committed_cents) != (change.planned_before_cents, change.committed_before_cents):
            raise Conflict(_("This budget line has changed since it was proposed: %(line)s.") % {"line": change.label})
        if change.planned_after_cents != line.planned_cents:
            values = {"planned_cents": change.planned_after_cents}
            line = portfolio.write_line(line.project, which=line, values=values, by=by, now=now)
        if change.committed_after_cents != line.committed_cents:
            portfolio.commit_money(
                line,
                cents=change.committed_after_cents,
                reference=decision.reference,
                decided_on=decision.decided_on,
                decision=decision,
                by=by,
                now=now,
            )
        change.decision, change.applied_at = decision, now
        change.save()
    review.closed_at = now
    return _on(review, Step.CLOSED, words, by, now)


def chase(*, now: datetime) -> int:
    """Tell who runs a review what is due soon and what is late, each stage once. How many steps were looked at."""
    today = in_brussels(now).date()
    rows = Stage.objects.filter(done_at__isnull=True, due_on__lte=today + notifications.SOON)
    rows = rows.exclude(review__state=Step.CLOSED).select_related("review__plan__organisation", "review__owner")
    found = [stage for stage in rows.order_by("due_on", "id") if stage.step == stage.review.state]
    for stage in found:
        notifications.step_due(stage, now)
    return len(found)


def _on(review: Review, to: Step, words: Words | None, by: Person | None, now: datetime) -> Review:
    """The step it is at is done; on to the next."""
    if to not in STEP_TRANSITIONS[Step(review.state)]:
        require(Refused(Reason.WRONG_STATE))
    stage = review.stages.get(step=review.state)
    stage.done_at, stage.done_by = now, by
    say(stage, "note", words)
    stage.save()
    before, review.state = review.state, to
    review.save()
    note(f"review.{before}", review, by, now, review.plan.organisation)
    _announce(review, before, now)
    return review


def _announce(review: Review, before: str, now: datetime) -> None:
    steps = {"before": before, "after": review.state}
    webhooks.announce("review.step", review.pk, organisation=review.plan.organisation_id, now=now, **steps)


def _require_in_order(days: list[date]) -> None:
    if days != sorted(days):
        raise Invalid(_("Each step is due on the day of the one before it, or later."))


def locked(review: Review) -> Review:
    rows = Review.objects.select_for_update(of=("self",))
    return rows.select_related("plan__organisation", "body", "revision", "decision").get(pk=review.pk)
