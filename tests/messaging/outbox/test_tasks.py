"""How letters leave."""

import pytest

from tests.messaging.outbox.letters import post, states
from tests.participation.ideas.factories import resident
from zenne.messaging.outbox import tasks

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
