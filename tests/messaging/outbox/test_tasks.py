"""How letters leave: once, at their pace, and what happens when the mail server does not take them."""

from datetime import timedelta

import pytest

from tests.messaging.outbox.letters import post, states
from tests.participation.ideas.factories import NOW, resident
from zenne.messaging.outbox import actions, queries, tasks
from zenne.messaging.outbox.enums import FOLLOWS, LetterState
from zenne.messaging.outbox.models import Bounce, Letter
from zenne.people.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_letter_leaves_once_whatever_is_posted_or_run_again(mailbox):
    amina, bob = resident("Amina"), resident("Bob")
    post(amina)
    tasks.send_due()
    post(amina, bob)
    tasks.send_due()
    tasks.send_due()
    assert [len(mailbox.to(person.email)) for person in (amina, bob)] == [1, 1]
    assert states() == ["sent", "sent"]


def test_letter_goes_to_the_address_the_person_has_when_it_leaves(mailbox):
    person = resident()
    post(person)
    Person.objects.filter(pk=person.pk).update(email="new@example.org", language="nl")
    tasks.send_due()
    letter = Letter.objects.get()
    assert (mailbox[0]["To"], letter.address, letter.language) == ("new@example.org", "new@example.org", "nl")
    assert mailbox[0]["Message-ID"] == letter.message_id


def test_letter_with_a_date_waits_for_it(mailbox, clock_shows):
    post(resident(), due_at=NOW + timedelta(hours=1))
    clock_shows(NOW)
    tasks.send_due()
    assert len(mailbox) == 0
    clock_shows(NOW + timedelta(hours=1))
    tasks.send_due()
    assert len(mailbox) == 1


def test_letter_to_a_closed_account_or_with_nothing_to_say_is_not_sent(mailbox):
    gone, silent = resident("Gone"), resident("Silent")
    post(gone, key="gone")
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    post(silent, key="silent", context={"words": ""})
    tasks.send_due()
    assert len(mailbox) == 0
    assert states() == ["cancelled", "cancelled"]


def test_cancel_takes_back_what_has_not_left(mailbox):
    amina, bob = resident("Amina"), resident("Bob")
    post(amina)
    tasks.send_due()
    post(bob)
    assert actions.cancel(key="test:1", now=NOW) == 1
    tasks.send_due()
    tally = queries.tally("test:1")
    assert (tally[LetterState.SENT], tally[LetterState.CANCELLED], tally[LetterState.WAITING]) == (1, 1, 0)


def test_post_of_a_source_that_no_app_declared_fails():
    with pytest.raises(KeyError):
        actions.post("nobody.knows", key="k", to=[resident().pk], now=NOW)


# --- a mail server that says no ------------------------------------------------------------------------------------------------


def test_letter_refused_for_now_is_tried_again_after_growing_waits(mailbox, clock_shows):
    person = resident()
    mailbox.answers[person.email] = "451 4.3.0 try later"
    post(person)
    waits = []
    moment = NOW
    for _each in range(3):
        clock_shows(moment)
        tasks.send_due()
        letter = Letter.objects.get()
        waits.append((letter.due_at - moment).total_seconds() / 60)
        moment = letter.due_at
    assert (waits, letter.state, letter.attempts) == ([1, 4, 15], "waiting", 3)
    mailbox.answers.clear()
    clock_shows(moment)
    tasks.send_due()
    assert (states(), len(mailbox)) == (["sent"], 1)


def test_letter_refused_for_two_days_is_given_up(mailbox, clock_shows):
    person = resident()
    mailbox.answers[person.email] = "451 4.3.0 try later"
    post(person)
    for _each in range(9):
        clock_shows(Letter.objects.get().due_at)
        tasks.send_due()
    assert states() == ["failed"]
    assert timedelta(days=1) < Letter.objects.get().settled_at - NOW < timedelta(days=3)


def test_letter_refused_for_good_is_a_bounce_and_the_others_still_leave(mailbox):
    wrong, right = resident("Wrong"), resident("Right")
    mailbox.answers[wrong.email] = "550 5.1.1 no such user"
    post(wrong, right)
    tasks.send_due()
    assert states() == ["bounced", "sent"]
    assert Bounce.objects.get().hard


def test_letters_wait_when_the_mail_server_is_away(mailbox, settings):
    post(resident("Amina"), resident("Bob"))
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    tasks.send_due()
    assert states() == ["waiting", "waiting"]
    settings.EMAIL_PORT = there
    Letter.objects.update(due_at=NOW)
    tasks.send_due()
    assert len(mailbox) == 2


def test_letter_that_cannot_be_written_fails_alone(mailbox, caplog):
    post(resident("Amina"), key="broken", context={"words": 1 / 3})
    Letter.objects.update(source="nobody.knows")
    post(resident("Bob"))
    tasks.send_due()
    assert states() == ["failed", "sent"]


# --- a run that was killed -----------------------------------------------------------------------------------------------------


def test_what_a_killed_run_held_is_sent_and_the_one_it_was_handing_over_is_left_in_doubt(mailbox):
    post(resident("Held"), resident("Doubtful"))
    held, doubtful = Letter.objects.order_by("id")
    Letter.objects.filter(pk=held.pk).update(state=LetterState.TAKEN)
    Letter.objects.filter(pk=doubtful.pk).update(state=LetterState.LEAVING)
    tasks.send_due()
    assert states() == ["sent", "in_doubt"]
    assert len(mailbox) == 1


def test_only_one_run_sends_at_a_time(mailbox):
    import psycopg
    from django.db import connection

    post(resident())
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("select pg_advisory_lock(%s)", [tasks.ONE_RUN])
        tasks.send_due()
        assert len(mailbox) == 0
        other.execute("select pg_advisory_unlock(%s)", [tasks.ONE_RUN])
    tasks.send_due()
    assert len(mailbox) == 1


def test_send_again_is_for_what_is_in_doubt_or_failed_only(mailbox):
    from zenne.core.errors import Invalid

    post(resident())
    tasks.send_due()
    letter, admin = Letter.objects.get(), resident("Admin", is_superuser=True)
    with pytest.raises(Invalid):
        actions.send_again(letter, by=admin, now=NOW)
    Letter.objects.update(state=LetterState.IN_DOUBT)
    actions.send_again(letter, by=admin, now=NOW)
    tasks.send_due()
    assert len(mailbox) == 2


def test_every_state_of_a_letter_is_in_the_table_of_its_way():
    assert FOLLOWS.keys() == set(LetterState)
