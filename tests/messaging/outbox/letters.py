"""What the tests of the outbox share."""

from tests.participation.ideas.factories import NOW
from zenne.messaging.outbox import actions
from zenne.messaging.outbox.kinds import Source, Words, sources
from zenne.messaging.outbox.models import Letter

SOURCE = "tests.outbox"


def compose(letter, now):
    """A letter of one sentence; an empty one when it has nothing to say."""
    words = letter.context.get("words", "Bonjour")
    title = {"title": words, "sentences": [words], "warns": False, "button": ""}
    return Words("people/accounts/mail/letter", {"letter": title, "code": "", "address": ""}) if words else None


sources.register(SOURCE, Source("Tests", compose))


def post(*people, key="test:1", **options):
    actions.post(SOURCE, key=key, to=[person.pk for person in people], **{"now": NOW, **options})


def states():
    return list(Letter.objects.order_by("id").values_list("state", flat=True))


def make_unreachable(person):
    for at in range(2):
        post(person, key=f"lost:{at}")
        actions.bounced(Letter.objects.get(key=f"lost:{at}"), hard=True, status="5.1.1", reason="no such user", now=NOW)
