"""One review of a plan, run end to end by its own verbs: measure, report, proposed revision, decision of the College, budget change."""

from datetime import datetime

from zenne.participation.decisions.enums import BodyRole
from zenne.participation.decisions.models import Body
from zenne.people.accounts.models import Person
from zenne.strategy.governance import actions
from zenne.strategy.governance.enums import Outcome
from zenne.strategy.governance.models import Item, Review, Seat, Sitting
from zenne.strategy.portfolio.models import BudgetLine, Plan

from .processes import texts
from .reviewed import Reviewed


def run_review(described: Reviewed, plan: Plan, *, by: Person, now: datetime) -> None:
    """Once a plan. `by` manages the organisation of the plan; everything in it lies before `now`."""
    body = Body.objects.get(organisation=plan.organisation, role=BodyRole.COLLEGE)
    for position, member in enumerate(described.members, start=1):
        seat = Seat(body=body, name=member.name, since=member.since, position=position, **texts(part=member.part))
        actions.save_seat(seat=seat, by=by, now=now)
    review = actions.open_review(
        plan, body=body, starts_on=described.starts, ends_on=described.ends, owner=by, by=by, now=now
    )
    review = actions.finish_measuring(review, words=described.measured, by=by, now=now)
    review = actions.conclude(review, conclusion=described.conclusion, by=by, now=now)
    review = actions.report(review, by=by, now=now)
    line = BudgetLine.objects.get(project__plan=plan, project__slug=described.project, key=described.line)
    actions.change_money(
        review,
        line,
        planned_cents=described.planned_cents,
        committed_cents=described.committed_cents,
        reason=described.money_reason,
        by=by,
        now=now,
    )
    review = actions.propose(review, reason=described.proposal, by=by, now=now)
    item = _sit(described, review, body, by, now)
    actions.resolve(
        item, outcome=Outcome.ADOPTED, reference=described.reference, reason=described.decided, by=by, now=now
    )
    sitting = actions.write_minutes(item.sitting, minutes=described.minutes, by=by, now=now)
    actions.publish_minutes(sitting, by=by, now=now)
    actions.move_money(Review.objects.get(pk=review.pk), by=by, now=now)


def _sit(described: Reviewed, review: Review, body: Body, by: Person, now: datetime) -> Item:
    sitting = Sitting(body=body, starts_at=described.sits_at, place=described.place)
    sitting = actions.save_sitting(sitting=sitting, by=by, now=now)
    item = actions.put_on_agenda(review, sitting, by=by, now=now)
    sitting = actions.call_sitting(sitting, by=by, now=now)
    sitting = actions.hold_sitting(sitting, present=list(body.seats.all()), by=by, now=now)
    item.sitting = sitting
    return item
