"""A project: its sheet, its way, how it does, two editors on one sheet, who carries it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

import zenne.strategy.portfolio as app
from tests.participation.ideas import factories as ideas
from tests.people.organisations import factories as organisations
from zenne.core.errors import Invalid
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts import actions as accounts
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role
from zenne.strategy.portfolio import actions, queries
from zenne.strategy.portfolio.enums import TRANSITIONS, Health, ProjectState, needs_reason
from zenne.strategy.portfolio.errors import Overtaken
from zenne.strategy.portfolio.models import Project, Version

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
S = ProjectState


def move(project, to, reason=None, by=None):
    return actions.set_state(project, to=to, reason=reason, by=by, now=make.NOW)


class TestItsWay:
    def test_it_goes_forward_without_a_word_and_anywhere_else_with_a_public_reason(self):
        project = make.project(state=S.ONGOING)
        with pytest.raises(Invalid):
            move(project, S.STOPPED)
        project = move(project, S.STOPPED, make.WHY)
        assert (project.state, project.state_reason_nl) == ("stopped", make.WHY["nl"])
        with pytest.raises(Invalid):
            move(project, S.ONGOING)
        project = move(project, S.ONGOING, make.WHY)
        project = move(project, S.ACHIEVED)
        assert (project.state_reason, project.state_since) == ("", make.TODAY)

    def test_the_table_knows_every_step(self):
        project = make.project()
        for to in set(S) - set(TRANSITIONS[S.LONGLISTED]):
            with pytest.raises(NotAllowed):
                move(project, to, make.WHY)
        assert needs_reason(S.SHEET, S.LONGLISTED) and not needs_reason(S.LONGLISTED, S.SHEET)

    def test_nothing_is_decided_that_no_college_decided(self):
        project = move(make.project(state=S.SHORTLISTED), S.STOPPED, make.WHY)
        for to in (S.SCHEDULED, S.ONGOING):
            with pytest.raises(Invalid):
                move(project, to, make.WHY)

    def test_it_is_public_from_the_shortlist_on_in_every_promised_language(self):
        organisation = organisations.organisation(languages=["fr", "nl"])
        project = make.project(make.plan(organisation), state=S.SHEET, summary_nl="")
        assert not project.is_public
        with pytest.raises(Invalid):
            move(project, S.SHORTLISTED)
        actions.edit_project(project, values={"summary_nl": "Kort"}, by=None, now=make.NOW)
        assert move(project, S.SHORTLISTED).is_public
        with pytest.raises(Invalid):
            actions.edit_project(project, values={"title_nl": ""}, by=None, now=make.NOW)

    def test_writers_write_and_managers_decide(self):
        project = make.project()
        organisation = project.plan.organisation
        editor, manager = (ideas.staff(organisation, role) for role in (Role.EDITOR, Role.MANAGER))
        project = move(project, S.SHEET, by=editor)
        for nobody in (editor, ideas.staff(organisations.organisation()), ideas.resident()):
            with pytest.raises(NotAllowed):
                move(project, S.SHORTLISTED, by=nobody)
        assert move(project, S.SHORTLISTED, by=manager).state == "shortlisted"

    def test_a_plan_brought_from_elsewhere_says_where_its_projects_stood(self):
        plan = make.plan()
        stopped, running, waiting = make.project(plan), make.project(plan, state=S.SHORTLISTED), make.project(plan)
        given = {"since": date(2023, 3, 1), "by": None, "now": make.NOW}
        with pytest.raises(Invalid):
            actions.take_over(stopped, to=S.STOPPED, **given)
        assert actions.take_over(stopped, to=S.STOPPED, reason=make.WHY, **given).state_since == date(2023, 3, 1)
        with pytest.raises(Invalid):
            actions.take_over(running, to=S.ONGOING, **given)
        decided = make.decided(plan)
        assert actions.take_over(running, to=S.ONGOING, revision=decided, **given).state_since == date(2023, 3, 1)
        with pytest.raises(Invalid):
            actions.take_over(running, to=S.ACHIEVED, revision=decided, **given)
        with pytest.raises(Invalid):
            actions.take_over(waiting, to=S.ONGOING, revision=decided, **given)

    def test_its_address_is_for_life(self):
        project = make.project()
        for change in ({"slug": "other"}, {"number": 99}, {"plan": make.plan()}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Project.objects.filter(pk=project.pk).update(**change)

    def test_the_readme_shows_the_table(self):
        readme = Path(app.__file__).with_name("README.md").read_text()
        for before, afters in TRANSITIONS.items():
            words = [f"{after.value}{'!' if needs_reason(before, after) else ''}" for after in afters]
            assert f"    {before.value:<11} -> {', '.join(words) or '(the end)'}\n" in readme


class TestHowItDoes:
    def test_health_is_apart_from_the_state_and_bad_health_says_why(self):
        project = make.project(state=S.ONGOING)
        with pytest.raises(Invalid):
            actions.set_health(project, to=Health.OFF_TRACK, by=None, now=make.NOW)
        project = actions.set_health(project, to=Health.OFF_TRACK, reason=make.WHY, by=None, now=make.NOW)
        assert (project.state, project.health, project.health_on) == ("ongoing", "off_track", make.TODAY)
        project = actions.set_health(project, to=Health.ON_TRACK, by=None, now=make.NOW)
        assert project.health_reason == ""
        with pytest.raises(Invalid):
            tomorrow = make.TODAY + timedelta(days=1)
            actions.set_health(project, to=Health.ON_TRACK, on=tomorrow, by=None, now=make.NOW)


class TestTwoEditors:
    def test_the_second_sees_what_the_first_changed_and_then_saves(self):
        project = make.project()
        read = project.version
        actions.edit_project(project, values={"title_fr": "Le premier"}, version=read, by=None, now=make.NOW)
        with pytest.raises(Overtaken) as met:
            actions.edit_project(project, values={"title_fr": "Le second"}, version=read, by=None, now=make.NOW)
        [difference] = met.value.differences
        assert (difference.field, difference.language, difference.after) == ("title", "fr", "Le premier")
        latest = met.value.version
        kept = actions.edit_project(project, values={"title_fr": "Le second"}, version=latest, by=None, now=make.NOW)
        assert (kept.title, kept.version) == ("Le second", latest + 1)

    def test_a_change_elsewhere_on_the_project_counts_too(self):
        project = make.project()
        actions.add_milestone(project, title=make.WHY, due_on=make.TODAY, by=None, now=make.NOW)
        with pytest.raises(Overtaken) as met:
            actions.edit_project(project, values={}, version=project.version, by=None, now=make.NOW)
        assert [each.field for each in met.value.differences] == ["milestones"]


class TestItsCarrier:
    def test_who_carries_it_writes_its_sheet_and_says_how_it_does_while_working_here(self):
        project = make.project(state=S.ONGOING)
        carrier = ideas.staff(project.plan.organisation, Role.MODERATOR)
        with pytest.raises(NotAllowed):
            actions.edit_project(project, values={}, by=carrier, now=make.NOW)
        actions.carry(project, person=carrier, by=None, now=make.NOW)
        actions.edit_project(project, values={"title_fr": "Mieux"}, by=carrier, now=make.NOW)
        actions.set_health(project, to=Health.ON_TRACK, by=carrier, now=make.NOW)
        with pytest.raises(NotAllowed):
            move(project, S.ACHIEVED, by=carrier)
        with pytest.raises(Invalid):
            actions.carry(project, person=ideas.resident(), by=None, now=make.NOW)

    @pytest.mark.parametrize("closed", [False, True], ids=["left the house", "closed the account"])
    def test_one_who_leaves_is_noticed_and_nothing_else_changes(self, closed):
        project = make.project(state=S.ONGOING)
        carrier = ideas.staff(project.plan.organisation)
        actions.carry(project, person=carrier, by=None, now=make.NOW)
        assert actions.notice_carriers(now=make.NOW) == 0
        if closed:
            accounts.erase(by=carrier, now=make.NOW)
        else:
            carrier.memberships.all().delete()
            assert list(queries.carried_by_nobody()) == [project]
            assert actions.notice_carriers(now=make.NOW) == 1
        project.refresh_from_db()
        assert (project.carrier_person, project.state) == (None, "ongoing")
        assert Entry.objects.filter(event="planned_project.carrier_left").count() == 1
        assert actions.notice_carriers(now=make.NOW) == 0

    def test_no_version_names_who_carries_it(self):
        project = make.project()
        carrier = ideas.staff(project.plan.organisation, name="Zéphyrine")
        actions.carry(project, person=carrier, by=None, now=make.NOW)
        assert not any("Zéphyrine" in str(row.data) for row in Version.objects.all())


def test_links_of_another_plan_or_organisation_are_refused():
    project, other = make.project(), make.project()
    stranger = make.department(other.plan.organisation)
    for verb in (
        lambda: actions.edit_project(project, values={"domain": other.domain}, by=None, now=make.NOW),
        lambda: actions.edit_project(project, values={"carrier": stranger}, by=None, now=make.NOW),
        lambda: actions.involve(project, department=stranger, part="works", by=None, now=make.NOW),
        lambda: actions.depend(project, on=other, by=None, now=make.NOW),
    ):
        with pytest.raises(Invalid):
            verb()


@pytest.mark.parametrize(
    "values",
    [{"title_fr": "", "title_nl": "", "title_en": ""}, {"title_fr": "x" * 500}, {"ends_on": date(1990, 1, 1)}],
)
def test_a_sheet_that_cannot_stand_is_refused_with_words(values):
    project = make.project(starts_on=date(2026, 1, 1))
    with pytest.raises(Invalid) as met:
        actions.edit_project(project, values=values, by=None, now=make.NOW)
    assert str(met.value.message)
