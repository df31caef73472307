"""Projects that are merged or split, what becomes of ideas, and needs before there is a project."""

import re
from datetime import timedelta

import pytest

from tests.participation.advices import factories as advices
from tests.participation.decisions import factories as decisions
from tests.participation.ideas import factories as ideas
from zenne.core.errors import Conflict, Invalid
from zenne.people.access.answers import NotAllowed
from zenne.strategy.portfolio import actions, queries
from zenne.strategy.portfolio.enums import NeedFrom, NeedState, ProjectState, Share
from zenne.strategy.portfolio.models import Origin

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
GIVEN = {"by": None, "now": make.NOW}


class TestMerging:
    def test_nothing_is_lost_and_both_histories_stay(self):
        plan = make.plan()
        old = make.rich(plan)
        into = make.project(plan, state=ProjectState.ONGOING)
        waiting = make.project(plan)
        actions.depend(waiting, on=old, **GIVEN)
        idea, resident = ideas.idea(), ideas.resident()
        actions.link(old, thing=idea, share=Share.WHOLE, reason=make.WHY, **GIVEN)
        actions.follow(old, by=resident, now=make.NOW)
        money, kept = queries.money_of(old.lines.all()), old.versions.count()
        before = old.versions.first().data
        actions.merge([old], into=into, reason=make.WHY, by=None, now=make.NOW + timedelta(days=1))
        for each in (old, into):
            each.refresh_from_db()
        assert (old.state, old.merged_into, old.state_reason_nl) == ("terminated", into, make.WHY["nl"])
        assert queries.money_of(into.lines.all()) == money and not old.lines.exists()
        assert [into.milestones.count(), into.risks.count(), old.milestones.count()] == [1, 1, 0]
        assert [each.origins.get().idea for each in (old, into)] == [idea, idea]
        assert into.follows.get().person == resident
        assert waiting.needed.get().on == into
        assert waiting.versions.first().data["waits_for"] == [into.slug]
        assert old.versions.count() == kept + 1
        assert old.versions.filter(at__lte=make.NOW).latest("number").data == before

    def test_whoever_would_wait_in_a_circle_is_named_and_what_waits_inside_is_no_circle(self):
        plan = make.plan()
        first, between, last = (make.project(plan) for _each in range(3))
        actions.depend(first, on=between, **GIVEN)
        actions.depend(between, on=last, **GIVEN)
        with pytest.raises(Conflict, match=re.escape(f"“{first}” → “{between}” → “{last}”")):
            actions.merge([last], into=first, reason=make.WHY, **GIVEN)
        assert between.needed.get().on == last
        actions.merge([last, between], into=first, reason=make.WHY, **GIVEN)
        assert not first.needed.exists() and not first.needed_by.exists()

    def test_one_that_was_merged_stays_as_it_is(self):
        plan = make.plan()
        old, into = make.project(plan), make.project(plan)
        actions.merge([old], into=into, reason=make.WHY, **GIVEN)
        for verb in (
            lambda: actions.edit_project(old, values={}, **GIVEN),
            lambda: actions.set_state(old, to=ProjectState.SHEET, reason=make.WHY, **GIVEN),
        ):
            with pytest.raises(NotAllowed):
                verb()

    @pytest.mark.parametrize("wrong", ["nothing", "itself", "elsewhere", "without a reason", "ended"])
    def test_what_makes_no_sense_is_refused(self, wrong):
        into = make.project()
        other = make.project(into.plan)
        if wrong == "ended":
            other = actions.set_state(other, to=ProjectState.STOPPED, reason=make.WHY, **GIVEN)
        given = {"nothing": [], "itself": [into], "elsewhere": [make.project()]}.get(wrong, [other])
        with pytest.raises(Invalid):
            actions.merge(given, into=into, reason={} if wrong == "without a reason" else make.WHY, **GIVEN)


class TestSplitting:
    def test_a_part_of_a_decided_project_waits_for_the_college(self):
        project = make.rich()
        line, step = project.lines.get(), project.milestones.get()
        half = actions.Half(
            "half", make.words("title", "Moitié") | make.words("summary", "En bref"), [line.pk], [step.pk]
        )
        [part] = actions.split(project, into=[half], reason=make.WHY, **GIVEN)
        project.refresh_from_db()
        assert (project.state, part.state, part.split_from) == ("ongoing", "shortlisted", project)
        assert part.lines.get() == line and not project.lines.exists()
        assert part.measures.get().indicator == project.measures.get().indicator
        make.decided(project.plan)
        part.refresh_from_db()
        assert part.state == "validated"

    def test_it_takes_only_rows_of_its_own(self):
        project, other = make.project(), make.rich()
        half = actions.Half("half", make.words("title", "Moitié"), [other.lines.get().pk])
        with pytest.raises(Invalid):
            actions.split(project, into=[half], reason=make.WHY, **GIVEN)


class TestOrigins:
    def test_ideas_selections_decisions_and_recommendations_go_into_projects_several_to_several(self):
        idea = ideas.idea()
        decision = decisions.published([idea])
        recommendation = advices.issued().recommendations.first()
        projects = [make.project(), make.project()]
        for project in projects:
            for thing in (idea, decision.selection, decision, recommendation):
                actions.link(project, thing=thing, share=Share.PART, reason=make.WHY, **GIVEN)
        assert Origin.objects.count() == 8
        assert [row.kind for row in projects[0].origins.all()] == ["idea", "selection", "decision", "recommendation"]
        again = actions.link(projects[0], thing=idea, share=Share.WHOLE, reason=make.WHY, **GIVEN)
        assert (again.share, again.thing, Origin.objects.count()) == ("whole", idea, 8)
        actions.unlink(again, **GIVEN)
        assert Origin.objects.count() == 7

    def test_a_link_has_a_public_reason_and_leads_to_something_public(self):
        project = make.project()
        with pytest.raises(Invalid):
            actions.link(project, thing=ideas.idea(), share=Share.PART, reason={}, **GIVEN)
        with pytest.raises(Invalid):
            actions.link(project, thing=decisions.prepared(), share=Share.PART, reason=make.WHY, **GIVEN)


class TestNeeds:
    def test_one_becomes_a_project_on_the_longlist_with_the_idea_behind_it(self):
        plan = make.plan()
        idea = ideas.idea()
        need = make.need(plan, comes_from=NeedFrom.CITIZEN, department=None, idea=idea)
        domain = plan.domains.first()
        project = actions.take_up(need, slug="shade", domain=domain, reason=make.WHY, **GIVEN)
        need.refresh_from_db()
        assert (need.state, need.project) == ("taken_up", project)
        assert (project.state, project.title, project.origins.get().idea) == ("longlisted", need.title, idea)
        with pytest.raises(NotAllowed):
            actions.decline(need, reason=make.WHY, **GIVEN)

    def test_one_is_declined_with_a_reason_and_can_be_looked_at_again(self):
        need = make.need(make.plan())
        with pytest.raises(Invalid):
            actions.decline(need, reason={}, **GIVEN)
        need = actions.decline(need, reason=make.WHY, **GIVEN)
        need = actions.reopen(need, **GIVEN)
        project = make.project(need.plan)
        assert actions.take_up(need, project=project, reason=make.WHY, **GIVEN) == project
        need.refresh_from_db()
        assert need.state == NeedState.TAKEN_UP
