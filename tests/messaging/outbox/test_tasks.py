"""How letters leave."""

import pytest

from tests.participation.ideas.factories import NOW, resident
from zenne.messaging.outbox import actions, tasks
from zenne.messaging.outbox.kinds import Source, Words, sources
from zenne.messaging.outbox.models import Letter

pytestmark = pytest.mark.django_db


def compose(letter, now):
    words = letter.context.get("words", "Bonjour")
    return (
        Words(
            "people/accounts/mail/letter",
            {"letter": {"title": words, "sentences": [words], "warns": False, "button": ""}, "code": "", "address": ""},
        )
        if words
        else None
    )


SOURCE = "tests.outbox"
sources.register(SOURCE, Source("Tests", compose))


def post(*people, key="test:1", **options):
    actions.post(SOURCE, key=key, to=[person.pk for person in people], now=NOW, **options)


def states():
    return list(Letter.objects.order_by("id").values_list("state", flat=True))


def test_letter_leaves_once_whatever_is_posted_or_run_again(mailbox):
    amina, bob = resident("Amina"), resident("Bob")
    post(amina)
    tasks.send_due()
    post(amina, bob)
    tasks.send_due()
    tasks.send_due()
    assert [len(mailbox.to(person.email)) for person in (amina, bob)] == [1, 1]
    assert states() == ["sent", "sent"]
