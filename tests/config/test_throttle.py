"""Limits against abuse: who is counted, what is said, and what comes back."""

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse
from django.utils.translation import override

from tests.participation.ideas import factories as ideas
from tests.people.organisations import factories as organisations

pytestmark = pytest.mark.django_db
TEXT = "Un commentaire assez long pour qu’on ne veuille pas l’écrire deux fois."


def names(resolver, namespace=""):
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif entry.name:
            yield f"{namespace}{entry.name}"


def test_every_limit_is_of_an_address_that_exists():
    known = set(names(get_resolver()))
    limited = {key.split()[1].partition("?")[0] for key in settings.THROTTLES}
    assert limited <= known


def test_tables_for_everyone_are_taken_along_thirty_times_a_minute(client_for, now):
    process = ideas.call().process
    client = client_for(None)
    address = f"/fr/processes/{process.slug}/moderation.csv"
    assert {client.get(address).status_code for _turn in range(30)} == {200}
    refused = client.get(address)
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert client.get(f"/fr/processes/{process.slug}/data/").status_code == 200, "each address is counted for itself"


@pytest.fixture
def few(settings):
    """Two searches and two comments, then it is enough."""
    settings.THROTTLES = {"GET portal:search?q": (2, 60), "POST comments:discussion": (2, 3600)}


def test_a_third_search_waits_and_says_how_long(client_for, few):
    client = client_for(None)
    assert [client.get("/fr/search/", {"q": "arbre"}).status_code for _turn in range(2)] == [200, 200]
    refused = client.get("/fr/search/", {"q": "arbre"})
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "Cela fait beaucoup" in refused.text
    assert client.get("/fr/search/").status_code == 200, "an empty search costs nothing"


def test_two_people_behind_one_address_are_counted_apart(client_for, few):
    for person in (ideas.resident("An"), ideas.resident("Bob")):
        client = client_for(person)
        assert [client.get("/fr/search/", {"q": "x y"}).status_code for _turn in range(3)] == [200, 200, 429]


def test_a_comment_too_many_gives_the_text_back(client_for, few, now):
    idea = ideas.idea(ideas.call(organisation=organisations.organisation("Jette")))
    client = client_for(ideas.resident("An"))
    with override("fr"):
        address = reverse("comments:discussion", args=["ideas.idea", idea.pk])
    for number in range(2):
        assert client.post(address, {"text": f"{TEXT} {number}"}).status_code == 302
    refused = client.post(address, {"text": TEXT})
    assert refused.status_code == 429 and TEXT in refused.context["typed"] and "textarea" in refused.text


def test_sign_in_is_limited_in_our_words(client_for, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    client = client_for(None)
    answers = [client.post("/fr/account/login/", {"email": f"an{turn}@example.org"}) for turn in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Veuillez patienter une minute" in answers[-1].text and answers[-1]["Retry-After"] == "60"
