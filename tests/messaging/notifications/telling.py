"""What the tests of messages share: telling somebody something, and letting the post go."""

from datetime import datetime, timedelta

from tests.participation.ideas.factories import NOW
from zenne.messaging.notifications import actions
from zenne.messaging.notifications.models import Notification
from zenne.messaging.outbox import tasks as outbox

KIND = "comments.reply"


def tell(*people, key="comment:1", kind=KIND, scope="", now=NOW, **options):
    options.setdefault("facts", {"who": "Nele", "title": "Des bancs", "process": "Canal", "status": "Admise"})
    options.setdefault("url", "/fr/comments/1/")
    actions.notify(kind, to=people, key=key, scope=scope, now=now, **options)


def post_leaves(clock_shows, at: datetime = NOW, later: timedelta = timedelta(minutes=2)) -> None:
    """Everything that is due a little after `at` goes to the mail server."""
    clock_shows(at + later)
    outbox.send_due()


def told(person) -> list[str]:
    """What somebody was told, kind by kind, in the order in which it was said."""
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))
