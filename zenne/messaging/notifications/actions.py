from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zenne.core import mail
from zenne.core.errors import Invalid
from zenne.messaging.outbox import actions as outbox
from zenne.people.accounts.models import Person

from . import queries
from .choosing import choices
from .enums import Frequency
from .kinds import kinds
from .models import Notification, Pause, Preference

BATCH = 1000
AT_ONCE = "notifications.at-once"
PATIENCE = timedelta(minutes=2)
"""How long a letter waits for more to say: what follows within this time goes into the same letter."""
BURST = timedelta(minutes=10)
"""The longest that a letter waits, and the shortest time between two."""
EXCERPT = 600

Fact = str | Mapping[str, str]


def notify(
    kind: str,
    *,
    to: "Iterable[Person] | QuerySet[Person]",
    key: str,
    facts: Mapping[str, Fact],
    url: str,
    excerpt: Fact = "",
    scope: str = "",
    now: datetime,
) -> None:
    """Tell people that something happened. `key` names the occasion; whoever heard of it already does not hear again.

    A fact is one text, or a text per language. A queryset of people is streamed, a thousand at a time, each batch in its own transaction.
    Where letters are withheld (`core.mail.withheld`), the message is kept for them to read on the platform only.
    """
    if kind not in kinds:
        raise KeyError(f"no app declared the message {kind!r}")
    message = Notification(
        kind=kind, scope=scope, key=key, facts=_plain(facts), excerpt=_short(excerpt), url=url, created_at=now
    )
    if isinstance(to, QuerySet):
        numbers = to.filter(is_active=True).order_by("pk").values_list("pk", flat=True).distinct().iterator(BATCH)
    else:
        numbers = iter(dict.fromkeys(person.pk for person in to if person.is_active))
    while batch := list(islice(numbers, BATCH)):
        _notify_batch(message, batch, now)


def _plain(facts: Mapping[str, Fact]) -> dict[str, str | dict[str, str]]:
    return {name: fact if isinstance(fact, str) else dict(fact) for name, fact in facts.items()}


def _short(excerpt: Fact) -> str | dict[str, str]:
    if isinstance(excerpt, str):
        return excerpt[:EXCERPT]
    return {language: text[:EXCERPT] for language, text in excerpt.items()}


@transaction.atomic(savepoint=False)
def _notify_batch(message: Notification, people: list[int], now: datetime) -> None:
    chosen = choices(message.kind, message.scope, people, now)
    silent = mail.is_withheld()
    rows = [
        Notification(
            person_id=person,
            kind=message.kind,
            scope=message.scope,
            key=message.key,
            facts=message.facts,
            excerpt=message.excerpt,
            url=message.url,
            created_at=now,
            in_app=choice.in_app,
            mail=Frequency.NEVER if silent else choice.mail,
        )
        for person, choice in chosen.items()
        if not choice.nothing
    ]
    Notification.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    hasty = [row.person_id for row in rows if row.mail == Frequency.IMMEDIATE]
    if hasty:
        outbox.post_or_join(AT_ONCE, key=f"at-once:{message.key}", to=hasty, patience=PATIENCE, most=BURST, now=now)


def forget_words(key: str, people: Iterable[int]) -> None:
    """What was quoted to these people about an occasion is not public any more: no letter to come and no inbox repeats it. That it happened stays."""
    Notification.objects.filter(person__in=set(people), key=key).update(excerpt="")


def mark_read(person: Person, *, now: datetime) -> None:
    Notification.objects.filter(person=person, read_at__isnull=True, in_app=True).update(read_at=now)


@transaction.atomic
def prefer(person: Person, kind: str, frequency: Frequency, *, in_app: bool = True) -> None:
    """From here on, mails of this kind come this often; what waits follows the new choice."""
    if kind not in kinds:
        raise KeyError(f"no app declared the message {kind!r}")
    Preference.objects.update_or_create(
        person=person,
        kind=kind,
        scope="",
        defaults={"frequency": frequency, "in_app": in_app or not kinds[kind].may_hide},
    )
    _move(Notification.objects.filter(person=person, kind=kind), frequency)


@transaction.atomic
def prefer_for(person: Person, scope: str, frequency: Frequency | None) -> None:
    """The same for one thing a person follows; None goes back to what they chose for each kind."""
    if frequency is None:
        Preference.objects.filter(person=person, scope=scope, kind="").delete()
        return
    Preference.objects.update_or_create(person=person, kind="", scope=scope, defaults={"frequency": frequency})
    _move(Notification.objects.filter(person=person, scope=scope), frequency)


def _move(messages: QuerySet[Notification], frequency: Frequency) -> None:
    """What waits for a digest and should now come at once stays in the digest: it waited already."""
    waiting = messages.filter(letter__isnull=True).exclude(mail=Frequency.NEVER)
    if frequency != Frequency.IMMEDIATE:
        waiting.update(mail=frequency)


@transaction.atomic
def stop_all(person: Person, frequency: Frequency) -> None:
    """No more mails that come this often: every kind and every thing for which it was so becomes "never"."""
    for kind, (chosen, in_app) in queries.by_kind(person).items():
        if chosen == frequency:
            prefer(person, kind, Frequency.NEVER, in_app=in_app)
    Preference.objects.filter(person=person, frequency=frequency).update(frequency=Frequency.NEVER)
    Notification.objects.filter(person=person, mail=frequency, letter__isnull=True).update(mail=Frequency.NEVER)


@transaction.atomic
def pause(person: Person, *, until: datetime, now: datetime) -> None:
    """No mail about messages until then. What waits to be mailed stays on the platform."""
    if until <= now:
        raise Invalid(_("Choose a day to come."))
    Pause.objects.update_or_create(person=person, defaults={"until": until})
    Notification.objects.filter(person=person, letter__isnull=True).update(mail=Frequency.NEVER)


def resume(person: Person) -> None:
    Pause.objects.filter(person=person).delete()
