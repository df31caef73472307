"""What pages share, seen from outside: what changed shows, and nobody reads a page that was made for somebody else."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.participation.comments.factories import comment
from tests.participation.ideas.factories import NOW, call, idea, resident, staff
from tests.people.organisations.factories import person
from tests.visitors import signed_in
from zenne.participation.comments import actions as comments
from zenne.participation.comments.enums import ReactionKind
from zenne.participation.ideas.actions import oppose, support
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.actions import follow
from zenne.people.moderation.actions import block
from zenne.people.moderation.enums import Ground
from zenne.people.organisations.enums import Role
from zenne.web import page_cache, shared

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proposed(now):
    made = idea(call(), title="Des arbres sur la place", now=NOW)
    made.address = f"/fr/processes/{made.process.slug}/ideas/{made.pk}/"
    return made


def test_what_changed_shows_to_visitors_within_five_seconds(proposed, page_clock, client):
    listed = f"/fr/processes/{proposed.process.slug}/ideas/"
    before = client.get(proposed.address).text, client.get(listed).text
    type(proposed).objects.filter(pk=proposed.pk).update(title="Des arbres et des bancs")
    assert (client.get(proposed.address).text, client.get(listed).text) == before
    page_clock.now += 4.9
    assert "Des arbres et des bancs" in client.get(proposed.address).text
    assert "Des arbres et des bancs" in client.get(listed).text


def test_two_people_and_a_visitor_each_read_their_own_page(proposed, page_clock, client):
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


def test_person_who_signs_in_and_out_never_reads_the_other_kind_of_page(proposed, page_clock, client):
    client.get(proposed.address)
    person = resident()
    client.force_login(person, backend="zenne.people.moderation.backends.PersonBackend")
    assert "/account/logout/" in client.get(proposed.address).text
    client.logout()
    assert "/account/logout/" not in client.get(proposed.address).text


def test_piece_for_htmx_and_page_are_kept_apart(proposed, page_clock, client):
    listed = f"/fr/processes/{proposed.process.slug}/ideas/"
    page, piece = client.get(listed).text, client.get(listed, headers={"hx-request": "true"}).text
    assert "<html" in page and "<html" not in piece
    assert (client.get(listed).text, client.get(listed, headers={"hx-request": "true"}).text) == (page, piece)


def test_languages_are_kept_apart(proposed, page_clock, client):
    french, dutch = (client.get(f"/{language}/").text for language in ("fr", "nl"))
    assert 'lang="fr"' in french and 'lang="nl"' in dutch
    assert client.get("/fr/").text == french and client.get("/nl/").text == dutch


def test_visitor_who_supports_is_led_to_sign_in_from_a_page_without_a_token(proposed, page_clock):
    visitor = Client(enforce_csrf_checks=True)
    assert "csrfmiddlewaretoken" not in visitor.get(proposed.address).text
    refused = visitor.post(f"{proposed.address}support/", headers={"origin": "http://evil.example"})
    led = visitor.post(f"{proposed.address}support/", headers={"origin": "http://testserver"})
    assert refused.status_code == 403
    assert led.status_code == 302 and "/account/login/" in led.url and "next=" in led.url


def test_message_to_one_visitor_is_shown_to_them_alone(proposed, page_clock, client):
    visitor = Client()
    visitor.post(f"{proposed.address}support/")  # leaves a message, and with it a session
    first = visitor.get(proposed.address).text
    assert "<zenne-toast" in first and "<zenne-toast" not in client.get(proposed.address).text


class TestOnePageForEach:
    """Whoever asks, a page put together from a half that was made before is, byte for byte, the page that would be made for them alone."""

    @pytest.fixture
    def made(self, now):
        return idea(call(oppose=True), title="Des arbres sur la place", author=resident("Amina Autrice"), now=NOW)

    @pytest.fixture
    def people(self, made):
        author = made.author
        supporter, opponent, blocked = resident("Bart Steunt"), resident("Carla Contre"), resident("Dirk Bloqué")
        organisation = made.process.organisation
        moderator = staff(organisation, Role.MODERATOR, name="Eva Agent")
        support(made, by=supporter, now=NOW)
        oppose(made, by=opponent, now=NOW)
        follow(made.process, by=supporter, now=NOW)
        said = comment(made, by=opponent, now=NOW)
        comment(made, by=supporter, parent=said, now=NOW)
        comments.react(said, ReactionKind.HEART, by=supporter, now=NOW)
        words = {"ground": Ground.HATE, "text": "Il insulte les autres.", "until": NOW + timedelta(days=9)}
        block(blocked, organisation=organisation, **words, by=moderator, now=NOW)
        return [author, supporter, opponent, blocked, moderator, resident("Fatou Regarde"), person("Guy Sansadresse")]

    @pytest.fixture
    def addresses(self, made):
        listed = f"/fr/processes/{made.process.slug}/ideas/"
        idea(made.activity, now=NOW)
        return [
            "/fr/",
            f"/nl/processes/{made.process.slug}/",
            listed,
            f"{listed}?view=list",
            f"{listed}?view=map",
            f"{listed}?q=arbres",
            f"{listed}?q=introuvable",
            f"{listed}?mine=1",
            made.get_absolute_url(),
            f"{made.get_absolute_url()}?order=newest",
        ]

    def test_page_is_the_same_as_if_it_was_made_for_one_alone(self, addresses, people, page_clock, settings):
        clients = [signed_in(each) for each in people]
        stranger = Client()
        stranger.post(f"{addresses[-2]}support/")  # a visitor with a session of their own
        stranger.get("/fr/")
        del stranger.cookies["wrote"]
        clients += [stranger, Client()]
        for address in addresses:
            settings.PAGE_CACHE = False
            alone = [_read(client, address) for client in clients]
            settings.PAGE_CACHE = True
            before = len(shared.halves)
            together = [_read(client, address) for client in (*clients, clients[0])]
            assert together == [*alone, alone[0]], address
            assert len(shared.halves) > before or "mine" in address
            assert len({*alone}) > 3, "the test itself: people find different pages"

    def test_own_write_shows_at_once_to_oneself_and_within_five_seconds_to_others(self, made, page_clock):
        amina, bart = signed_in(resident()), signed_in(resident())
        address = made.get_absolute_url()
        assert "Je suis pour" not in amina.get(address).text + bart.get(address).text
        amina.post(f"/fr/comments/about/ideas.idea/{made.pk}/", {"text": "Je suis pour, et vite."})
        amina.post(f"{address}support/")
        mine = amina.get(address).text
        assert "Je suis pour" in mine and 'aria-pressed="true"' in mine.split('id="voices"')[1].split("</form>")[0]
        assert "Je suis pour" not in bart.get(address).text
        page_clock.now += 4.9
        assert "Je suis pour" in bart.get(address).text

    def test_draft_is_read_by_its_staff_and_never_by_others(self, made, page_clock, people):
        staff_member, others = signed_in(people[4]), [signed_in(people[0]), Client()]
        type(made.process).objects.filter(pk=made.process.pk).update(state="draft", published_at=None)
        for address in (made.process.get_absolute_url(), made.get_absolute_url()):
            found = [client.get(address).status_code for client in (staff_member, *others, staff_member)]
            assert found == [200, 404, 404, 200]
        assert len(shared.halves) == 0

    def test_idea_that_waits_is_read_by_its_author_and_never_by_others(self, made, page_clock):
        Idea.objects.filter(pk=made.pk).update(state="submitted", listed=False, published_at=None)
        author, other = signed_in(made.author), signed_in(resident())
        found = [client.get(made.get_absolute_url()).status_code for client in (author, other, Client(), author)]
        assert found == [200, 404, 404, 200]


def _read(client, address):
    """A page without the tokens of its forms, which Django masks anew each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", client.get(address).text)
