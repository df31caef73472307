"""Letters that come back."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from .enums import LetterState
from .kinds import troubles
from .models import Bounce, Letter, Unreachable

TOO_OFTEN = 2
WITHIN = timedelta(days=60)


@transaction.atomic
def record(letter: Letter, *, hard: bool, status: str, reason: str, now: datetime) -> bool:
    """Note that a letter came back, once. The second letter that an address refuses for good within 60 days makes it unreachable.

    True when this was news.
    """
    letter = Letter.objects.select_for_update(of=("self",)).select_related("person").get(pk=letter.pk)
    address = letter.address or letter.person.email
    _bounce, new = Bounce.objects.get_or_create(
        letter=letter,
        defaults={
            "person": letter.person,
            "address": address,
            "hard": hard,
            "status": status[:12],
            "reason": reason[:300],
            "at": now,
        },
    )
    if not new:
        return False
    letter.state, letter.settled_at, letter.error = LetterState.BOUNCED, now, reason[:300]
    letter.save(update_fields=["state", "settled_at", "error"])
    back = Bounce.objects.filter(person=letter.person, address=address, hard=True, at__gt=now - WITHIN).count()
    if hard and back >= TOO_OFTEN and address == letter.person.email:
        Unreachable.objects.update_or_create(
            person=letter.person, defaults={"address": address, "since": now, "reason": reason[:300]}
        )
        for tell in troubles.values():
            transaction.on_commit(partial(tell, letter.person, address, now))
    return True
