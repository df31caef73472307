"""Money to the cent, promises with days, risks, what waits for what; what a project is measured by; pilots."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.participation.ideas import factories as ideas
from tests.people.organisations import factories as organisations
from zenne.core.errors import Conflict, Invalid
from zenne.people.access.answers import NotAllowed
from zenne.people.organisations.enums import Role
from zenne.strategy.portfolio import actions, queries
from zenne.strategy.portfolio.enums import Funding, ProjectState, Verdict
from zenne.strategy.portfolio.models import BudgetLine, Measure, Milestone, Pilot

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
GIVEN = {"by": None, "now": make.NOW}
DECISION = {"reference": "2026/0601/9", "decided_on": make.TODAY}


class TestMoney:
    def test_amounts_are_added_up_to_the_cent_by_source(self):
        project = make.project()
        for cents, source in ((10, Funding.OWN), (20, Funding.OWN), (90_071_992_547_409_93, Funding.EUROPEAN)):
            line = make.line(project, cents, source=source)
            actions.commit_money(line, cents=cents // 10, **DECISION, **GIVEN)
        actions.spend(line, cents=1, **GIVEN)
        lines = queries.money_of_plan(project.plan)
        assert not lines.exists(), "a sheet being written is nobody's figure"
        lines = project.lines.all()
        total = 90_071_992_547_409_93 + 30
        assert queries.money_of(lines) == {
            "planned_cents": total,
            "committed_cents": 90_071_992_547_409_93 // 10 + 3,
            "spent_cents": 1,
        }
        own = queries.money_of(lines.filter(source="own"))
        assert own == {"planned_cents": 30, "committed_cents": 3, "spent_cents": 0}

    def test_nothing_is_committed_without_a_decision(self):
        line = make.line(make.project())
        for wrong in ({"reference": " "}, {"decided_on": make.TODAY + timedelta(days=1)}, {"cents": -1}):
            with pytest.raises(Invalid):
                actions.commit_money(line, **{"cents": 5, **DECISION, **wrong}, **GIVEN)
        with pytest.raises(IntegrityError), transaction.atomic():
            BudgetLine.objects.filter(pk=line.pk).update(committed_cents=5)

    def test_committing_money_freezes_what_the_project_is_measured_by(self):
        project = make.project()
        before = make.indicator(project.plan.organisation)
        actions.measure(project, indicator=before, **GIVEN)
        line = make.line(project)
        assert not before.definitions.exists()
        actions.commit_money(line, cents=1, **DECISION, **GIVEN)
        assert before.definitions.count() == 1
        actions.commit_money(line, cents=2, **DECISION, **GIVEN)
        assert before.definitions.count() == 1
        later = make.indicator(project.plan.organisation)
        actions.measure(project, indicator=later, **GIVEN)
        assert later.definitions.count() == 1, "what comes after the money is frozen at once"
        with pytest.raises(Conflict):
            actions.unmeasure(project.measures.first(), **GIVEN)

    def test_what_was_committed_stays_and_what_was_only_planned_can_go(self):
        project = make.project()
        planned, committed = make.line(project), make.line(project)
        actions.commit_money(committed, cents=2, **DECISION, **GIVEN)
        spent = actions.spend(committed, cents=3, **GIVEN)
        assert spent.overspent_cents == 1
        actions.drop_line(planned, **GIVEN)
        with pytest.raises(Conflict):
            actions.drop_line(committed, **GIVEN)

    def test_money_is_the_managers(self):
        project = make.project()
        editor = ideas.staff(project.plan.organisation, Role.EDITOR)
        with pytest.raises(NotAllowed):
            actions.write_line(project, values={"source": Funding.OWN}, by=editor, now=make.NOW)


class TestMilestones:
    def test_a_day_that_is_moved_back_says_why_and_the_first_stays(self):
        project = make.project(state=ProjectState.ONGOING)
        due = make.TODAY + timedelta(days=10)
        step = actions.add_milestone(project, title=make.WHY, due_on=due, **GIVEN)
        with pytest.raises(Invalid):
            actions.change_milestone(step, due_on=due + timedelta(days=1), **GIVEN)
        step = actions.change_milestone(step, due_on=due + timedelta(days=5), reason=make.WHY, **GIVEN)
        step = actions.change_milestone(step, due_on=due - timedelta(days=1), **GIVEN)
        assert (step.first_due_on, step.moved_reason_nl) == (due, make.WHY["nl"])
        assert step.late(due) and not step.late(step.due_on)
        assert not actions.finish_milestone(step, **GIVEN).late(due)
        with pytest.raises(IntegrityError), transaction.atomic():
            Milestone.objects.filter(pk=step.pk).update(first_due_on=make.TODAY)

    def test_a_promise_that_everyone_read_is_not_taken_back(self):
        hidden, open_ = make.project(), make.project(state=ProjectState.SHORTLISTED)
        steps = [actions.add_milestone(each, title=make.WHY, due_on=make.TODAY, **GIVEN) for each in (hidden, open_)]
        actions.drop_milestone(steps[0], **GIVEN)
        with pytest.raises(Conflict):
            actions.drop_milestone(steps[1], **GIVEN)


class TestDependencies:
    def test_a_circle_is_refused_with_its_projects_by_name(self):
        plan = make.plan()
        one, two, three = (make.project(plan, title_en=name) for name in ("One", "Two", "Three"))
        actions.depend(one, on=two, **GIVEN)
        actions.depend(two, on=three, **GIVEN)
        with pytest.raises(Conflict, match="“Three” → “One” → “Two” → “Three”"):
            actions.depend(three, on=one, **GIVEN)
        actions.undepend(two.needed.get(), **GIVEN)
        actions.depend(three, on=one, **GIVEN)
        with pytest.raises(Invalid):
            actions.depend(one, on=one, **GIVEN)


class TestPilots:
    def pilot(self, project=None, **values):
        project = project or make.project()
        given = {"indicator": make.indicator(project.plan.organisation), "starts_on": make.TODAY}
        given |= make.words("hypothesis", "Plus vite")
        return actions.write_pilot(project, values={**given, **values}, **GIVEN)

    def test_what_it_should_show_is_frozen_when_it_begins_and_the_verdict_is_on_that(self):
        pilot = self.pilot()
        with pytest.raises(NotAllowed):
            actions.conclude_pilot(pilot, verdict=Verdict.REFUTED, reason=make.WHY, **GIVEN)
        pilot = actions.begin_pilot(pilot, **GIVEN)
        assert pilot.definition == pilot.indicator.definitions.get()
        with pytest.raises(NotAllowed):
            actions.write_pilot(pilot.project, which=pilot, values=make.words("hypothesis", "Moins"), **GIVEN)
        with pytest.raises(Invalid):
            actions.conclude_pilot(pilot, verdict=Verdict.REFUTED, reason={}, **GIVEN)
        pilot = actions.conclude_pilot(pilot, verdict=Verdict.REFUTED, reason=make.WHY, **GIVEN)
        assert (pilot.verdict, pilot.concluded_on) == ("refuted", make.TODAY)
        with pytest.raises(NotAllowed):
            actions.conclude_pilot(pilot, verdict=Verdict.CONFIRMED, reason=make.WHY, **GIVEN)

    def test_the_database_holds_it_too(self):
        pilot = self.pilot()
        rows = Pilot.objects.filter(pk=pilot.pk)
        changes = [{"verdict": "confirmed", "concluded_on": make.TODAY}]
        for change in changes:
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)
        actions.begin_pilot(pilot, **GIVEN)
        for change in ({"hypothesis": "Autre"}, {"indicator": make.indicator(pilot.project.plan.organisation)}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)
        actions.conclude_pilot(pilot, verdict=Verdict.INCONCLUSIVE, reason=make.WHY, **GIVEN)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(verdict="confirmed")


def test_objectives_and_domains_are_measured_too_and_only_by_indicators_of_their_own_organisation():
    plan = make.plan()
    objective = actions.write_objective(plan, slug="air", values=make.words("title", "Air"), **GIVEN)
    indicator = make.indicator(plan.organisation)
    for thing in (objective, plan.domains.first()):
        actions.measure(thing, indicator=indicator, **GIVEN)
        actions.measure(thing, indicator=indicator, position=2, **GIVEN)
    assert Measure.objects.count() == 2
    with pytest.raises(Invalid):
        actions.measure(objective, indicator=make.indicator(organisations.organisation()), **GIVEN)
    plan.refresh_from_db()
    assert plan.versions.first().data["objectives"][0]["indicators"] == [indicator.slug]
