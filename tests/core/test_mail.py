"""Letters to one person: at once, later when the mail server is away, never twice."""

from types import SimpleNamespace

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.participation.ideas.factories import NOW
from zenne.core import mail

pytestmark = pytest.mark.django_db
LETTER = {"subject": "Code", "text": "123456\n", "html": "<p>123456</p>", "to": "amina@example.org", "headers": {}}


def send():
    words = {"title": "Code", "sentences": ["123456"], "warns": False, "button": ""}
    context = {"letter": words, "code": "", "address": ""}
    mail.send("people/accounts/mail/letter", to="amina@example.org", language="fr", context=context, now=NOW)


def test_subject_and_text_are_plain_and_the_title_of_the_html_is_the_subject():
    words = {"title": "L'eau & <nous>", "sentences": ["A & B"], "warns": False, "button": ""}
    made = mail.write(
        "people/accounts/mail/letter", language="fr", context={"letter": words, "code": "", "address": ""}
    )
    assert made.subject == "L'eau & <nous>" and "A & B" in made.text
    assert made.html.count("<h1") == 1 and "L&#x27;eau &amp; &lt;nous&gt;</title>" in made.html


def attempt(number: int) -> SimpleNamespace:
    """What the queue tells a job: how often it was taken up before."""
    return SimpleNamespace(job=SimpleNamespace(attempts=number))


def waiting() -> list[dict[str, object]]:
    return list(ProcrastinateJob.objects.filter(task_name="core.mail.deliver").values_list("args", flat=True))


def test_letter_waits_for_its_next_try_when_the_mail_server_is_away(mailbox, settings):
    settings.EMAIL_PORT = 1
    send()
    [job] = waiting()
    assert (job["to"], job["tried"]) == ("amina@example.org", 1)


def test_letter_that_waited_is_delivered(mailbox):
    mail.deliver.func(attempt(0), **LETTER)
    assert len(mailbox) == 1
    assert waiting() == []


def test_letter_of_a_worker_that_was_killed_is_not_sent_again(mailbox):
    mail.deliver.func(attempt(1), **LETTER)
    assert len(mailbox) == 0
    assert waiting() == []


def test_letter_refused_for_good_is_not_tried_again(mailbox):
    mailbox.answers["amina@example.org"] = "550 5.1.1 no such user"
    send()
    assert waiting() == []


def test_letter_is_given_up_after_its_last_try(mailbox):
    mailbox.answers["amina@example.org"] = "451 4.3.0 later"
    mail.deliver.func(attempt(0), **LETTER, tried=len(mail.WAITS) - 1)
    [job] = waiting()
    mail.deliver.func(attempt(0), **LETTER, tried=job["tried"])
    assert len(waiting()) == 1


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a " * 60, 2),
        ("https://example.org/" + "x" * 100, 1),
        ("- " + "word " * 30, 2),
        ("one\n\n\n\ntwo", 3),
    ],
)
def test_plain_text_is_folded_at_78_characters_and_addresses_stay_whole(text, lines):
    folded = mail.wrapped(text).splitlines()
    assert len(folded) == lines
    assert all(len(line) <= 78 or "https" in line for line in folded)


def test_plain_text_keeps_the_mark_before_a_signature():
    assert "\n-- \n" in mail.wrapped("Bonjour\n\n-- \nZenne")
