"""What other software hears of bodies and reviews: what is public, and nothing else."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.opendata.webhooks.factories import subscription
from tests.strategy.portfolio import factories as plans
from zenne.opendata.webhooks.kinds import webhooks
from zenne.strategy.governance import actions
from zenne.strategy.governance.enums import Outcome

from . import factories as make

pytestmark = pytest.mark.django_db
HEARD = ["sitting.called", "sitting.cancelled", "sitting.resolved", "sitting.published", "review.step"]


def said() -> list[tuple[str, dict[str, object]]]:
    """The events that wait to be told, each with its facts."""
    rows = ProcrastinateJob.objects.filter(task_name="webhooks.tell").order_by("id")
    return [(job.args["event"], job.args["facts"]) for job in rows]


def test_a_sitting_is_heard_of_when_it_is_called_resolves_in_public_and_publishes_its_minutes(
    django_capture_on_commit_callbacks,
):
    body = make.college()
    subscription(body.organisation, events=HEARD)
    with django_capture_on_commit_callbacks(execute=True):
        sitting = make.sitting(body)
        open_one, closed = make.item(sitting), make.item(sitting, confidential=True)
        actions.call_sitting(sitting, by=None, now=make.NOW)
        actions.hold_sitting(sitting, by=None, now=make.AFTER)
        make.resolved(open_one)
        make.resolved(closed)
        actions.write_minutes(sitting, minutes=make.WHY, by=None, now=make.AFTER)
        actions.publish_minutes(sitting, by=None, now=make.AFTER)
    heard = said()
    assert [name for name, _facts in heard] == ["sitting.called", "sitting.resolved", "sitting.published"]
    facts = heard[1][1]
    told = webhooks["sitting.resolved"].data(sitting.pk, {**facts, "item": closed.pk})
    assert (told["outcome"], told["reference"]) == ("adopted", "2026/0618/3") and "item" not in told
    assert told["sitting"]["organisation"] == body.organisation.slug


def test_a_cancelled_sitting_is_told_and_one_being_prepared_is_not(django_capture_on_commit_callbacks):
    body = make.college()
    subscription(body.organisation, events=HEARD)
    with django_capture_on_commit_callbacks(execute=True):
        sitting = make.called(body)
        actions.cancel_sitting(sitting, reason=make.WHY, by=None, now=make.NOW)
    assert [name for name, _facts in said()] == ["sitting.called", "sitting.cancelled"]
    assert webhooks["sitting.cancelled"].data(sitting.pk, {})["sitting"]["state"] == "cancelled"
    assert webhooks["sitting.called"].data(make.sitting(body).pk, {}) is None


def test_every_step_of_a_review_is_told_once_its_report_is_public(django_capture_on_commit_callbacks):
    line = make.funded(plans.plan(make.house()))
    subscription(line.project.plan.organisation, events=["review.step"])
    with django_capture_on_commit_callbacks(execute=True):
        review = make.decided(make.waiting_for_decision(line), Outcome.REFUSED)
    steps = [(facts["before"], facts["after"]) for _name, facts in said()]
    assert steps == [("measure", "report"), ("report", "revision"), ("revision", "decision"), ("decision", "revision")]
    told = webhooks["review.step"].data(review.pk, dict(said()[-1][1]))
    assert (told["review"]["step"], told["before"], told["after"]) == ("revision", "decision", "revision")
    unread = make.review(plans.plan(make.house()))
    assert webhooks["review.step"].data(unread.pk, {}) is None
