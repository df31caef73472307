from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from zenne.core import mail
from zenne.people.accounts.models import Person

from .kinds import kinds
from .models import Notification, Silence
from .tasks import mail_waiting

BATCH = 1000


@transaction.atomic
def notify(
    kind: str, *, to: Iterable[Person], key: str, facts: dict[str, str], url: str, excerpt: str = "", now: datetime
) -> None:
    """Tell people that something happened. `key` names the occasion; whoever heard of it already does not hear again.

    Where letters are withheld (`core.mail.withheld`), the message is kept for them to read on the platform only.
    """
    if kind not in kinds:
        raise KeyError(f"no app declared the message {kind!r}")
    people = {person.pk: person for person in to if person.is_active}
    silent = set(Silence.objects.filter(kind=kind, person_id__in=people).values_list("person_id", flat=True))
    if mail.is_withheld():
        silent = set(people)
    rows = [
        Notification(
            person=person,
            kind=kind,
            key=key,
            facts=facts,
            excerpt=excerpt[:600],
            url=url,
            created_at=now,
            mail_due=person.pk not in silent,
        )
        for person in people.values()
    ]
    Notification.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    if any(row.mail_due for row in rows):
        transaction.on_commit(_wake)


def _wake() -> None:
    """Let the worker mail what waits; one waiting job is enough, it takes everything."""
    try:
        with transaction.atomic():
            mail_waiting.defer()
    except AlreadyEnqueued:
        pass


def mark_read(person: Person, *, now: datetime) -> None:
    Notification.objects.filter(person=person, read_at__isnull=True).update(read_at=now)


@transaction.atomic
def silence(person: Person, kind: str) -> None:
    """No more mails of this kind. Those that wait are not sent either."""
    Silence.objects.get_or_create(person=person, kind=kind)
    Notification.objects.filter(person=person, kind=kind, mailed_at__isnull=True).update(mail_due=False)


def unsilence(person: Person, kind: str) -> None:
    Silence.objects.filter(person=person, kind=kind).delete()
