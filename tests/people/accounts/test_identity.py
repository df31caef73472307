"""Signing in by OpenID against a real local provider: always the same person, and never the national number."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from oidc_provider_mock import User, run_server_in_thread
from psycopg import sql

from tests.people.accounts.factories import a_person
from zenne.people.accounts import marks
from zenne.people.accounts.actions import verify_identity
from zenne.people.accounts.enums import IdentityMethod
from zenne.people.accounts.models import Identity, Person

pytestmark = pytest.mark.django_db
NUMBER = "85073003328"
NELE = {
    "email": "nele@example.org",
    "email_verified": True,
    "given_name": "Nele",
    "birthdate": "1985-07-30",
    "egovNRN": NUMBER,
    "address": {"postal_code": "1090", "locality": "Jette", "street_address": "Rue Léopold I 1"},
}


@pytest.fixture
def provider(settings) -> Iterator[Callable[..., None]]:
    """A provider on its own port; `provider(sub, claims)` makes somebody known to it."""
    with run_server_in_thread(user_claims=[User(sub="nele", claims=NELE)]) as server:
        url = f"http://localhost:{server.server_port}"
        app = {"provider_id": "oidc", "name": "itsme", "client_id": "zenne", "secret": "a-secret-for-tests"}
        app["settings"] = {"server_url": url, "scope": ["openid", "profile", "email", "address"]}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}

        def know(sub: str, claims: dict) -> None:
            requests.put(f"{url}/users/{sub}", json=claims, timeout=5).raise_for_status()

        know("nele", NELE)
        yield know


def go_through(client, sub: str, *, process: str = "login", after: str = "/fr/styleguide/"):
    """Leave for the provider, agree there as `sub`, and come back with its code."""
    left = client.post(f"/fr/account/oidc/oidc/login/?process={process}&next={after}")
    assert left.status_code == 302, left.content
    agreed = requests.post(left.url, data={"sub": sub}, allow_redirects=False, timeout=5)
    back = urlsplit(agreed.headers["Location"])
    assert "code" in parse_qs(back.query), agreed.text
    return client.get(f"{back.path}?{back.query}")


def everything_stored() -> str:
    """Every value of every text and JSON column of the database, to look for what may not be there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'public'"
            " and data_type in ('text', 'character varying', 'jsonb', 'json')"
        )
        found = []
        for table, column in cursor.fetchall():
            cursor.execute(sql.SQL("select {}::text from {}").format(sql.Identifier(column), sql.Identifier(table)))
            found += [row[0] for row in cursor.fetchall() if row[0]]
    return "\n".join(found)


def test_first_sign_in_makes_a_verified_person(client, provider, now):
    done = go_through(client, "nele")
    person = Person.objects.get()
    assert done.url == "/fr/account/welcome/?next=%2Ffr%2Fstyleguide%2F"
    assert (person.email, person.birth_year, person.birth_year_checked) == ("nele@example.org", 1985, True)
    assert person.name == ""
    identity = person.identities.get()
    assert (identity.method, identity.mark) == (IdentityMethod.OIDC, marks.of_national_number(NUMBER))
    assert EmailAddress.objects.get(user=person).verified
    assert client.session["_auth_user_id"] == str(person.pk)


def test_national_number_and_address_are_stored_nowhere(client, provider):
    go_through(client, "nele")
    for _again in range(2):
        client.logout()
        go_through(client, "nele")
    stored = everything_stored()
    assert NUMBER not in stored
    assert "Léopold" not in stored
    assert SocialAccount.objects.get().extra_data == {}


def test_second_sign_in_is_the_same_person(client, client_for, provider):
    go_through(client, "nele")
    other = client_for(None)
    go_through(other, "nele")
    assert other.session["_auth_user_id"] == str(Person.objects.get().pk)


def test_person_verified_at_the_counter_is_recognised_by_itsme(client, provider, now):
    """One person across two methods: the account of the counter, though the provider knows another address."""
    known = a_person("leila@example.org")
    verify_identity(
        person=known, method=IdentityMethod.COUNTER, mark=marks.of_national_number("85.07.30-033.28"), now=now
    )
    go_through(client, "nele")
    assert Person.objects.get() == known
    assert client.session["_auth_user_id"] == str(known.pk)
    assert known.identities.get().method == IdentityMethod.OIDC


def test_identity_of_another_account_cannot_be_added(client_for, provider, now):
    first, second = a_person("first@example.org"), a_person("second@example.org")
    verify_identity(person=first, method=IdentityMethod.COUNTER, mark=marks.of_national_number(NUMBER), now=now)
    client = client_for(second)
    answer = go_through(client, "nele", process="connect")
    assert answer.status_code == 409
    assert "/fr/account/logout/?next=" in answer.content.decode()
    assert not second.identities.exists()
    assert not SocialAccount.objects.exists()


def test_second_identity_for_one_account_is_refused(client_for, provider, now):
    person = a_person()
    verify_identity(person=person, method=IdentityMethod.OIDC, mark="0" * 64, now=now)
    answer = go_through(client_for(person), "nele", process="connect")
    assert answer.status_code == 409
    assert person.identities.get().mark == "0" * 64
    assert not SocialAccount.objects.exists()


def test_signed_in_person_adds_itsme_and_is_verified(client_for, provider):
    person = a_person()
    answer = go_through(client_for(person), "nele", process="connect", after="/fr/account/verify/")
    assert answer.url == "/fr/account/verify/"
    person.refresh_from_db()
    assert person.identities.get().method == IdentityMethod.OIDC
    assert (person.birth_year, person.email) == (1985, person.emailaddress_set.get().email)


def test_address_of_an_existing_account_is_not_taken_over(client, provider, mailbox):
    """itsme says the address is hers; the account stays its owner's until she shows the mailbox."""
    owner = a_person("nele@example.org")
    answer = go_through(client, "nele")
    assert "_auth_user_id" not in client.session
    assert not owner.identities.exists()
    assert answer.url.startswith("/fr/account/")
    assert len(mailbox) == 1


def test_without_address_one_is_asked_and_confirmed(client, provider, mailbox):
    provider("ali", {"given_name": "Ali", "birthdate": "2001-01-02"})
    asked = go_through(client, "ali").url
    assert asked == "/fr/account/3rdparty/signup/"
    page = client.post(asked, {"email": "ali@example.org"})
    assert page.url == "/fr/account/confirm-email/"
    code = re.search("[0-9]{4}-[0-9]{4}", mailbox[-1]["Subject"])[0]
    client.post(page.url, {"code": code})
    person = Person.objects.get()
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.identities.get().mark == Identity.objects.get().mark
    assert person.birth_year == 2001


def test_without_national_number_the_mark_is_that_of_issuer_and_subject(client, provider):
    provider("ali", {"email": "ali@example.org", "email_verified": True})
    provider("bea", {"email": "bea@example.org", "email_verified": True})
    for sub in ("ali", "bea"):
        client.logout()
        go_through(client, sub)
    assert Identity.objects.values("mark").distinct().count() == 2


def test_provider_that_says_no_leads_back(client, provider):
    left = client.post("/fr/account/oidc/oidc/login/")
    denied = requests.post(left.url, data={"action": "deny"}, allow_redirects=False, timeout=5)
    back = urlsplit(denied.headers["Location"])
    answer = client.get(f"/fr/account/oidc/oidc/login/callback/?{back.query}", follow=True)
    assert answer.status_code in (200, 401)
    assert "_auth_user_id" not in client.session


def test_entrance_offers_the_provider_only_when_there_is_one(client, provider, settings):
    assert "itsme" in client.get("/fr/account/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "itsme" not in client.get("/fr/account/login/").content.decode()
