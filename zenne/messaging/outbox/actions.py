from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from zenne.core import mail
from zenne.core.errors import Invalid
from zenne.core.prepared import prepared
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history

from . import reports
from .bouncing import record
from .enums import LetterState
from .kinds import sources
from .models import Bounce, Letter, Unreachable
from .tasks import wake

BATCH = 1000

SAME = [field for field in Letter._meta.concrete_fields if field.attname not in ("id", "person_id")]
COLUMNS = ", ".join(str(field.column) for field in SAME)
POST = f"""
    insert into outbox_letter ({COLUMNS}, person_id) select {", ".join("%s" for _each in SAME)}, person
    from unnest(%s::bigint[]) as person on conflict do nothing
"""  # noqa: S608 - our own words


def post(
    source: str,
    *,
    key: str,
    to: "Iterable[int] | QuerySet[Person]",
    context: dict[str, Any] | None = None,
    due_at: datetime | None = None,
    now: datetime,
) -> None:
    """Put one letter for each person into the outbox: numbers of people, or a queryset of them (streamed, a thousand at a time).

    `key` names the occasion: who has a letter of it already gets no second one, so posting again after a crash is safe and
    completes what was missing. `context` (JSON) is what `source` needs to compose the words when the letter leaves.
    Where letters are withheld (`core.mail.withheld`) nothing is posted.
    """
    if source not in sources:
        raise KeyError(f"no app declared the source of letters {source!r}")
    if mail.is_withheld():
        return
    numbers = iter(to.values_list("pk", flat=True).order_by("pk").iterator(BATCH) if isinstance(to, QuerySet) else to)
    urgent = sources[source].urgent
    while batch := list(islice(numbers, BATCH)):
        _write(
            batch, source=source, key=key, context=context or {}, urgent=urgent, created_at=now, due_at=due_at or now
        )
        if due_at is None or due_at <= now:
            transaction.on_commit(wake)


def _write(people: list[int], **same: Any) -> None:
    """One new letter for each of some people, which differ in nothing else: the same statement for one as for a thousand."""
    letter = Letter(**same)
    values = [field.get_db_prep_save(getattr(letter, field.attname), connection) for field in SAME]
    with prepared(), connection.cursor() as cursor:
        cursor.execute(POST, [*values, people])


@transaction.atomic(savepoint=False)
def post_or_join(
    source: str, *, key: str, to: Iterable[int], patience: timedelta, most: timedelta, now: datetime
) -> None:
    """Post a letter for who has none of this source waiting; who has one hears of it in that one, which waits `patience` longer.

    Thirty occasions within ten minutes become one letter: none waits longer than `most`, and none leaves sooner than `most` after the
    one before. The waiting letters are held until the caller's transaction ends, so that none leaves without the news.
    """
    if mail.is_withheld():
        return
    people = list(to)
    waiting = Letter.objects.filter(source=source, person__in=people, state=LetterState.WAITING)
    held = list(waiting.select_for_update(of=("self",)).order_by("id"))
    joined = {letter.person_id for letter in held}
    for letter in held:
        if not letter.attempts:
            letter.due_at = max(letter.due_at, min(letter.created_at + most, now + patience))
    Letter.objects.bulk_update(held, ["due_at"])
    others = [person for person in people if person not in joined]
    recent = dict(
        Letter.objects.filter(source=source, person__in=others, settled_at__gt=now - most)
        .order_by()
        .values_list("person")
        .annotate(Max("settled_at"))
    )
    groups: dict[datetime, list[int]] = {}
    for person in others:
        due = max(now + patience, recent[person] + most) if person in recent else now + patience
        groups.setdefault(due, []).append(person)
    for due_at, group in groups.items():
        post(source, key=key, to=group, due_at=due_at, now=now)


def cancel(*, key: str, person: Person | None = None, now: datetime) -> int:
    """Take back what has not left of an occasion, for everyone or one person. How many were taken back."""
    waiting = Letter.objects.filter(key=key, state=LetterState.WAITING)
    if person:
        waiting = waiting.filter(person=person)
    return waiting.update(state=LetterState.CANCELLED, settled_at=now)


def receive_report(raw: bytes, *, recipient: str = "", now: datetime) -> bool:
    """A message to the address for reports: note what came back. False for what is no news: other mail, a delay, a report seen before."""
    report = reports.read(raw, recipient)
    letter = Letter.objects.filter(pk=report.letter).first() if report else None
    if report is None or letter is None:
        return False
    return record(letter, hard=report.hard, status=report.status, reason=report.reason, now=now)


def bounced(letter: Letter, *, hard: bool, status: str = "", reason: str = "", now: datetime) -> bool:
    """A report says that a letter came back. True when this was news."""
    return record(letter, hard=hard, status=status, reason=reason, now=now)


@transaction.atomic
def try_again(person: Person) -> None:
    """The person says that their address works again: letters go there as before, and earlier bounces are forgotten."""
    Unreachable.objects.filter(person=person).delete()
    Bounce.objects.filter(person=person, hard=True).update(hard=False)


@transaction.atomic
def send_again(letter: Letter, *, by: Person, now: datetime) -> None:
    """A member of staff decides that a letter in doubt, or one that was given up, is sent once more."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state not in (LetterState.IN_DOUBT, LetterState.FAILED):
        raise Invalid(_("Only a letter in doubt or one that failed is sent again."))
    letter.state, letter.settled_at, letter.due_at, letter.attempts = LetterState.WAITING, None, now, 0
    letter.save(update_fields=["state", "settled_at", "due_at", "attempts"])
    history.record("letter.sent_again", by=by, now=now, about=letter)
    transaction.on_commit(wake)


@transaction.atomic
def leave_it(letter: Letter, *, by: Person, now: datetime) -> None:
    """A member of staff decides that a letter in doubt counts as sent, and that one that was given up is not sent."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    after = {LetterState.IN_DOUBT: LetterState.SENT, LetterState.FAILED: LetterState.CANCELLED}
    if letter.state not in after:
        raise Invalid(_("This letter needs no decision any more."))
    letter.state = after[LetterState(letter.state)]
    letter.save(update_fields=["state"])
    history.record("letter.left", by=by, now=now, about=letter)


def forget(prefix: str) -> int:
    """Delete the letters whose occasion begins with `prefix`, but for those in the hands of the run that sends: for occasions of which
    even the list of recipients must not stay. How many were deleted."""
    in_hand = (LetterState.TAKEN, LetterState.LEAVING)
    _total, by_model = Letter.objects.filter(key__startswith=prefix).exclude(state__in=in_hand).delete()
    return by_model.get(Letter._meta.label, 0)
