from datetime import datetime

from zenne.core import clock
from zenne.messaging.outbox import actions as outbox

from . import queries
from .digests import last_due
from .enums import Frequency
from .models import Round

DIGEST = "notifications.digest"


def open_rounds(now: datetime) -> None:
    """Post the overviews that are due. After a stop of some days only the last one of each is: it tells everything that waited.

    Killed halfway, the next call completes it; the key of the period sees to it that nobody gets two. The weekly one comes first,
    because it takes along what the daily one would say.
    """
    for frequency in (Frequency.WEEKLY, Frequency.DAILY):
        due_at = last_due(frequency, now)
        this, _new = Round.objects.get_or_create(frequency=frequency, due_at=due_at)
        if this.complete_at:
            continue
        outbox.post(
            DIGEST,
            key=f"digest:{frequency}:{clock.in_brussels(due_at):%Y-%m-%d}",
            to=queries.with_digest_waiting(frequency, due_at),
            context={"frequency": frequency.value, "due_at": due_at.isoformat()},
            now=now,
        )
        this.complete_at = now
        this.save(update_fields=["complete_at"])
