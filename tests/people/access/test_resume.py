"""The action that was refused is done after the remedy: signing in, confirming, answering."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import path

from tests.people.accounts.factories import a_person
from zenne.config.urls import urlpatterns as of_the_house
from zenne.people.access import resume
from zenne.people.access.answers import ALLOWED, Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.accounts.rules import has_confirmed_email

said: list[tuple[str, str]] = []


def say(request):
    """An action as any app has it: for people whose address is confirmed and whose birth year is known."""
    person = request.user
    if not isinstance(person, Person):
        require(Refused(Reason.NOT_SIGNED_IN))
    if not has_confirmed_email(person):
        require(Refused(Reason.EMAIL_UNCONFIRMED))
    if request.GET.get("old") and person.birth_year is None:
        require(Refused(Reason.MISSING_ANSWERS, (("questions", ("birth-year",)),)))
    require(Refused(Reason.CLOSED) if request.GET.get("closed") else ALLOWED)
    if request.method == "POST":
        said.append((person.email, request.POST["words"]))
        return HttpResponse("said")
    return HttpResponse("a form")


urlpatterns = [path("say/", say), *of_the_house]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def silence():
    said.clear()


def test_post_while_signed_out_is_done_after_signing_in(client):
    answer = client.post("/say/", {"words": "hello"})
    assert answer.status_code == 302
    assert answer.url.startswith("/fr/account/login/?next=%2Ffr%2Faccount%2Fcontinue%2F")
    way_back = answer.url.split("next=")[1].replace("%2F", "/")
    person = a_person()
    client.force_login(person, backend="zenne.people.moderation.backends.PersonBackend")
    assert client.get(way_back).content == b"said"
    assert said == [(person.email, "hello")]


def test_way_back_works_once(client):
    way_back = client.post("/say/", {"words": "hello"}).url.split("next=")[1].replace("%2F", "/")
    client.force_login(a_person(), backend="zenne.people.moderation.backends.PersonBackend")
    client.get(way_back)
    assert client.get(way_back).status_code == 302
    assert len(said) == 1


def test_way_back_of_another_session_does_nothing(client, client_for):
    way_back = client.post("/say/", {"words": "hello"}).url.split("next=")[1].replace("%2F", "/")
    assert client_for(a_person()).get(way_back).status_code == 302
    assert said == []


def test_way_back_ends_after_an_hour(client, clock_shows, now):
    way_back = client.post("/say/", {"words": "hello"}, headers={"referer": "http://testserver/fr/"}).url
    way_back = way_back.split("next=")[1].replace("%2F", "/")
    client.force_login(a_person(), backend="zenne.people.moderation.backends.PersonBackend")
    clock_shows(now + timedelta(minutes=61))
    assert client.get(way_back).url == "/fr/"
    assert said == []


def test_page_asked_for_while_signed_out_is_shown_after_signing_in(client):
    assert client.get("/say/?page=2").url == "/fr/account/login/?next=%2Fsay%2F%3Fpage%3D2"


def test_missing_answer_is_asked_once_and_the_action_done(client_for):
    person = a_person()
    client = client_for(person)
    asked = client.post("/say/?old=1", {"words": "hello"}).url
    assert asked.startswith("/fr/account/answers/?ask=birth-year&next=")
    page = client.get(asked)
    assert page.status_code == 200
    assert set(page.context["form"].fields) == {"birth_year"}
    wrong = client.post(asked, {"birth_year": "12"})
    assert wrong.status_code == 422
    right = client.post(asked, {"birth_year": "1987"})
    assert client.get(right.url).content == b"said"
    assert said == [(person.email, "hello")]
    assert client.post("/say/?old=1", {"words": "again"}).content == b"said"


def test_second_cure_follows_the_first(client):
    """Signed out and without an answer: both are asked, then the action is done."""
    way_back = client.post("/say/?old=1", {"words": "hello"}).url.split("next=")[1].replace("%2F", "/")
    client.force_login(a_person(), backend="zenne.people.moderation.backends.PersonBackend")
    asked = client.get(way_back).url
    assert "/answers/" in asked
    last = client.post(asked, {"birth_year": "1987"}).url
    assert client.get(last).content == b"said"
    assert len(said) == 1


def test_refusal_that_cannot_be_cured_is_said(client_for):
    answer = client_for(a_person()).post("/say/?closed=1", {"words": "hello"})
    assert answer.status_code == 403


def test_program_gets_the_refusal_and_no_detour(client):
    answer = client.post("/say/", {"words": "hello"}, headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


def test_htmx_is_led_away_with_the_whole_page(client):
    answer = client.post(
        "/say/", {"words": "hello"}, headers={"hx-request": "true", "hx-current-url": "http://testserver/fr/"}
    )
    assert answer.status_code == 200
    assert answer["HX-Redirect"].startswith("/fr/account/login/?next=")


def test_unconfirmed_address_is_confirmed_first(client_for, mailbox):
    person = a_person(confirmed=False)
    client = client_for(person)
    asked = client.post("/say/", {"words": "hello"}).url
    assert asked.startswith("/fr/account/confirm/?next=")
    code_page = client.post(asked).url
    code = mailbox[-1]["Subject"].split()[0]
    done = client.post(code_page, {"code": code})
    assert client.get(done.url).content == b"said"
    assert said == [(person.email, "hello")]


def test_too_long_to_keep_leads_back_to_the_page(client):
    answer = client.post(
        "/say/", {"words": "x" * (resume.LARGEST + 1)}, headers={"referer": "http://testserver/fr/page/"}
    )
    assert answer.url == "/fr/account/login/?next=%2Ffr%2Fpage%2F"


def test_page_of_another_site_is_never_a_way_back(client):
    answer = client.post("/say/", {"words": "x" * (resume.LARGEST + 1)}, headers={"referer": "https://evil.example/"})
    assert answer.url == "/fr/account/login/?next=%2F"
