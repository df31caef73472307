"""The public pages of plans: side by side, home, domain, list, project; what leaves the house; who sees what."""

import pytest
from django.urls import reverse

from tests.participation.ideas import factories as ideas
from tests.people.organisations.factories import organisation
from tests.strategy.portfolio import factories as plans
from tests.visitors import streamed
from zenne.participation.ideas.models import Idea
from zenne.strategy.portfolio import actions
from zenne.strategy.portfolio.enums import Health, ProjectState
from zenne.strategy.portfolio.models import Follow

pytestmark = pytest.mark.django_db
PLANS, HOME, DOMAIN, LIST = 4, 9, 9, 6
PROJECT = 26


def page(client, name, *args, query=""):
    return client.get(reverse(f"portfolio:{name}", args=args) + query)


def text(client, name, *args, query=""):
    answer = page(client, name, *args, query=query)
    assert answer.status_code == 200
    return answer.content.decode()


def many(plan, count):
    """So many projects with money, steps and an indicator."""
    found = [plans.rich(plan)]
    for _each in range(count - 1):
        made = plans.project(plan, state=ProjectState.SHORTLISTED)
        actions.commit_money(plans.line(made), cents=100, reference="2", decided_on=plans.TODAY, by=None, now=plans.NOW)
        actions.add_milestone(made, title=plans.WHY, due_on=plans.TODAY, by=None, now=plans.NOW)
        actions.measure(made, indicator=plans.indicator(plan.organisation), by=None, now=plans.NOW)
        found.append(made)
    return found


@pytest.mark.parametrize("count", [1, 3])
def test_plans_stand_side_by_side_in_as_many_queries_for_one_as_for_three(
    count, client, now, django_assert_num_queries
):
    made = [plans.rich(plans.plan()).plan for _each in range(count)]
    page(client, "plans")
    with django_assert_num_queries(PLANS):
        found = text(client, "plans")
    assert all(plan.get_absolute_url() in found for plan in made)


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_of_a_plan_asks_as_much_for_one_project_as_for_three(count, client, now, django_assert_num_queries):
    plan = plans.plan()
    many(plan, count)
    page(client, "plan", plan.slug)
    with django_assert_num_queries(HOME):
        found = text(client, "plan", plan.slug)
    assert "Collège" in found  # who decided it


@pytest.mark.parametrize("count", [1, 3])
def test_a_domain_asks_as_much_for_one_project_as_for_three(count, client, now, django_assert_num_queries):
    plan = plans.plan()
    made = many(plan, count)
    page(client, "domain", plan.slug, "mobility")
    with django_assert_num_queries(DOMAIN):
        found = text(client, "domain", plan.slug, "mobility")
    assert all(project.get_absolute_url() in found for project in made)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_project_as_for_three(count, client, now, django_assert_num_queries):
    plan = plans.plan()
    made = many(plan, count)
    page(client, "projects", plan.slug)
    with django_assert_num_queries(LIST):
        found = text(client, "projects", plan.slug)
    assert all(project.get_absolute_url() in found for project in made)


def test_a_project_says_why_where_who_and_what_it_costs_to_the_cent(client, now):
    made = plans.rich(plans.plan())
    found = text(client, "project", made.plan.slug, made.slug)
    for words in ("Il le faut (fr)", "University (fr)", "400\u202f000,01\u00a0€", "2026/0601/9", "Retard (fr)"):
        assert words in found


def test_a_project_asks_for_no_more_where_there_is_more(client, now, django_assert_max_num_queries):
    made = plans.rich(plans.plan())
    page(client, "project", made.plan.slug, made.slug)
    with django_assert_max_num_queries(PROJECT):
        page(client, "project", made.plan.slug, made.slug)


def test_what_is_still_being_written_is_for_staff_only(client, client_for, now):
    plan = plans.plan()
    made = plans.project(plan, state=ProjectState.SHEET)
    assert page(client, "project", plan.slug, made.slug).status_code == 404
    assert made.get_absolute_url() not in text(client, "projects", plan.slug)
    staff = ideas.staff(plan.organisation)
    assert page(client_for(staff), "project", plan.slug, made.slug).status_code == 200
    assert page(client_for(ideas.staff(organisation("Elsewhere"))), "project", plan.slug, made.slug).status_code == 404


def test_a_plan_that_is_not_published_is_nowhere(client, now):
    plan = plans.plan(published=False)
    assert page(client, "plan", plan.slug).status_code == 404
    assert plan.get_absolute_url() not in text(client, "plans")
    assert page(client, "changes_feed", plan.slug).status_code == 404
    assert page(client, "domain", plan.slug, "mobility").status_code == 404


def test_the_list_is_narrowed_by_state_health_words_and_money(client, now):
    plan = plans.plan()
    achieved = plans.project(plan, state=ProjectState.ACHIEVED)
    rich = plans.rich(plan)
    actions.set_health(rich, to=Health.OFF_TRACK, reason=plans.WHY, by=None, now=plans.NOW)
    for query, only in (
        ("?state=achieved", achieved),
        ("?health=off_track", rich),
        (f"?q={achieved.title_fr.replace(' ', '+')}", achieved),
        ("?source=own", rich),
    ):
        found = text(client, "projects", plan.slug, query=query)
        other = rich if only is achieved else achieved
        assert only.get_absolute_url() in found, query
        assert other.get_absolute_url() not in found, query


def test_an_address_that_means_nothing_is_no_fault(client, now):
    plan = plans.rich(plans.plan()).plan
    nonsense = (
        *("?after=abc", "?after=99999999999", "?state=zzz&health=1"),
        *("?sort=changed&after=x~1", "?domain=nothing", "?area=9"),
    )
    answers = {query: page(client, "projects", plan.slug, query=query).status_code for query in nonsense}
    assert answers == dict.fromkeys(nonsense, 200)


def test_the_list_goes_on_from_page_to_page_and_meets_each_project_once(client, now, monkeypatch):
    monkeypatch.setattr("zenne.strategy.portfolio.listing.SIZE", 2)
    plan = plans.plan()
    made = {plans.project(plan, state=ProjectState.SHORTLISTED).get_absolute_url() for _each in range(5)}
    for sort in ("", "&sort=changed"):
        seen, after = [], ""
        while True:
            answer = page(client, "projects", plan.slug, query=f"?after={after}{sort}")
            seen += [line.url for line in answer.context["lines"]]
            after = answer.context["page"].next.replace("+", "%2B")
            if not after:
                break
        assert sorted(seen) == sorted(made)


def test_the_table_has_every_project_of_the_list_with_money_to_the_cent(client, now):
    plan = plans.plan()
    plans.rich(plan)
    answer = page(client, "table", plan.slug)
    rows = streamed(answer).splitlines()
    assert len(rows) == 2
    assert "400000.01" in rows[1]


def test_whoever_follows_stops_with_the_same_button(client_for, now):
    made = plans.project(state=ProjectState.SHORTLISTED)
    me = ideas.resident()
    client = client_for(me)
    address = reverse("portfolio:follow", args=[made.plan.slug, made.slug])
    client.post(address)
    assert Follow.objects.filter(project=made, person=me).exists()
    client.post(address, {"stop": "1"})
    assert not Follow.objects.filter(project=made, person=me).exists()


def test_who_is_not_signed_in_is_led_to_sign_in_and_follows_on_return(client, now):
    made = plans.project(state=ProjectState.SHORTLISTED)
    answer = client.post(reverse("portfolio:follow", args=[made.plan.slug, made.slug]))
    assert answer.status_code in (302, 403)
    assert not Follow.objects.exists()


def test_a_project_says_which_idea_it_takes_up_how_much_of_it_and_why(client, now):
    plan = plans.plan()
    made = plans.project(plan, state=ProjectState.SHORTLISTED)
    idea = ideas.idea(ideas.call(organisation=plan.organisation), title="Des vélos cargo")
    actions.link(made, thing=Idea.objects.get(pk=idea.pk), share="part", reason=plans.WHY, by=None, now=plans.NOW)
    found = text(client, "project", plan.slug, made.slug)
    assert "Des vélos cargo" in found
    assert idea.get_absolute_url() in found


def test_the_page_of_a_process_says_what_is_taken_up_in_its_language_and_no_more_once_it_is_hidden(client, now):
    plan = plans.plan()
    made = plans.project(plan, state=ProjectState.SHORTLISTED)
    idea = ideas.idea(ideas.call(organisation=plan.organisation), title="Des vélos cargo")
    actions.link(made, thing=Idea.objects.get(pk=idea.pk), share="part", reason=plans.WHY, by=None, now=plans.NOW)
    page = reverse("processes:page", args=[idea.process.slug]).replace("/fr/", "/nl/")
    assert '<span lang="fr">Des vélos cargo</span>' in client.get(page).text
    Idea.objects.filter(pk=idea.pk).update(state="rejected")
    assert "Des vélos cargo" not in client.get(f"{page}?again").text


def test_what_leaves_the_house_is_there_for_public_projects_only(client, now):
    made = plans.rich(plans.plan())
    hidden = plans.project(made.plan, state=ProjectState.SHEET)
    for name in ("widget", "embed", "picture", "news_feed", "print", "qr", "outline"):
        assert page(client, name, made.plan.slug, made.slug).status_code == 200, name
        assert page(client, name, made.plan.slug, hidden.slug).status_code == 404, name


def test_search_and_the_sitemap_know_the_project(client, now):
    made = plans.rich(plans.plan())
    found = client.get(reverse("portal:search") + f"?q={made.title_fr.split()[1]}").content.decode()
    assert made.get_absolute_url() in found
    assert made.get_absolute_url() in client.get("/sitemaps/planned-projects-1.xml").content.decode()
    assert made.plan.get_absolute_url() in client.get("/sitemaps/plans-1.xml").content.decode()


def test_what_changed_stands_on_the_home_and_in_the_feed(client, now):
    made = plans.rich(plans.plan())
    actions.publish_post(made, title=plans.WHY, text=plans.WHY, by=None, now=plans.NOW)
    assert "Parce que c" in text(client, "plan", made.plan.slug)
    assert b"Parce que c" in page(client, "changes_feed", made.plan.slug).content
    assert page(client, "news_feed", made.plan.slug, made.slug)["Content-Type"].startswith("application/atom+xml")


@pytest.mark.django_db(transaction=True)
def test_the_pages_have_no_accessibility_fault_on_a_phone(page_of_browser, now):
    made = plans.rich(plans.plan())
    page_of_browser(
        [
            made.plan.get_absolute_url(),
            made.plan.domains.get(slug="mobility").get_absolute_url(),
            made.get_absolute_url(),
            reverse("portfolio:projects", args=[made.plan.slug]),
            reverse("portfolio:plans"),
            reverse("portfolio:money_and_change"),
        ]
    )


@pytest.fixture
def page_of_browser(page, live_server, axe):
    from tests.browser import PHONE

    def look(addresses):
        page.set_viewport_size(PHONE)
        for address in addresses:
            assert page.goto(live_server.url + address).status == 200, address
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, (
                address
            )

    return look
