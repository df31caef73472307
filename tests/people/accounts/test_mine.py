"""One's own pages: what is asked twice, what is said elsewhere, what cannot be undone."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession

from tests.people.accounts.factories import a_person
from zenne.people.accounts.adapters import AccountAdapter
from zenne.people.accounts.models import Person

pytestmark = pytest.mark.django_db


def code_in(message) -> str:
    return re.search("[0-9]{4}-[0-9]{4}", message["Subject"])[0]


def signed_in(client, person, mailbox):
    page = client.post("/fr/account/login/", {"email": person.email})
    client.post(page.url, {"code": code_in(mailbox[-1])})
    assert client.session["_auth_user_id"] == str(person.pk)
    mailbox.clear()
    return client


def no_longer_fresh(client) -> None:
    """As if the person had come in an hour ago."""
    session = client.session
    for record in session.get("account_authentication_methods", []):
        record["at"] -= 3600
    session.save()


PAGES = [
    "profile/",
    "security/",
    "sessions/",
    "consents/",
    "data/",
    "email/",
    "2fa/",
    "password/set/",
    "2fa/webauthn/",
    "welcome/",
]


@pytest.mark.parametrize("page", PAGES)
def test_page_is_for_the_person_only(client, page):
    answer = client.get(f"/fr/account/{page}")
    assert answer.status_code == 302
    assert answer.url.startswith("/fr/account/")
    assert "login" in answer.url or "reauthenticate" in answer.url


def test_profile_keeps_what_is_answered_and_leaves_what_is_open(client_for):
    person = a_person()
    client = client_for(person)
    assert (
        client.post("/fr/account/profile/", {"name": "Leïla", "birth_year": "1987", "language": "nl"}).status_code
        == 302
    )
    assert (
        client.post("/fr/account/profile/", {"name": "Leïla", "gender": "unsaid", "language": "nl"}).status_code == 302
    )
    person.refresh_from_db()
    assert (person.name, person.birth_year, person.gender, person.language) == ("Leïla", 1987, "unsaid", "nl")


def test_profile_says_what_is_wrong_and_keeps_what_was_typed(client_for):
    person = a_person(name="Nele")
    answer = client_for(person).post("/fr/account/profile/", {"name": "Leïla", "birth_year": "17", "language": "fr"})
    assert answer.status_code == 422
    assert 'value="17"' in answer.content.decode()
    assert "data-error-summary" in answer.content.decode()
    person.refresh_from_db()
    assert person.name == "Nele"


def test_new_address_counts_only_when_confirmed_and_the_old_one_is_told(client, mailbox):
    person = a_person("old@example.org")
    signed_in(client, person, mailbox)
    page = client.post("/fr/account/email/", {"email": "new@example.org", "action_add": ""})
    person.refresh_from_db()
    assert person.email == "old@example.org"
    assert [str(message["To"]) for message in mailbox] == ["new@example.org"]
    client.post(page.url, {"code": code_in(mailbox[-1])})
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert EmailAddress.objects.get(user=person).verified
    assert len(mailbox.to("old@example.org")) == 1


def test_address_of_somebody_else_is_not_given_away(client, mailbox):
    a_person("taken@example.org")
    person = a_person("old@example.org")
    signed_in(client, person, mailbox)
    page = client.post("/fr/account/email/", {"email": "taken@example.org", "action_add": ""})
    free = client.post("/fr/account/email/", {"email": "free@example.org", "action_add": ""})
    assert (page.status_code, page.url) == (free.status_code, free.url)


def test_dangerous_page_asks_again_after_a_while(client, mailbox):
    person = a_person()
    signed_in(client, person, mailbox)
    assert client.get("/fr/account/delete/").status_code == 200
    no_longer_fresh(client)
    asked = client.get("/fr/account/delete/")
    assert asked.url == "/fr/account/reauthenticate/code/?next=%2Ffr%2Faccount%2Fdelete%2F"
    client.get(asked.url)
    wrong = client.post(asked.url, {"code": "0000-0000"})
    assert wrong.status_code == 422
    done = client.post(asked.url, {"code": code_in(mailbox[-1]), "next": "/fr/account/delete/"})
    assert done.url == "/fr/account/delete/"
    assert client.get("/fr/account/delete/").status_code == 200


def test_fifth_wrong_code_makes_the_code_worthless(client, mailbox):
    person = a_person()
    signed_in(client, person, mailbox)
    no_longer_fresh(client)
    asked = client.get("/fr/account/delete/").url
    client.get(asked)
    for _try in range(5):
        client.post(asked, {"code": "0000-0000"})
    client.post(asked, {"code": code_in(mailbox[0]), "next": "/fr/account/delete/"})
    assert client.get("/fr/account/delete/").status_code == 302


@pytest.mark.parametrize("page", ["email/", "password/set/", "2fa/totp/activate/", "2fa/webauthn/add/", "delete/"])
def test_page_of_safety_is_shut_for_a_session_that_was_left_open(client, mailbox, page):
    signed_in(client, a_person(), mailbox)
    no_longer_fresh(client)
    assert "/reauthenticate/" in client.get(f"/fr/account/{page}").url


def test_deleting_needs_the_address_typed(client, mailbox):
    person = a_person("nele@example.org")
    signed_in(client, person, mailbox)
    assert client.post("/fr/account/delete/", {"typed": "other@example.org"}).status_code == 422
    assert client.post("/fr/account/delete/", {"typed": "Nele@example.org"}).url == "/fr/account/deleted/"
    assert not Person.objects.filter(email="nele@example.org").exists()
    assert [str(message["To"]) for message in mailbox] == ["nele@example.org"]
    assert "_auth_user_id" not in client.session


def test_download_is_a_zip(client, mailbox):
    signed_in(client, a_person(), mailbox)
    answer = client.post("/fr/account/data/download/")
    assert answer["Content-Type"] == "application/zip"
    assert answer.content.startswith(b"PK")


def test_consents_are_those_ticked(client_for):
    person = a_person()
    client = client_for(person)
    client.post("/fr/account/consents/", {"news": "on", "contact": "on"})
    client.post("/fr/account/consents/", {"contact": "on"})
    assert list(person.consents.filter(withdrawn_at=None).values_list("purpose", flat=True)) == ["contact"]
    assert person.consents.count() == 2


def test_one_device_or_all_others_are_signed_out(client_for, mailbox, rf):
    person = a_person()
    browsers = [client_for(person) for _number in range(3)]
    for browser in browsers:
        assert (
            browser.get("/fr/account/profile/", HTTP_USER_AGENT="Mozilla/5.0 (Android) Firefox/128").status_code == 200
        )
        browser.get("/fr/account/sessions/", HTTP_USER_AGENT="Mozilla/5.0 (Android) Firefox/128")
    page = browsers[0].get("/fr/account/sessions/").content.decode()
    assert page.count("Firefox, Android") >= 2
    assert "127.0.0.1" not in page
    chosen = UserSession.objects.get(session_key=browsers[1].session.session_key)
    browsers[0].post("/fr/account/sessions/", {"session": chosen.pk})
    assert [browser.get("/fr/account/profile/").status_code for browser in browsers] == [200, 302, 200]
    browsers[0].post("/fr/account/sessions/")
    assert [browser.get("/fr/account/profile/").status_code for browser in browsers] == [200, 302, 302]


def test_session_of_somebody_else_cannot_be_ended(client_for):
    mine, theirs = client_for(a_person()), client_for(a_person())
    for browser in (mine, theirs):
        browser.get("/fr/account/sessions/")
    session = UserSession.objects.get(session_key=theirs.session.session_key)
    assert mine.post("/fr/account/sessions/", {"session": session.pk}).status_code == 404
    assert theirs.get("/fr/account/profile/").status_code == 200


def test_second_factor_is_asked_after_the_code(client, mailbox):
    person = a_person()
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    page = client.post("/fr/account/login/", {"email": person.email, "next": "/fr/styleguide/"})
    second = client.post(page.url, {"code": code_in(mailbox[-1]), "next": "/fr/styleguide/"})
    assert second.url == "/fr/account/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.post(second.url, {"code": "000000"}).status_code == 422
    assert Authenticator.objects.filter(user=person).exists()


def test_guessing_the_second_factor_is_limited(client, mailbox):
    person = a_person()
    TOTP.activate(person, generate_totp_secret())
    page = client.post("/fr/account/login/", {"email": person.email})
    second = client.post(page.url, {"code": code_in(mailbox[-1])}).url
    for _try in range(12):
        answer = client.post(second, {"code": "000000"})
    assert answer.context["form"].errors["code"] == [AccountAdapter.error_messages["too_many_login_attempts"]]


def test_password_reset_by_code_changes_the_password(client, mailbox):
    person = a_person("nele@example.org", password="an old long password")
    page = client.post("/fr/account/password/reset/", {"email": "nele@example.org"})
    new = client.post(page.url, {"code": code_in(mailbox[-1])})
    done = client.post(new.url, {"password1": "three brave little words", "password2": "three brave little words"})
    assert done.status_code == 302
    person.refresh_from_db()
    assert person.check_password("three brave little words")
    assert len(mailbox.to("nele@example.org")) == 2
