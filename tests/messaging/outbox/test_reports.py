"""Letters that come back: reports as mail servers write them."""

import pytest

from tests.messaging.outbox.letters import make_unreachable, post, states
from tests.participation.ideas.factories import NOW, resident
from zenne.messaging.notifications.queries import unread_count
from zenne.messaging.outbox import actions, envelope, queries, reports, tasks
from zenne.messaging.outbox.models import Bounce, Letter

pytestmark = pytest.mark.django_db

REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Mon, 15 Jun 2026 11:30:00 +0200

Final-Recipient: rfc822; amina@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <amina@example.org>: no such user

--b--
"""


@pytest.fixture(autouse=True)
def address_for_reports(settings):
    settings.MAIL_BOUNCES = "bounce@participate.example.org"


def report(letter, *, to="", action="failed", status="5.1.1"):
    return REPORT.format(to=to or envelope.bounces_to(letter), action=action, status=status).encode()


def sent(person, key="test:1"):
    post(person, key=key)
    letter = Letter.objects.get(key=key)
    Letter.objects.filter(pk=letter.pk).update(state="sent", settled_at=NOW, address=person.email)
    return letter


def test_letter_leaves_with_an_address_for_reports_that_names_it(mailbox):
    post(resident())
    tasks.send_due()
    assert mailbox.senders == [envelope.bounces_to(Letter.objects.get())]
    assert "no-reply@localhost" in mailbox[0]["From"]


def test_report_marks_the_letter_as_come_back_once():
    letter = sent(resident())
    assert actions.receive_report(report(letter), now=NOW) is True
    assert actions.receive_report(report(letter), now=NOW) is False
    assert states() == ["bounced"]
    assert Bounce.objects.get().status == "5.1.1"


def test_report_is_understood_by_the_recipient_that_the_mail_server_names():
    letter = sent(resident())
    raw = report(letter, to="bounce@participate.example.org")
    assert actions.receive_report(raw, now=NOW) is False
    assert actions.receive_report(raw, recipient=envelope.bounces_to(letter).upper(), now=NOW) is True


def test_second_letter_that_an_address_refuses_for_good_makes_it_unreachable(
    mailbox, django_capture_on_commit_callbacks
):
    person = resident()
    for at in range(2):
        assert queries.unreachable_address(person) is None
        with django_capture_on_commit_callbacks(execute=True):
            actions.receive_report(report(sent(person, key=f"test:{at}")), now=NOW)
    assert queries.unreachable_address(person).address == person.email
    assert unread_count(person) == 1
    post(person, key="later")
    tasks.send_due()
    assert len(mailbox) == 0


def test_full_mailbox_comes_back_without_making_the_address_unreachable():
    person = resident()
    for at in range(3):
        actions.receive_report(report(sent(person, key=f"test:{at}"), status="5.2.2"), now=NOW)
    assert states() == ["bounced"] * 3
    assert queries.unreachable_address(person) is None


def test_unreachable_address_is_forgotten_when_the_person_takes_another_one(mailbox):
    person = resident()
    make_unreachable(person)
    person.email = "new@example.org"
    person.save()
    post(person, key="later")
    tasks.send_due()
    assert len(mailbox) == 1


def test_try_again_forgets_earlier_bounces(mailbox):
    person = resident()
    make_unreachable(person)
    actions.try_again(person)
    post(person, key="later")
    tasks.send_due()
    assert len(mailbox) == 1
    actions.bounced(Letter.objects.get(key="later"), hard=True, now=NOW)
    assert queries.unreachable_address(person) is None


IGNORED = {
    "a delay": lambda letter: report(letter, action="delayed", status="4.4.1"),
    "a success": lambda letter: report(letter, action="delivered", status="2.0.0"),
    "a forged mark": lambda letter: report(letter, to=f"bounce+{letter.pk}-{'0' * 20}@participate.example.org"),
    "another address": lambda letter: report(letter, to="info@example.org"),
    "an answer of a person": lambda letter: f"To: {envelope.bounces_to(letter)}\n\nI am away.".encode(),
    "nothing": lambda letter: b"",
    "no mail at all": lambda letter: bytes(range(256)) * 40,
    "a report without fields": lambda letter: report(letter).split(b"Final-Recipient")[0],
}


@pytest.mark.parametrize("what", IGNORED)
def test_anything_but_a_report_about_a_letter_of_ours_changes_nothing(what):
    letter = sent(resident())
    assert actions.receive_report(IGNORED[what](letter), now=NOW) is False
    assert states() == ["sent"]


@pytest.mark.parametrize(
    ("said", "of_the_address"),
    [
        ("550 5.1.1 no such user", True),
        ("550 no such user", True),
        ("550 5.7.1 spam", False),
        ("552 5.2.2 mailbox full", False),
        ("554 refused", False),
        ("5.4.4", True),
        ("", False),
    ],
)
def test_refusal_speaks_of_the_address_or_of_something_else(said, of_the_address):
    assert reports.speaks_of_the_address(said) is of_the_address
