"""A token gives its person's rights, those it was made with, and nothing more."""

from datetime import timedelta

import pytest

from tests.opendata.api.factories import NOW, Program, secret_of
from tests.participation.ideas import factories as ideas
from tests.people.accounts.factories import a_person
from tests.people.organisations.factories import person
from zenne.core.errors import Invalid
from zenne.opendata.api import actions
from zenne.opendata.api.models import Replay, Tally, Token
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.actions import erase
from zenne.people.history.models import Entry
from zenne.people.moderation.actions import block
from zenne.people.moderation.enums import Ground
from zenne.people.organisations.enums import Role

pytestmark = pytest.mark.django_db


def test_the_row_keeps_no_secret(now):
    secret = secret_of(ideas.resident())
    token = Token.objects.get()
    assert secret.startswith(token.prefix)
    assert len(token.prefix) < 12
    assert secret not in str(Token.objects.values())
    assert Entry.objects.get(event="api_token.created").details == {"scopes": sorted(token.scopes), "days": 30}


def test_a_token_says_whose_it_is_and_what_it_may(now):
    told = Program(ideas.resident("Amina"), ["read"]).get("/me").json()
    assert (told["name"], told["scopes"]) == ("Amina", ["read"])


def test_a_right_that_was_not_given_is_refused_by_its_name(now):
    idea = ideas.idea()
    answer = Program(ideas.resident(), ["read"])("PUT", f"/ideas/{idea.pk}/support")
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:zenne:scope-missing"
    assert 'scope="supports:write"' in answer["WWW-Authenticate"]


def test_a_revoked_token_opens_nothing_at_once(now):
    somebody = ideas.resident()
    program = Program(somebody)
    actions.revoke_token(Token.objects.get(), by=somebody, now=NOW)
    assert program.get("/me").status_code == 401
    assert program.get("/statuses").status_code == 401, "a token that opens nothing is told so everywhere"


def test_a_token_ends_on_its_day(now, clock_shows):
    program = Program(secret=secret_of(ideas.resident(), days=1))
    clock_shows(NOW + timedelta(days=1, seconds=-1))
    assert program.get("/me").status_code == 200
    clock_shows(NOW + timedelta(days=1))
    assert program.get("/me").status_code == 401


def test_the_token_of_an_erased_or_closed_account_opens_nothing(now):
    gone, shut = ideas.resident(), ideas.resident()
    programs = Program(gone), Program(shut)
    erase(by=gone, now=NOW)
    shut.is_active = False
    shut.save()
    assert [program.get("/me").status_code for program in programs] == [401, 401]
    assert not Token.objects.filter(person=gone).exists()


def test_an_unconfirmed_address_has_no_token(now):
    with pytest.raises(NotAllowed):
        secret_of(a_person(confirmed=False))


def test_who_changed_to_an_unconfirmed_address_is_refused_with_the_step_that_helps(now):
    somebody, idea = ideas.resident(), ideas.idea()
    program = Program(somebody)
    somebody.email = "new@example.org"
    somebody.save()
    refused = program("PUT", f"/ideas/{idea.pk}/support")
    assert refused.status_code == 403
    assert refused.json()["reason"] == "email-unconfirmed"
    assert refused.json()["remedy"]["kind"] == "confirm-email"


def test_who_is_blocked_is_refused_where_the_block_holds_and_told_until_when(now):
    somebody, here, elsewhere = ideas.resident(), ideas.call(), ideas.idea()
    idea, program = ideas.idea(here), Program(somebody)
    organisation, until = here.process.organisation, NOW + timedelta(days=7)
    moderator = ideas.staff(organisation, Role.MODERATOR)
    why = {"ground": Ground.OTHER, "text": "Spam."}
    made = block(somebody, organisation=organisation, until=until, by=moderator, now=NOW, **why)
    body = {"title": "Des arbres", "text": "Dix tilleuls devant la gare, pour l'ombre.", "theme": "green"}
    for method, path, sent in (
        ("POST", f"/activities/{here.pk}/ideas", body),
        ("PUT", f"/ideas/{idea.pk}/support", None),
        ("POST", f"/discussions/ideas.idea/{idea.pk}/comments", {"text": "Bien."}),
    ):
        refused = program(method, path, sent)
        assert (refused.status_code, refused.json()["reason"]) == (403, "blocked"), path
        assert refused.json()["facts"] == {"until": "2026-06-22T09:30:00Z", "block": str(made.public_id)}
    assert program("PUT", f"/ideas/{elsewhere.pk}/support").status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"scopes_asked": ["everything"]}, {"scopes_asked": []}, {"days": 0}, {"days": 367}, {"name": " "}]
)
def test_a_token_is_made_of_rights_that_exist_for_a_time_that_ends(now, wrong):
    given = {"name": "x", "scopes_asked": ["read"], "days": 1, **wrong}
    with pytest.raises(Invalid):
        actions.create_token(by=ideas.resident(), now=NOW, **given)


def test_twenty_tokens_are_enough(now):
    somebody = ideas.resident()
    for _turn in range(20):
        secret_of(somebody)
    with pytest.raises(NotAllowed):
        secret_of(somebody)


def test_nobody_revokes_anothers_token(now):
    secret_of(ideas.resident())
    with pytest.raises(NotAllowed):
        actions.revoke_token(Token.objects.get(), by=person(), now=NOW)


def test_last_use_is_right_to_five_minutes(now, clock_shows):
    program = Program(ideas.resident())
    for minutes, seen in [(0, 0), (4, 0), (5, 5)]:
        clock_shows(NOW + timedelta(minutes=minutes))
        program.get("/me")
        assert Token.objects.get().last_used_at == NOW + timedelta(minutes=seen)


def test_what_counts_for_nothing_any_more_is_swept(now):
    Replay.objects.create(person=ideas.resident(), key="k", fingerprint="f", made_at=NOW - timedelta(hours=25))
    Program().get("/statuses")
    actions.sweep(now=NOW)
    assert (Replay.objects.count(), Tally.objects.count()) == (0, 1)
    actions.sweep(now=NOW + timedelta(hours=2))
    assert Tally.objects.count() == 0


def test_tokens_are_made_listed_and_revoked_on_the_account_pages(now, client_for):
    somebody = ideas.resident()
    client = client_for(somebody)
    secret = secret_of(somebody, ["read"])
    page = client.get("/en/account/tokens/").content.decode()
    assert Token.objects.get().prefix in page
    assert secret not in page
    client.post("/en/account/tokens/", {"token": Token.objects.get().pk})
    assert Program(secret=secret).get("/me").status_code == 401
    assert "You have none." in client.get("/en/account/tokens/").content.decode()


def test_nobody_revokes_anothers_token_by_its_number(now, client_for):
    secret_of(ideas.resident())
    answer = client_for(ideas.resident()).post("/en/account/tokens/", {"token": Token.objects.get().pk})
    assert answer.status_code == 404
    assert Token.objects.get().revoked_at is None


def test_making_a_token_asks_who_one_is_first(client_for):
    assert client_for(ideas.resident()).get("/en/account/tokens/new/").status_code == 302
