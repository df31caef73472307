"""The discussion of a plan: its projects are talked about by the rules of one activity."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.participation.ideas import factories as ideas
from tests.people.organisations.factories import organisation
from tests.strategy.portfolio import factories as plans
from zenne.core.errors import Invalid
from zenne.participation.comments import actions as comments
from zenne.participation.processes.models import Phase
from zenne.people.access.answers import NotAllowed
from zenne.strategy.portfolio import actions
from zenne.strategy.portfolio.enums import ProjectState

pytestmark = pytest.mark.django_db


def test_a_resident_comments_on_a_project_while_its_plan_is_discussed(client, now):
    project = plans.project(state=ProjectState.SHORTLISTED)
    plans.debate(project.plan)
    comments.comment(project, text="Et le soir ?", language="fr", by=ideas.resident(), now=plans.NOW)
    page = client.get(project.get_absolute_url()).content.decode()
    assert "Et le soir" in page
    project.refresh_from_db()
    assert project.comment_count == 1


def test_a_plan_without_a_discussion_takes_no_comment_and_shows_no_form(client, now):
    project = plans.project(state=ProjectState.SHORTLISTED)
    assert 'id="comments"' not in client.get(project.get_absolute_url()).content.decode()


def test_a_discussion_that_has_closed_takes_no_comment_any_more(now):
    project = plans.project(state=ProjectState.SHORTLISTED)
    found = plans.debate(project.plan)
    Phase.objects.filter(pk=found.activity.phase_id).update(closes_at=plans.NOW - timedelta(hours=1))
    with pytest.raises(NotAllowed):
        comments.comment(project, text="Trop tard", language="fr", by=ideas.resident(), now=plans.NOW)


def test_where_comments_are_read_first_one_waits(client, now):
    project = plans.project(state=ProjectState.SHORTLISTED)
    plans.debate(project.plan, reads_first=True)
    comments.comment(project, text="À lire d'abord", language="fr", by=ideas.resident(), now=plans.NOW)
    assert "lire d" not in client.get(project.get_absolute_url()).content.decode()


def test_a_plan_is_discussed_in_one_place_and_by_its_own_organisation(now):
    plan = plans.plan()
    first = plans.debate(plan)
    second = plans.debate(plans.plan(plan.organisation))
    staff = ideas.staff(plan.organisation)
    words = {"reason": plans.WHY, "by": staff, "now": plans.NOW, "reads_first": False}
    with pytest.raises(Invalid):
        actions.change_debate(second, plan=plan, **words)
    with pytest.raises(Invalid):
        actions.change_debate(first, plan=plans.plan(organisation("Elsewhere")), **words)


def test_the_settings_are_for_managers_of_the_organisation(client_for, now):
    found = plans.debate(plans.plan())
    address = reverse("plan_debate:edit", args=[found.pk])
    assert client_for(ideas.staff(found.plan.organisation)).get(address).status_code == 200
    assert client_for(ideas.staff(organisation("Elsewhere"))).get(address).status_code in (302, 403, 404)
