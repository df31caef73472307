"""The cache of public pages seen from outside: what changed shows, and nobody reads a page that was made for somebody else."""

import pytest
from django.test import Client

from tests.participation.ideas.factories import NOW, call, idea, resident
from zenne.participation.ideas.actions import support
from zenne.web import page_cache

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clock(monkeypatch, settings):
    class Clock:
        now = 1000.0

        def monotonic(self):
            return self.now

    settings.PAGE_CACHE = True
    shown = Clock()
    monkeypatch.setattr(page_cache, "time", shown)
    return shown


@pytest.fixture
def proposed(now):
    made = idea(call(), title="Des arbres sur la place", now=NOW)
    made.address = f"/fr/processes/{made.process.slug}/ideas/{made.pk}/"
    return made


def signed_in(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_what_changed_shows_to_visitors_within_five_seconds(proposed, clock, client):
    listed = f"/fr/processes/{proposed.process.slug}/ideas/"
    before = client.get(proposed.address).text, client.get(listed).text
    type(proposed).objects.filter(pk=proposed.pk).update(title="Des arbres et des bancs")
    assert (client.get(proposed.address).text, client.get(listed).text) == before
    clock.now += 4.9
    assert "Des arbres et des bancs" in client.get(proposed.address).text
    assert "Des arbres et des bancs" in client.get(listed).text


def test_two_people_and_a_visitor_each_read_their_own_page(proposed, clock, client):
    amina, bart = resident(name="Amina Testeuse"), resident(name="Bart Tester")
    support(proposed, by=amina, now=NOW)
    pages = {}
    for _time in range(2):  # the second time the visitor's page comes from memory
        pages = {
            "visitor": client.get(proposed.address).text,
            "amina": signed_in(amina).get(proposed.address).text,
            "bart": signed_in(bart).get(proposed.address).text,
        }
    assert len(page_cache.pages) == 1
    assert 'aria-pressed="true"' in pages["amina"].split('id="voices"')[1].split("</form>")[0]
    for other in ("visitor", "bart"):
        assert 'aria-pressed="false"' in pages[other].split('id="voices"')[1].split("</form>")[0]
    assert "/account/logout/" in pages["amina"] and "/account/logout/" not in pages["visitor"]
    assert "csrfmiddlewaretoken" in pages["bart"] and "csrfmiddlewaretoken" not in pages["visitor"]


def test_person_who_signs_in_and_out_never_reads_the_other_kind_of_page(proposed, clock, client):
    client.get(proposed.address)
    person = resident()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "/account/logout/" in client.get(proposed.address).text
    client.logout()
    assert "/account/logout/" not in client.get(proposed.address).text


def test_piece_for_htmx_and_page_are_kept_apart(proposed, clock, client):
    listed = f"/fr/processes/{proposed.process.slug}/ideas/"
    page, piece = client.get(listed).text, client.get(listed, headers={"hx-request": "true"}).text
    assert "<html" in page and "<html" not in piece
    assert (client.get(listed).text, client.get(listed, headers={"hx-request": "true"}).text) == (page, piece)


def test_languages_are_kept_apart(proposed, clock, client):
    french, dutch = (client.get(f"/{language}/").text for language in ("fr", "nl"))
    assert 'lang="fr"' in french and 'lang="nl"' in dutch
    assert client.get("/fr/").text == french and client.get("/nl/").text == dutch


def test_visitor_who_supports_is_led_to_sign_in_from_a_page_without_a_token(proposed, clock):
    visitor = Client(enforce_csrf_checks=True)
    assert "csrfmiddlewaretoken" not in visitor.get(proposed.address).text
    refused = visitor.post(f"{proposed.address}support/", headers={"origin": "http://evil.example"})
    led = visitor.post(f"{proposed.address}support/", headers={"origin": "http://testserver"})
    assert refused.status_code == 403
    assert led.status_code == 302 and "/account/login/" in led.url and "next=" in led.url


def test_message_to_one_visitor_is_shown_to_them_alone(proposed, clock, client):
    visitor = Client()
    visitor.post(f"{proposed.address}support/")  # leaves a message, and with it a session
    first = visitor.get(proposed.address).text
    assert "<zenne-toast" in first and "<zenne-toast" not in client.get(proposed.address).text
