"""The front door, search and a person's own page."""

import pytest
from django.urls import reverse

from tests.participation.ideas import factories as ideas
from tests.people.organisations.factories import organisation
from zenne.participation.comments import actions as comments
from zenne.participation.ideas import actions
from zenne.participation.processes.actions import follow
from zenne.portal.actions import PageText, write_page

pytestmark = pytest.mark.django_db
HOME, SEARCH, ME = 7, 6, 9
ANSWER = {"fr": "Nous le ferons.", "nl": "We doen het.", "en": "We will do it."}


@pytest.fixture
def region():
    return organisation("Region", languages=["fr", "nl", "en"])


def answered(region, count):
    """So many processes with an answered idea in each."""
    made = []
    for _each in range(count):
        idea = ideas.idea(ideas.call(organisation=region))
        actions.answer_idea(idea, body=ANSWER, by=ideas.staff(region), now=ideas.NOW)
        made.append(idea)
    return made


@pytest.mark.parametrize("count", [1, 3])
def test_home_shows_what_is_open_and_answered_in_as_many_queries_for_one_as_for_three(
    count, region, client, now, django_assert_num_queries
):
    made = answered(region, count)
    address = reverse("portal:home")
    client.get(address)
    with django_assert_num_queries(HOME):
        page = client.get(address).content.decode()
    assert all(idea.title in page and idea.process.title in page for idea in made)


def test_home_of_an_empty_platform_says_that_nothing_is_open(client, region, now):
    assert client.get(reverse("portal:home")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_search_finds_ideas_in_as_many_queries_for_one_as_for_three(
    count, region, client, now, django_assert_num_queries
):
    call = ideas.call(organisation=region)
    made = [ideas.idea(call, title=f"Une fontaine {number}") for number in range(count)]
    address = reverse("portal:search") + "?q=fontaines"
    client.get(address)
    with django_assert_num_queries(SEARCH):
        page = client.get(address).content.decode()
    assert all(idea.get_absolute_url() in page for idea in made)


def test_search_finds_a_page_of_the_platform(region, client, now):
    write_page("help", {"fr": PageText("Comment participer", "Toutes les façons", [])}, now=now)
    assert "/fr/help/" in client.get(reverse("portal:search") + "?q=facons").content.decode()


def test_search_without_words_asks_for_some(region, client, now):
    assert client.get(reverse("portal:search")).status_code == 200
    assert client.get(reverse("portal:search") + "?q=").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_my_page_shows_what_i_did_in_as_many_queries_for_one_as_for_three(
    count, region, client_for, now, django_assert_num_queries
):
    me = ideas.resident()
    mine = []
    for _each in range(count):
        call = ideas.call(organisation=region)
        mine.append(ideas.idea(call, author=me))
        other = ideas.idea(call)
        actions.support(other, by=me, now=ideas.NOW)
        comments.comment(other, text="D'accord !", language="fr", by=me, now=ideas.NOW)
        actions.save_draft(activity=call, data={"title": "Presque"}, by=me, now=ideas.NOW)
        follow(call.process, by=me, now=ideas.NOW)
        mine.append(other)
    client = client_for(me)
    address = reverse("portal:me")
    client.get(address)
    with django_assert_num_queries(ME):
        page = client.get(address).content.decode()
    assert all(idea.title in page for idea in mine)


def test_my_page_is_for_whoever_is_signed_in(region, client, now):
    response = client.get(reverse("portal:me"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
