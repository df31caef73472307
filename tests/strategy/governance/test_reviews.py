"""A quarter of governance, run end to end: measure, report, proposed revision, decision, budget change."""

import hashlib
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from tests.strategy.portfolio import factories as plans
from zenne.core.errors import Conflict, Invalid
from zenne.messaging.notifications.models import Notification
from zenne.people.access.answers import NotAllowed
from zenne.strategy.governance import actions, reports
from zenne.strategy.governance.enums import Outcome, Step
from zenne.strategy.governance.models import Review
from zenne.strategy.governance.rounds import composed
from zenne.strategy.indicators import actions as indicators
from zenne.strategy.portfolio import actions as portfolio
from zenne.strategy.portfolio.enums import Health, PlanState, ProjectState, RevisionState
from zenne.strategy.portfolio.models import BudgetLine, Plan
from zenne.strategy.portfolio.versions import canonical

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def line():
    return make.funded(plans.plan(make.house()))


class TestTheRound:
    def test_from_measuring_to_the_budget_every_step_leaves_its_day_and_its_trace(self, line):
        review = make.decided(make.waiting_for_decision(line))
        assert (review.state, review.revision.state) == (Step.BUDGET, RevisionState.VALID)
        assert Plan.objects.get().state == PlanState.VALID, "the decision gave it force"
        assert BudgetLine.objects.get().committed_cents == 0, "no money moves before its step"
        by = make.manager(review.plan.organisation)
        review = actions.move_money(review, by=by, now=make.AFTER)
        line.refresh_from_db()
        assert (line.committed_cents, line.reference, line.decision) == (50_000_00, "2026/0618/3", review.decision)
        assert review.state == Step.CLOSED and review.closed_at == make.AFTER
        assert all(stage.done_at for stage in review.stages.all())
        change = review.changes.get()
        assert (change.committed_before_cents, change.decision, change.applied_at) == (0, review.decision, make.AFTER)

    def test_a_refused_proposal_comes_back_and_can_be_made_again(self, line, django_capture_on_commit_callbacks):
        review = make.waiting_for_decision(line)
        owner = make.manager(review.plan.organisation)
        Review.objects.update(owner=owner)
        with django_capture_on_commit_callbacks(execute=True):
            review = make.decided(review, Outcome.REFUSED)
        assert (review.state, review.revision, review.decision) == (Step.REVISION, None, None)
        assert Notification.objects.get(kind="governance.sent_back").person == owner
        assert actions.propose(review, reason=make.WHY, by=None, now=make.AFTER).state == Step.DECISION

    def test_a_plan_may_stay_as_it_is_and_the_report_is_still_decided_about(self, line):
        review = make.reported(line.project.plan)
        review = actions.propose(review, reason=make.WHY, revise=False, by=None, now=make.NOW)
        assert make.decided(review).state == Step.BUDGET
        assert Plan.objects.get().state == PlanState.DRAFT

    def test_a_line_that_changed_since_is_not_overwritten(self, line):
        review = make.decided(make.waiting_for_decision(line))
        portfolio.write_line(line.project, which=line, values={"planned_cents": 7}, by=None, now=make.AFTER)
        with pytest.raises(Conflict, match="has changed since"):
            actions.move_money(review, by=make.manager(review.plan.organisation), now=make.AFTER)
        assert Review.objects.get().state == Step.BUDGET

    def test_no_step_is_skipped(self, line):
        review = make.review(line.project.plan)
        with pytest.raises(NotAllowed):
            actions.report(review, by=None, now=make.NOW)
        with pytest.raises(NotAllowed):
            actions.propose(review, reason=make.WHY, by=None, now=make.NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.update(state=Step.CLOSED, closed_at=make.NOW)

    def test_one_round_at_a_time_by_a_body_that_governs(self, line):
        plan = line.project.plan
        make.review(plan)
        with pytest.raises(Conflict):
            make.review(plan, starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 30))
        with pytest.raises(Invalid):
            make.review(plans.plan(plan.organisation), body=make.directors(plan.organisation))

    def test_a_period_that_runs_is_not_measured_yet(self, line):
        review = make.review(line.project.plan, starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 30))
        with pytest.raises(Invalid):
            actions.finish_measuring(review, by=None, now=make.NOW)

    def test_steps_stay_in_order_when_a_day_moves(self, line):
        review = make.review(line.project.plan)
        stage = review.stages.get(step=Step.MEASURE)
        with pytest.raises(Invalid):
            actions.move_stage(stage, due_on=date(2027, 1, 1), by=None, now=make.NOW)
        assert actions.move_stage(stage, due_on=stage.due_on + timedelta(days=1), by=None, now=make.NOW)


class TestChasing:
    def test_who_runs_it_hears_before_the_day_and_while_it_is_late_each_stage_once(self, line):
        review = make.review(line.project.plan, owner=make.manager(line.project.plan.organisation))
        due = review.stages.get(step=Step.MEASURE).due_on
        start = make.NOW.replace(month=due.month, day=due.day)

        def heard_after(days):
            actions.chase(now=start + timedelta(days=days))
            return Notification.objects.filter(kind__startswith="governance.step").count()

        assert [heard_after(days) for days in (-9, -7, -6, -1, 0, 1, 2, 8)] == [0, 1, 1, 2, 2, 3, 3, 4]


class TestTheReport:
    def test_a_quarter_stands_beside_the_one_before(self, line):
        plan, project = line.project.plan, line.project
        q2 = {"starts_on": date(2026, 4, 1), "ends_on": date(2026, 6, 30)}
        review = make.review(plan, **q2)
        portfolio.set_health(project, to=Health.OFF_TRACK, reason=make.WHY, by=None, now=make.NOW)
        data = composed(review, now=make.NOW + timedelta(days=20))
        assert data["compared_with"] == ["2026-01-01", "2026-03-31"] and data["has_before"] is False
        assert data["states"]["after"]["shortlisted"] == 1
        assert [each["health"] for each in data["worrying"]] == ["off_track"], "bad news stands in it"
        assert data["money"]["after"]["planned_cents"] == 100_000_00
        later = make.NOW + timedelta(days=100)
        portfolio.set_state(
            project, to=ProjectState.STOPPED, reason=make.WHY, by=None, now=make.NOW + timedelta(days=40)
        )
        Review.objects.update(starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
        after = composed(Review.objects.get(), now=later + timedelta(days=20))
        assert after["has_before"] is True
        [moved] = after["moved"]
        assert (moved["before"], moved["after"], moved["reason"]["en"]) == ("shortlisted", "stopped", make.WHY["en"])

    def test_each_indicator_shows_both_values_and_what_is_missing(self, line):
        project = line.project
        house = project.plan.organisation
        measured, silent = plans.indicator(house), plans.indicator(house)
        for each in (measured, silent):
            each.state = "active"
            each.save()
            portfolio.measure(project, indicator=each, by=None, now=make.NOW)
        for end, value in ((date(2025, 12, 31), "12"), (date(2026, 3, 31), "9.5")):
            row = indicators.measure(
                measured, start=end.replace(day=1), end=end, value=Decimal(value), by=None, now=make.NOW
            )
            indicators.publish(indicators.validate(row, by=None, now=make.NOW), by=None, now=make.NOW)
        found = {each["slug"]: each for each in composed(make.review(project.plan), now=make.NOW)["indicators"]}
        told = found[measured.slug]
        assert (told["before"]["value"], told["after"]["value"], told["better"]) == ("12", "9.5", False)
        assert found[silent.slug]["after"] is None

    def test_a_value_reads_as_on_every_other_page(self):
        kept = {"unit": "d", "decimals": 1, "levels": {"2": {"fr": "En cours", "en": "Under way"}}}
        value = {"value": "1234.5", "evidence": "measured"}
        with override("fr"):
            assert reports._value(value, kept).replace("\u202f", " ").replace("\xa0", " ") == "1 234,5 jours"
            assert reports._value({**value, "value": "2"}, kept) == "En cours"

    def test_it_is_kept_with_its_fingerprint_and_never_changes(self, client, line):
        review = make.reported(line.project.plan)
        data = client.get(f"/en/governance/reviews/{review.pk}/report.json").content
        assert hashlib.sha256(data).hexdigest() == review.digest
        assert data.decode() == canonical(review.report)
        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.update(digest="0" * 64)
        with pytest.raises(Conflict):
            actions.conclude(review, conclusion={"fr": "Autre chose"}, by=None, now=make.NOW)

    def test_what_stands_out_is_written_in_every_promised_language(self, line):
        review = actions.finish_measuring(make.review(line.project.plan), by=None, now=make.NOW)
        with pytest.raises(Invalid):
            actions.report(review, by=None, now=make.NOW)

    def test_a_round_without_a_report_is_nobodys_to_read(self, client, line):
        review = make.review(line.project.plan)
        assert client.get(f"/en/governance/reviews/{review.pk}/").status_code == 404
        assert client.get(f"/en/governance/reviews/{review.pk}/report.pdf").status_code == 404

    def test_the_pdf_is_made_from_what_was_kept(self, client, line):
        review = make.reported(line.project.plan)
        answer = client.get(f"/fr/governance/reviews/{review.pk}/report.pdf")
        assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "period", "before"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), "Q1 2026", (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 10, 1), date(2026, 12, 31), "Q4 2026", (date(2026, 7, 1), date(2026, 9, 30))),
        (date(2026, 1, 1), date(2026, 1, 31), "01/01/2026 – 31/01/2026", (date(2025, 12, 1), date(2025, 12, 31))),
    ],
)
def test_a_period_is_named_and_compared_with_the_one_before(starts_on, ends_on, period, before):
    review = Review(starts_on=starts_on, ends_on=ends_on)
    assert (review.period, review.before()) == (period, before)
