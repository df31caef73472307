"""What people type never reaches the head of a letter, an address in it, or the way it goes; and it never says who has an account."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.participation.comments import factories as comments
from tests.participation.ideas import factories as ideas
from tests.people.accounts.factories import a_person
from tests.people.organisations import factories as organisations
from zenne.people.accounts.models import Person

pytestmark = pytest.mark.django_db
TWO_LINES = "Amina\r\nBcc: victim@example.org\r\nX-Evil: 1"
LOGIN = "/fr/account/login/"


def heads(mailbox):
    return [f"{name}: {value}" for message in mailbox for name, value in message.items()]


@pytest.mark.parametrize(
    "address",
    [
        "an@example.org\r\nBcc: victim@example.org",
        "an@example.org\nBcc: victim@example.org",
        "an@example.org, victim@example.org",
        "<an@example.org> victim@example.org",
        '"an\r\nBcc: victim@example.org"@example.org',
        "an@example.org%0d%0aBcc:victim@example.org",
        "an@example.org\u2028Bcc: victim@example.org",
        "an@example.org\x00",
    ],
)
@pytest.mark.parametrize("door", [LOGIN, "/fr/account/password/reset/"])
def test_an_address_with_a_second_one_in_it_sends_nothing_to_the_second(client, mailbox, address, door):
    client.post(door, {"email": address})
    assert not [message for message in mailbox if "victim" in str(message["To"]) and "%0d" not in address]
    assert not [line for line in heads(mailbox) if line.lower().startswith(("bcc", "x-evil"))]


def test_a_name_and_a_title_of_two_lines_stay_one_line_of_a_letter(mailbox, django_capture_on_commit_callbacks, now):
    house = organisations.organisation(f"Jette {TWO_LINES}")
    author = a_person("author@example.org", name=TWO_LINES[:80])
    made = ideas.idea(ideas.call(organisation=house), author=author, title=f"Un banc {TWO_LINES}"[:80])
    other = ideas.resident(TWO_LINES[:80])
    with django_capture_on_commit_callbacks(execute=True):
        comments.comment(made, by=other, text=f"Bonne idée. {TWO_LINES}")
        from zenne.people.organisations import actions
        from zenne.people.organisations.enums import Role

        actions.invite(
            organisation=house, email="guest@example.org", role=Role.EDITOR, by=organisations.member(house), now=now
        )
    assert len(mailbox)
    assert not [line for line in heads(mailbox) if line.lower().startswith(("bcc", "x-evil"))]
    assert {str(message["To"]) for message in mailbox} <= {"author@example.org", "guest@example.org"}


@pytest.mark.parametrize(
    "poison",
    [{"x-forwarded-host": "evil.example"}, {"x-forwarded-server": "evil.example"}, {"forwarded": "host=evil.example"}],
)
def test_a_letter_leads_to_us_whatever_host_was_forwarded(client_for, mailbox, poison):
    a_person("nele@example.org", password="correct horse battery")
    client_for(None).post(LOGIN, {"email": "nele@example.org"}, headers=poison)
    client_for(None).post("/fr/account/password/reset/", {"email": "nele@example.org"}, headers=poison)
    assert len(mailbox) == 2
    for message in mailbox:
        assert "evil.example" not in message.as_string()


def test_a_host_that_is_not_ours_gets_no_letter_sent(client_for, mailbox):
    a_person("nele@example.org")
    answer = client_for(None, raise_request_exception=False).post(
        LOGIN, {"email": "nele@example.org"}, headers={"host": "evil.example"}
    )
    assert answer.status_code == 400 and len(mailbox) == 0


def test_one_person_however_the_address_is_written(client_for, mailbox):
    for typed in ("Nele@Example.org", "nele@example.org", " NELE@EXAMPLE.ORG ", "nele@EXAMPLE.org"):
        client_for(None).post(LOGIN, {"email": typed})
    assert Person.objects.filter(email__icontains="example.org").count() == 1


@pytest.mark.parametrize(
    "twin",
    [
        "n\u0435le@example.org",  # a Cyrillic e
        "nele@ex\u0430mple.org",  # a Cyrillic a in the domain
        "\uff4eele@example.org",  # a wide n, which compatibility folding makes an n
        "nele@example\u3002org",  # an ideographic full stop
    ],
)
def test_an_address_that_only_looks_the_same_is_nobody_elses_account(client_for, mailbox, twin):
    """A code for one address never goes to the other, and opens nothing of the other's."""
    nele = a_person("nele@example.org", password="correct horse battery")
    browser = client_for(None)
    browser.post(LOGIN, {"email": twin})
    assert not mailbox.to("nele@example.org")
    assert not Person.objects.exclude(pk=nele.pk).filter(email="nele@example.org").exists()
    answer = client_for(None).post("/fr/account/login/password/", {"login": twin, "password": "correct horse battery"})
    assert answer.status_code == 422


def test_signing_in_changes_the_session_so_that_a_planted_one_is_worth_nothing(client, mailbox):
    import re

    a_person("nele@example.org")
    page = client.post(LOGIN, {"email": "nele@example.org"})
    planted = client.cookies["sessionid"].value
    code = re.search(r"[0-9]{4}-[0-9]{4}", mailbox[-1]["Subject"])[0]
    client.post(page.url, {"code": code})
    assert client.session["_auth_user_id"] and client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/fr/account/profile/").status_code == 302


ELSEWHERE = [
    *(
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
    ),
    *(
        "http://testserver@evil.example/",
        "http://evil.example#testserver",
        "javascript:alert(1)",
        "/\t/evil.example",
    ),
    *("https:///evil.example", "\x01https://evil.example", "//evil%E3%80%82example", "http://[::1", "data:text/html,x"),
]


@pytest.mark.parametrize("next_", ELSEWHERE)
@pytest.mark.parametrize(
    "door", ["account_login", "account_logout", "account_signup", "accounts:welcome", "accounts:confirm-email"]
)
def test_no_door_leads_to_another_site(client_for, next_, door):
    person = None if door in ("account_login", "account_signup") else ideas.resident()
    with override("fr"):
        address = reverse(door)
    for answer in (
        client_for(person).get(address, {"next": next_}),
        client_for(person).post(f"{address}", {"next": next_, "name": "An", "email": "an@example.org"}),
    ):
        assert answer.status_code < 500
        onward = answer.headers.get("Location", "/").partition("?")[0]
        assert onward.startswith("/") and not onward.startswith(("//", "/\\", "/\t"))
        assert "evil.example" not in onward
