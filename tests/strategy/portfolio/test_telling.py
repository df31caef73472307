"""Who hears of what a project does, once each; and what became of things on their own pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.participation.advices import factories as advices
from tests.participation.decisions import factories as decisions
from tests.participation.ideas import factories as ideas
from tests.participation.ideas.factories import resident, staff
from tests.strategy.portfolio import factories as make
from tests.strategy.portfolio.factories import NOW, TODAY, WHY
from zenne.messaging.campaigns.kinds import audiences
from zenne.messaging.notifications.enums import Frequency
from zenne.messaging.notifications.kinds import scopes
from zenne.messaging.notifications.models import Notification
from zenne.participation.ideas.actions import support
from zenne.people.accounts.models import Person
from zenne.strategy.indicators.models import Measurement
from zenne.strategy.portfolio import actions, notifications
from zenne.strategy.portfolio.enums import Health, ProjectState, Share
from zenne.strategy.portfolio.models import Origin, Project
from zenne.strategy.portfolio.tasks import tell

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[tuple[Person, str]]:
    rows = Notification.objects.filter(kind=f"portfolio.{kind}").select_related("person").order_by("pk")
    return [(row.person, str(row)) for row in rows]


def people(kind: str) -> set[Person]:
    found = [row.person for row in Notification.objects.filter(kind=f"portfolio.{kind}").select_related("person")]
    assert len(found) == len(set(found))
    return set(found)


def linked(project: Project, idea: object, by: Person | None = None) -> Origin:
    return actions.link(project, thing=idea, share=Share.PART, reason=WHY, by=by, now=NOW)  # type: ignore[arg-type]


class TestLetters:
    def test_authors_and_supporters_hear_that_their_idea_is_taken_up_and_followers_of_the_project_do_not(self) -> None:
        project, idea = make.rich(), ideas.idea()
        supporter, follower = resident("Supporter"), resident("Follower")
        support(idea, by=supporter, now=NOW)
        actions.follow(project, by=follower, now=NOW)
        notifications.linked(linked(project, idea), NOW)
        assert people("linked") == {idea.author, supporter}
        row = Notification.objects.filter(kind="portfolio.linked").first()
        assert row is not None and row.excerpt["nl"] == WHY["nl"] and row.scope == f"portfolio.project:{project.pk}"

    def test_everybody_concerned_hears_once_of_a_step_whatever_ties_them_to_the_project(self) -> None:
        project, idea = make.rich(), ideas.idea()
        linked(project, idea)
        linked(project, ideas.idea(author=idea.author))
        actions.follow(project, by=idea.author, now=NOW)
        actions.set_state(project, to=ProjectState.ACHIEVED, by=None, now=NOW)
        fresh = Project.objects.get(pk=project.pk)
        for _again in range(2):
            notifications.moved(fresh, NOW)
        assert [person for person, _words in told("state")] == [idea.author]

    def test_bad_health_is_told_with_its_reason(self) -> None:
        project, follower = make.rich(), resident("Follower")
        actions.follow(project, by=follower, now=NOW)
        actions.set_health(project, to=Health.OFF_TRACK, reason=WHY, by=None, now=NOW)
        notifications.health_said(Project.objects.get(pk=project.pk), NOW)
        row = Notification.objects.get(kind="portfolio.health")
        assert row.person == follower and row.excerpt["fr"] == WHY["fr"]
        assert row.mail == Frequency.DAILY

    def test_milestones_news_and_new_figures_are_told(self) -> None:
        project, follower = make.rich(), resident("Follower")
        actions.follow(project, by=follower, now=NOW)
        milestone = project.milestones.get()
        later = milestone.due_on + timedelta(days=30)
        milestone = actions.change_milestone(milestone, due_on=later, reason=WHY, by=None, now=NOW)
        notifications.milestone_moved(milestone, NOW)
        milestone = actions.finish_milestone(milestone, by=None, now=NOW)
        notifications.milestone_done(milestone, NOW)
        notifications.posted(actions.publish_post(project, title=WHY, text=WHY, by=None, now=NOW), NOW)
        indicator = project.measures.get().indicator
        figure = Measurement(pk=7, indicator=indicator, value=12, start=TODAY, end=TODAY)
        for _again in range(2):
            notifications.measured(figure, NOW)
        assert len(told("milestone")) == 2
        assert people("news") == people("measured") == {follower}

    def test_a_project_that_is_not_public_says_nothing(self) -> None:
        project, idea = make.project(state=ProjectState.SHEET), ideas.idea()
        notifications.linked(linked(project, idea), NOW)
        notifications.moved(project, NOW)
        assert not Notification.objects.filter(kind__startswith="portfolio.").exists()

    def test_who_is_behind_a_sheet_hears_of_it_once_it_is_public(self) -> None:
        project, idea = make.project(state=ProjectState.SHEET), ideas.idea()
        notifications.linked(linked(project, idea), NOW)
        project = actions.set_state(project, to=ProjectState.SHORTLISTED, by=None, now=NOW)
        for _again in range(2):
            notifications.moved(project, NOW)
        assert people("linked") == people("state") == {idea.author}

    def test_whoever_hears_of_a_merged_project_or_of_the_one_it_went_into_is_led_there_once(self) -> None:
        old, idea = make.rich(), ideas.idea()
        into = make.project(old.plan, state=ProjectState.SHORTLISTED)
        boss, of_both, of_new = staff(old.plan.organisation), resident("Both"), resident("New")
        linked(old, idea)
        for project, person in ((old, of_both), (into, of_both), (into, of_new)):
            actions.follow(project, by=person, now=NOW)
        actions.merge([old], into=into, reason=WHY, by=boss, now=NOW)
        [job] = ProcrastinateJob.objects.filter(task_name="portfolio.tell")
        for _again in range(2):
            tell(**job.args)
        assert people("merged") == {idea.author, of_both, of_new}
        assert not told("state")
        row = Notification.objects.filter(kind="portfolio.merged").first()
        assert row is not None and row.url == into.get_absolute_url() and row.excerpt["nl"] == WHY["nl"]
        assert (row.facts["project"]["fr"], row.facts["into"]["fr"]) == (old.title_fr, into.title_fr)

    def test_one_that_went_into_a_project_nobody_may_read_has_ended_and_does_not_name_it(
        self, client_for: Callable[..., Client]
    ) -> None:
        old, follower = make.rich(), resident("Follower")
        into = make.project(old.plan, state=ProjectState.SHEET)
        actions.follow(old, by=follower, now=NOW)
        actions.merge([old], into=into, reason=WHY, by=None, now=NOW)
        notifications.merged(Project.objects.get(pk=old.pk), NOW)
        assert people("state") == {follower} and not told("merged")
        assert str(into) not in client_for().get(old.get_absolute_url()).content.decode()
        actions.set_state(into, to=ProjectState.SHORTLISTED, by=None, now=NOW)
        page = client_for().get(old.get_absolute_url()).content.decode()
        assert str(into) in page and into.get_absolute_url() in page

    def test_who_hears_of_a_project_is_told_where_a_part_of_it_goes_on(self) -> None:
        project, follower = make.rich(), resident("Follower")
        actions.follow(project, by=follower, now=NOW)
        half = actions.Half("half", make.words("title", "Moitié") | make.words("summary", "En bref"))
        boss = staff(project.plan.organisation)
        [part] = actions.split(project, into=[half], reason=WHY, by=boss, now=NOW)
        [job] = ProcrastinateJob.objects.filter(task_name="portfolio.tell")
        tell(**job.args)
        assert people("split") == {follower}
        assert Notification.objects.get(kind="portfolio.split").url == part.get_absolute_url()

    def test_who_follows_a_process_hears_of_the_ideas_that_were_kept_in_it_and_of_no_other(self) -> None:
        project, kept, other = make.rich(), ideas.idea(), ideas.idea()
        voter, passer_by = resident("Voter"), resident("Passer-by")
        decisions.published([kept])
        kept.process.follows.create(person=voter, since=NOW)
        other.process.follows.create(person=passer_by, since=NOW)
        for idea in (kept, other):
            notifications.linked(linked(project, idea), NOW)
        assert people("linked") == {kept.author, voter, other.author}
        actions.set_health(project, to=Health.AT_RISK, reason=WHY, by=None, now=NOW)
        notifications.health_said(Project.objects.get(pk=project.pk), NOW)
        assert people("health") == {kept.author, voter, other.author}

    def test_followers_of_the_process_hear_of_its_advice_being_taken_up(self) -> None:
        project, advice = make.rich(), advices.issued()
        follower = resident("Follower")
        advice.process.follows.create(person=follower, since=NOW)
        notifications.linked(linked(project, advice.recommendations.first()), NOW)
        assert people("linked") == {follower}

    def test_a_verb_of_staff_leaves_the_letters_to_the_worker_and_a_file_that_is_loaded_tells_nobody(self) -> None:
        project = make.rich()
        boss = staff(project.plan.organisation)
        actions.set_health(project, to=Health.ON_TRACK, by=None, now=NOW)
        assert not ProcrastinateJob.objects.filter(task_name="portfolio.tell").exists()
        actions.set_health(project, to=Health.AT_RISK, reason=WHY, by=boss, now=NOW)
        job = ProcrastinateJob.objects.get(task_name="portfolio.tell")
        assert job.args["what"] == "health_said"
        actions.follow(project, by=boss, now=NOW)
        tell(**job.args)
        assert people("health") == {boss}

    def test_people_choose_a_rhythm_for_each_project_they_follow(self) -> None:
        project, follower = make.rich(), resident("Follower")
        actions.follow(project, by=follower, now=NOW)
        scope = scopes["portfolio.project"]
        assert scope.followed(follower) == [project.pk]
        assert scope.places([project.pk])[project.pk].label == str(project)
        hidden = make.project(state=ProjectState.SHEET)
        assert scope.places([hidden.pk]) == {}

    def test_a_campaign_reaches_the_followers_of_ones_own_projects_only(self) -> None:
        project, follower = make.rich(), resident("Follower")
        actions.follow(project, by=follower, now=NOW)
        house, other = project.plan.organisation, make.plan().organisation
        audience = audiences["portfolio.project"]
        assert [number for number, _words in audience.things(house)] == [project.pk]
        assert list(audience.people(house, project.pk)) == [follower]
        assert not audience.people(other, project.pk).exists()
        assert list(audiences["portfolio.plan"].people(house, project.plan_id)) == [follower]


class TestPages:
    def test_an_idea_says_what_became_of_it_and_where_it_was_not_taken_up(
        self, client_for: Callable[..., Client]
    ) -> None:
        project = make.rich()
        idea = ideas.idea(ideas.call(ideas.process(project.plan.organisation)))
        linked(project, idea)
        given = {"comes_from": "citizen", "department": None, "idea": idea}
        need = make.need(make.plan(project.plan.organisation), **given)
        actions.decline(need, reason={"fr": "Trop cher."}, by=None, now=NOW)
        page = client_for().get(idea.get_absolute_url()).content.decode()
        assert str(project) in page and project.get_absolute_url() in page
        assert WHY["fr"].replace("'", "&#x27;") in page and "Trop cher." in page

    def test_an_indicator_leads_back_to_what_it_measures_as_far_as_everyone_reads_it(
        self, client_for: Callable[..., Client]
    ) -> None:
        project = make.rich()
        indicator = project.measures.get().indicator
        hidden = make.project(project.plan, state=ProjectState.SHEET)
        actions.measure(hidden, indicator=indicator, by=None, now=NOW)
        actions.measure(project.domain, indicator=indicator, by=None, now=NOW)
        page = client_for().get(indicator.get_absolute_url()).content.decode()
        assert project.get_absolute_url() in page and project.domain.get_absolute_url() in page
        assert str(hidden) not in page

    def test_a_sheet_that_is_being_written_is_not_on_the_page_of_the_idea(
        self, client_for: Callable[..., Client]
    ) -> None:
        project, idea = make.project(state=ProjectState.SHEET), ideas.idea()
        linked(project, idea)
        assert str(project) not in client_for().get(idea.get_absolute_url()).content.decode()

    def test_a_process_and_an_advice_show_the_projects_that_take_them_up(
        self, client_for: Callable[..., Client]
    ) -> None:
        project, advice = make.rich(), advices.issued()
        linked(project, advice.recommendations.first())
        for page in (advice.process.get_absolute_url(), advice.get_absolute_url()):
            assert project.get_absolute_url() in client_for().get(page).content.decode(), page

    def test_staff_see_on_the_process_what_is_made_of_it(self, client_for: Callable[..., Client]) -> None:
        project = make.project(state=ProjectState.SHEET)
        idea = ideas.idea(ideas.call(ideas.process(project.plan.organisation)))
        linked(project, idea)
        page = reverse("process:overview", args=[idea.process_id])
        answer = client_for(staff(project.plan.organisation)).get(page)
        assert str(project) in answer.content.decode()
