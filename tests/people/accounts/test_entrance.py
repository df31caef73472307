"""Coming in: one page, one code, the same for everybody; and what holds off those who try."""

import re

import pytest
from allauth.account.models import EmailAddress

from tests.people.accounts.factories import a_person
from zenne.people.accounts.models import Person

pytestmark = pytest.mark.django_db
LOGIN, CODE = "/fr/account/login/", "/fr/account/login/code/confirm/"


def code_in(message) -> str:
    return re.search(r"[0-9]{4}-[0-9]{4}", message["Subject"])[0]


def bare(response) -> str:
    """A page without what is random or was typed."""
    html = re.sub(r'value="[A-Za-z0-9]{64}"', "", response.content.decode())
    return re.sub(r"[\w.-]+@example\.org", "ADDRESS", html)


def test_known_address_gets_a_code_and_comes_in(client, mailbox):
    person = a_person("nele@example.org")
    page = client.post(LOGIN, {"email": "Nele@Example.org", "next": "/fr/styleguide/"})
    assert page.url.startswith(CODE)
    done = client.post(page.url, {"code": code_in(mailbox[-1]), "next": "/fr/styleguide/"})
    assert done.url == "/fr/styleguide/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_new_address_gets_an_account_on_the_way(client, mailbox, now):
    page = client.post("/nl/account/login/", {"email": "new@example.org", "next": "/fr/styleguide/"})
    person = Person.objects.get(email="new@example.org")
    assert (person.language, person.joined_at, person.has_usable_password()) == ("nl", now, False)
    assert not EmailAddress.objects.get(user=person).verified
    done = client.post(page.url, {"code": code_in(mailbox[-1])})
    assert done.url == "/nl/account/welcome/?next=%2Ffr%2Fstyleguide%2F"
    assert EmailAddress.objects.get(user=person).verified
    named = client.post(done.url, {"name": "  Leïla   B. ", "next": "/fr/styleguide/"})
    assert named.url == "/fr/styleguide/"
    person.refresh_from_db()
    assert person.name == "Leïla B."


def test_what_one_sees_never_tells_whether_the_address_is_known(
    client, client_for, mailbox, django_assert_max_num_queries
):
    a_person("known@example.org")
    a_person("blocked@example.org", is_active=False)
    pages = []
    for email in ("known@example.org", "unknown@example.org", "blocked@example.org"):
        browser = client_for(None)
        answer = browser.post(LOGIN, {"email": email})
        pages.append((answer.status_code, re.sub("[a-z]+@", "", answer.url), bare(browser.get(answer.url))))
    assert pages[0] == pages[1] == pages[2]
    subjects = [re.sub("[0-9]", "0", message["Subject"]) for message in mailbox]
    assert len(subjects) == 3
    assert len(set(subjects)) == 1


def test_wrong_password_and_unknown_address_look_the_same(client_for):
    a_person("known@example.org", password="correct horse battery")
    seen = []
    for email in ("known@example.org", "unknown@example.org"):
        answer = client_for(None).post("/fr/account/login/password/", {"login": email, "password": "wrong"})
        seen.append((answer.status_code, bare(answer)))
    assert seen[0] == seen[1]
    assert seen[0][0] == 422


def test_password_reset_looks_the_same_for_unknown_addresses(client_for, mailbox):
    a_person("known@example.org", password="correct horse battery")
    seen = []
    for email in ("known@example.org", "unknown@example.org"):
        browser = client_for(None)
        answer = browser.post("/fr/account/password/reset/", {"email": email})
        seen.append((answer.status_code, answer.url, bare(browser.get(answer.url))))
    assert seen[0] == seen[1]
    assert len(mailbox) == 2


def test_blocked_person_learns_it_only_with_the_code(client, mailbox):
    a_person("blocked@example.org", is_active=False)
    page = client.post(LOGIN, {"email": "blocked@example.org"})
    done = client.post(page.url, {"code": code_in(mailbox[-1])})
    assert done.url == "/fr/account/inactive/"
    assert "_auth_user_id" not in client.session


def test_fifth_wrong_code_ends_the_try(client, mailbox):
    a_person("nele@example.org")
    page = client.post(LOGIN, {"email": "nele@example.org"})
    for _try in range(4):
        assert client.post(page.url, {"code": "0000-0000"}).status_code == 422
    assert client.post(page.url, {"code": "0000-0000"}).status_code == 302
    assert client.post(CODE, {"code": code_in(mailbox[-1])}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_code_of_one_browser_is_worth_nothing_in_another(client, client_for, mailbox):
    a_person("nele@example.org")
    page = client.post(LOGIN, {"email": "nele@example.org"})
    other = client_for(None)
    other.post(page.url, {"code": code_in(mailbox[-1])})
    assert "_auth_user_id" not in other.session


def test_fourth_code_for_one_address_in_a_minute_is_refused(client_for, mailbox):
    statuses = [client_for(None).post(LOGIN, {"email": "nele@example.org"}).status_code for _try in range(4)]
    assert statuses == [302, 302, 302, 422]
    assert len(mailbox) == 3


def test_codes_from_one_network_are_limited(client_for, mailbox):
    statuses = [client_for(None).post(LOGIN, {"email": f"p{number}@example.org"}).status_code for number in range(32)]
    assert 429 in statuses or 422 in statuses
    assert statuses.index(302) == 0
    assert len(mailbox) <= 30


def test_sixth_wrong_password_is_not_even_checked(client_for):
    a_person("nele@example.org", password="correct horse battery")
    address = "/fr/account/login/password/"
    for _try in range(5):
        client_for(None).post(address, {"login": "nele@example.org", "password": "wrong"})
    answer = client_for(None).post(address, {"login": "nele@example.org", "password": "correct horse battery"})
    assert answer.status_code == 422


def test_password_signs_in(client):
    a_person("nele@example.org", password="correct horse battery")
    answer = client.post(
        "/fr/account/login/password/",
        {"login": "nele@example.org", "password": "correct horse battery", "next": "/fr/styleguide/"},
    )
    assert answer.url == "/fr/styleguide/"


def test_sign_up_and_ask_for_code_are_the_same_page(client):
    for address in ("/fr/account/signup/", "/fr/account/login/code/"):
        assert client.get(f"{address}?next=/fr/styleguide/").url == "/fr/account/login/?next=%2Ffr%2Fstyleguide%2F"
        assert client.get(f"{address}?next=https://evil.example/").url == LOGIN


def test_next_never_leads_to_another_site(client, mailbox):
    a_person("nele@example.org")
    page = client.post(LOGIN, {"email": "nele@example.org", "next": "https://evil.example/"})
    done = client.post(page.url, {"code": code_in(mailbox[-1]), "next": "https://evil.example/"})
    assert done.url == "/"


def test_code_comes_in_the_language_of_the_person(client, mailbox, now):
    a_person("nele@example.org", language="nl", last_login=now)
    client.post(LOGIN, {"email": "nele@example.org"})
    assert mailbox[-1]["Content-Language"] == "nl"
    assert 'lang="nl"' in mailbox[-1].get_body(("html",)).get_content()
    assert code_in(mailbox[-1]) in mailbox.text()


def test_person_can_start_again_with_another_address(client, mailbox):
    client.post(LOGIN, {"email": "wrong@example.org"})
    assert client.get(LOGIN).status_code == 200
