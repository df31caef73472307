import re

import pytest
from django.core.signing import dumps

from tests.participation.ideas.factories import NOW, resident
from zenne.core import mail
from zenne.messaging.notifications import actions, queries, tasks
from zenne.messaging.notifications.models import Notification

pytestmark = pytest.mark.django_db
KIND = "comments.reply"


def tell(*people, key="comment:1", kind=KIND):
    facts = {"who": "Nele", "title": "Des bancs"}
    actions.notify(kind, to=people, key=key, facts=facts, url="/fr/comments/1/", excerpt="Merci !", now=NOW)


def test_notify_tells_each_person_of_an_occasion_once():
    amina, bob = resident("Amina"), resident("Bob")
    tell(amina)
    tell(amina, bob)
    assert Notification.objects.count() == 2


def test_notify_of_a_kind_that_no_app_declared_fails():
    with pytest.raises(KeyError):
        tell(resident(), kind="nobody.knows")


def test_notify_speaks_the_language_of_the_reader(mailbox):
    tell(resident("An", language="nl"))
    tasks.mail_waiting()
    assert mailbox[0]["Subject"] == "Nele antwoordde u over ‘Des bancs’"
    assert mailbox[0]["Content-Language"] == "nl"


def test_message_leads_to_the_page_in_the_language_of_the_reader(mailbox, client_for):
    person = resident("An", language="nl")
    tell(person)
    tasks.mail_waiting()
    assert any(link.endswith("/nl/comments/1/") for link in mailbox.links())
    assert 'href="/nl/comments/1/"' in client_for(person).get("/nl/messages/").content.decode()


def test_message_told_while_letters_are_withheld_is_kept_but_never_mailed(mailbox):
    person = resident()
    with mail.withheld():
        tell(person)
    tasks.mail_waiting()
    assert len(mailbox) == 0
    assert Notification.objects.get(person=person).mail_due is False


def test_mail_waiting_mails_each_message_once(mailbox):
    tell(resident())
    tasks.mail_waiting()
    tasks.mail_waiting()
    assert len(mailbox) == 1


def test_mail_waiting_leaves_out_who_wants_no_mail(mailbox):
    person = resident()
    actions.silence(person, KIND)
    tell(person)
    tasks.mail_waiting()
    assert len(mailbox) == 0
    assert queries.unread_count(person) == 1


def test_unsubscribe_works_in_one_post_without_signing_in(mailbox, client):
    person = resident()
    tell(person)
    tasks.mail_waiting()
    [address] = re.findall(r"<(.+)>", mailbox[0]["List-Unsubscribe"])
    path = address.removeprefix("http://127.0.0.1:8000")
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert queries.silenced_kinds(person) == {KIND}


def test_unsubscribe_asks_before_it_acts_on_a_get(client):
    person = resident()
    token = dumps([person.pk, KIND], salt=tasks.UNSUBSCRIBE)
    assert client.get(f"/nl/messages/stop/{token}/").status_code == 200
    assert queries.silenced_kinds(person) == set()


FORGED = {
    "no token": lambda: "forged",
    "of another door": lambda: dumps([1, KIND], salt="other"),
    "of nobody": lambda: dumps([10**9, KIND], salt=tasks.UNSUBSCRIBE),
}


@pytest.mark.parametrize("forged", FORGED)
def test_unsubscribe_with_a_forged_token_is_not_found(client, forged):
    assert client.get(f"/fr/messages/stop/{FORGED[forged]()}/").status_code == 404


def test_inbox_shows_only_ones_own_and_marks_it_read(client_for):
    amina, bob = resident("Amina"), resident("Bob")
    tell(amina)
    tell(bob, key="comment:2")
    page = client_for(amina).get("/fr/messages/").content.decode()
    assert page.count("Nele vous a répondu") == 1
    assert (queries.unread_count(amina), queries.unread_count(bob)) == (0, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_inbox_asks_as_few_questions_for_three_messages_as_for_one(client_for, django_assert_num_queries, number):
    person = resident()
    for at in range(number):
        tell(person, key=f"comment:{at}")
    client = client_for(person)
    client.get("/fr/messages/")
    with django_assert_num_queries(10):
        assert client.get("/fr/messages/").status_code == 200
