"""A strategy changes its validity by the decision of a College or a council, and by nothing else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.participation.ideas import factories as ideas
from tests.people.organisations import factories as organisations
from zenne.core.errors import Conflict, Invalid
from zenne.participation.decisions.enums import BodyRole
from zenne.people.access.answers import NotAllowed
from zenne.people.organisations.enums import Role
from zenne.strategy.portfolio import actions, queries
from zenne.strategy.portfolio.enums import PlanState, ProjectState, RevisionState
from zenne.strategy.portfolio.models import Plan, Project, Revision
from zenne.strategy.portfolio.versions import digest_of

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def decide(revision, body, **given):
    fixed = {"body": body, "reference": "2026/1", "decided_on": make.TODAY, "by": None, "now": make.NOW}
    return actions.make_valid(revision, **{**fixed, **given})


def test_a_college_brings_a_plan_into_force_and_validates_the_shortlist_that_it_named():
    plan = make.plan()
    shortlisted = make.project(plan, state=ProjectState.SHORTLISTED)
    writing = make.project(plan, state=ProjectState.SHEET)
    proposed = actions.propose(plan, reason=make.WHY, by=None, now=make.NOW)
    late = make.project(plan, state=ProjectState.SHORTLISTED)
    assert proposed.named == [shortlisted.pk]
    assert [sheet["slug"] for sheet in proposed.snapshot["projects"]] == [shortlisted.slug]
    assert queries.in_force(plan) is None
    decided = decide(proposed, make.body(plan.organisation), answer=make.WHY)
    states = [Project.objects.get(pk=each.pk).state for each in (shortlisted, writing, late)]
    assert states == ["validated", "sheet", "shortlisted"]
    plan.refresh_from_db()
    assert (plan.state, queries.in_force(plan)) == (PlanState.VALID, decided)
    assert Project.objects.get(pk=shortlisted.pk).validated_by == decided
    assert Revision.objects.get().digest == digest_of(Revision.objects.get().snapshot)


@pytest.mark.parametrize("role", [role for role in BodyRole if role not in (BodyRole.COLLEGE, BodyRole.COUNCIL)])
def test_no_other_body_decides_about_a_plan(role):
    plan = make.plan()
    proposed = actions.propose(plan, reason=make.WHY, by=None, now=make.NOW)
    with pytest.raises(NotAllowed):
        decide(proposed, make.body(plan.organisation, role))


def test_neither_does_the_college_of_another_town():
    plan = make.plan()
    proposed = actions.propose(plan, reason=make.WHY, by=None, now=make.NOW)
    with pytest.raises(NotAllowed):
        decide(proposed, make.body(organisations.organisation()))


def test_a_decision_has_a_reference_and_is_never_taken_tomorrow():
    plan = make.plan()
    proposed = actions.propose(plan, reason=make.WHY, by=None, now=make.NOW)
    for given in ({"reference": " "}, {"decided_on": make.TODAY + timedelta(days=1)}):
        with pytest.raises(Invalid):
            decide(proposed, make.body(plan.organisation), **given)


def test_what_a_council_refuses_stays_readable_and_changes_nothing():
    plan = make.plan()
    project = make.project(plan, state=ProjectState.SHORTLISTED)
    proposed = actions.propose(plan, reason=make.WHY, by=None, now=make.NOW)
    body = make.body(plan.organisation, BodyRole.COUNCIL)
    given = {"body": body, "reference": "2026/1", "decided_on": make.TODAY, "by": None, "now": make.NOW}
    with pytest.raises(Invalid):
        actions.refuse(proposed, answer={"fr": " "}, **given)
    refused = actions.refuse(proposed, answer=make.WHY, **given)
    plan.refresh_from_db()
    project.refresh_from_db()
    assert (refused.state, plan.state, project.state) == ("refused", "draft", "shortlisted")
    assert actions.propose(plan, reason=make.WHY, by=None, now=make.NOW).number == 2


def test_one_proposal_waits_at_a_time_and_only_managers_put_one_before_a_body():
    plan = make.plan()
    with pytest.raises(NotAllowed):
        actions.propose(plan, reason=make.WHY, by=ideas.staff(plan.organisation, Role.EDITOR), now=make.NOW)
    with pytest.raises(Invalid):
        actions.propose(plan, reason={}, by=None, now=make.NOW)
    actions.propose(plan, reason=make.WHY, by=ideas.staff(plan.organisation), now=make.NOW)
    with pytest.raises(Conflict):
        actions.propose(plan, reason=make.WHY, by=None, now=make.NOW)


class TestWhatTheDatabaseHolds:
    """Whoever writes, and however."""

    def refused(self, rows, **change):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)

    def test_no_plan_comes_into_force_by_itself(self):
        plan = make.plan()
        actions.propose(plan, reason=make.WHY, by=None, now=make.NOW)
        self.refused(Plan.objects.filter(pk=plan.pk), state=PlanState.VALID)
        with pytest.raises(IntegrityError), transaction.atomic():
            Plan.objects.create(
                organisation=plan.organisation, slug="other", state="valid", created_at=make.NOW, changed_at=make.NOW
            )

    @pytest.mark.parametrize("role", ["directors", "steering", "other"])
    def test_no_revision_is_decided_by_anybody_else(self, role):
        plan = make.plan()
        proposed = actions.propose(plan, reason=make.WHY, by=None, now=make.NOW)
        rows = Revision.objects.filter(pk=proposed.pk)
        given = {"reference": "1", "decided_on": make.TODAY, "decided_at": make.NOW}
        for state in (RevisionState.VALID, RevisionState.REFUSED):
            self.refused(rows, state=state, body=make.body(plan.organisation, role), **given)
            self.refused(rows, state=state, body=make.body(organisations.organisation()), **given)
            self.refused(rows, state=state)
        with pytest.raises(IntegrityError), transaction.atomic():
            Revision.objects.create(
                plan=plan, number=9, state="valid", proposed_at=make.NOW, body=make.body(plan.organisation), **given
            )

    def test_what_was_proposed_and_decided_stays(self):
        plan = make.plan()
        proposed = actions.propose(plan, reason=make.WHY, by=None, now=make.NOW)
        rows = Revision.objects.filter(pk=proposed.pk)
        self.refused(rows, snapshot={})
        self.refused(rows, named=[1])
        decide(proposed, make.body(plan.organisation))
        self.refused(rows, state=RevisionState.PROPOSED, body=None, decided_on=None, decided_at=None, reference="")
        self.refused(rows, reference="other")
        self.refused(rows, answer="Autre")
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete()

    def test_no_project_is_validated_by_a_revision_that_does_not_name_it(self):
        plan = make.plan()
        decided = make.decided(plan)
        project = make.project(plan, state=ProjectState.SHORTLISTED)
        rows = Project.objects.filter(pk=project.pk)
        self.refused(rows, state=ProjectState.VALIDATED)
        self.refused(rows, state=ProjectState.VALIDATED, validated_by=decided)
        with pytest.raises(Invalid):
            actions.set_state(project, to=ProjectState.VALIDATED, by=None, now=make.NOW)
