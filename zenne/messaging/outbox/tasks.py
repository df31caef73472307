"""The run that sends. One at a time in the whole installation, because the rate is one rate.

Every change of state is one short transaction of its own. A letter is marked LEAVING before the mail server hears of it: whatever kills
the run after that leaves a letter in doubt, which nobody sends again by themselves. What was only TAKEN waits again.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils.translation import override
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from zenne.core import clock, mail
from zenne.core.languages import DEFAULT, LANGUAGES

from . import envelope, ways_out
from .bouncing import record
from .enums import LetterState, Note
from .kinds import sources
from .models import Letter, Unreachable
from .queries import due
from .reports import speaks_of_the_address

logger = logging.getLogger(__name__)

BATCH = 50
A_RUN = timedelta(seconds=45)
ONE_RUN = 0x7A656E6E  # the advisory lock that says a run is alive: PostgreSQL frees it when the process is no more


@app.task(name="outbox.send", queue="mail", queueing_lock="outbox.send", lock="outbox.send", pass_context=True)
def send_due(context: JobContext | None = None) -> None:
    """Send what is due, a small batch at a time over one line, at the rate of the installation. A long queue is cut into many runs."""
    until = time.monotonic() + A_RUN.total_seconds()
    with _the_only_run() as alone:
        if not alone:
            return
        put_back(clock.now())
        line = get_connection()
        try:
            while time.monotonic() < until and not (context and context.should_abort()):
                batch = take(clock.now())
                if not batch or not _send_batch(batch, line, context):
                    return
        finally:
            mail.hang_up(line)
    wake()


def wake() -> None:
    """Let a worker send what waits; one waiting job is enough, it takes everything."""
    try:
        with transaction.atomic():
            send_due.defer()
    except AlreadyEnqueued:
        logger.debug("a run waits already")


@contextmanager
def _the_only_run() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [ONE_RUN])
        alone = cursor.fetchone()[0]
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [ONE_RUN])


def put_back(now: datetime) -> None:
    """What an earlier run left in its hands when it was killed: certainly here, or in doubt."""
    Letter.objects.filter(state=LetterState.TAKEN).update(state=LetterState.WAITING)
    doubted = Letter.objects.filter(state=LetterState.LEAVING).update(
        state=LetterState.IN_DOUBT, settled_at=now, error=Note.KILLED
    )
    if doubted:
        logger.error("%d letter in doubt: its worker was killed while handing it over", doubted)


@transaction.atomic
def take(now: datetime) -> list[Letter]:
    """The next small batch, in our hands from here on."""
    batch = list(due(now).select_for_update(skip_locked=True, of=("self",)).select_related("person")[:BATCH])
    Letter.objects.filter(pk__in=[letter.pk for letter in batch]).update(state=LetterState.TAKEN)
    return batch


def _send_batch(batch: list[Letter], line: BaseEmailBackend, context: JobContext | None) -> bool:
    """Send a batch at the agreed rate. False when the run should end: the mail server is away, or the worker is asked to stop."""
    barred = set(
        Unreachable.objects.filter(person__in=[letter.person_id for letter in batch]).values_list("person", "address")
    )
    pause = 60 / settings.MAIL_LETTERS_PER_MINUTE
    for at, letter in enumerate(batch):
        began = time.monotonic()
        stopping = bool(context and context.should_abort())
        if stopping or not _send_one(letter, line, (letter.person_id, letter.person.email) in barred):
            _hand_back(batch[at:])
            return False
        time.sleep(max(0.0, pause - (time.monotonic() - began)))
    return True


def _hand_back(letters: list[Letter]) -> None:
    Letter.objects.filter(pk__in=[letter.pk for letter in letters], state=LetterState.TAKEN).update(
        state=LetterState.WAITING
    )


def _send_one(letter: Letter, line: BaseEmailBackend, barred: bool) -> bool:
    """One letter from our hands to the mail server. False when the server is away."""
    now = clock.now()
    person = letter.person
    language = person.language if person.language in LANGUAGES else DEFAULT
    if not person.is_active or barred:
        _settle(letter, LetterState.CANCELLED, now, Note.UNREACHABLE if barred else Note.CLOSED)
        return True
    try:
        written, headers = _write(letter, language, now)
    except Exception:
        logger.exception("letter %s (%s) cannot be written", letter.pk, letter.source)
        _settle(letter, LetterState.FAILED, now, Note.UNWRITTEN)
        return True
    if written is None:
        _settle(letter, LetterState.CANCELLED, now, Note.NOTHING)
        return True
    try:
        mail.open_line(line)
    except mail.NotTaken as refusal:
        letter.attempts += 1
        _refused(letter, refusal, now)
        return False
    if not _mark_leaving(letter, language, headers["Message-ID"]):
        return True
    try:
        mail.hand_over(written, to=person.email, headers=headers, line=line, bounces_to=envelope.bounces_to(letter))
    except mail.NotTaken as refusal:
        _refused(letter, refusal, clock.now())
        return not refusal.away
    except mail.InDoubt:
        mail.hang_up(line)
        _settle(letter, LetterState.IN_DOUBT, clock.now(), Note.CUT)
        return True
    except ValueError as fault:  # what cannot be a header or an address
        _settle(letter, LetterState.FAILED, clock.now(), str(fault))
        return True
    _settle(letter, LetterState.SENT, clock.now())
    return True


def _write(letter: Letter, language: str, now: datetime) -> tuple[mail.Written | None, dict[str, str]]:
    """The letter in the reader's language and its headers; None when its source has nothing to say any more."""
    with override(language):
        words = sources[letter.source].compose(letter, now)
        if words is None:
            return None, {}
        headers = {
            "Message-ID": f"<{letter.pk}.{now:%Y%m%d%H%M%S}@{mail.domain()}>",
            "Content-Language": language,
            "Date": format_datetime(now),
            "Auto-Submitted": "auto-generated",
        }
        filled = {"person": letter.person, **words.context}
        if words.way_out:
            filled["stop"] = ways_out.address(letter.person, words.way_out)
            headers |= ways_out.headers(letter.person, words.way_out)
        return mail.write(words.template, language=language, context=filled), headers


def _mark_leaving(letter: Letter, language: str, message_id: str) -> bool:
    """The point of no return, committed before the mail server hears anything. False when the letter is not ours any more."""
    letter.language, letter.address, letter.message_id = language, letter.person.email, message_id
    letter.attempts += 1
    return bool(
        Letter.objects.filter(pk=letter.pk, state=LetterState.TAKEN).update(
            state=LetterState.LEAVING,
            language=letter.language,
            address=letter.address,
            message_id=letter.message_id,
            attempts=letter.attempts,
        )
    )


def _settle(letter: Letter, state: LetterState, now: datetime, error: str = "") -> None:
    """What became of it. The one who sent knows better than the one who doubted."""
    mine = (LetterState.TAKEN, LetterState.LEAVING, LetterState.IN_DOUBT)
    Letter.objects.filter(pk=letter.pk, state__in=mine).update(state=state, settled_at=now, error=error[:300])


def _refused(letter: Letter, refusal: mail.NotTaken, now: datetime) -> None:
    """The mail server said no: for good, or not now. Waits grow; a letter is given up after about two days."""
    if refusal.permanent and refusal.recipient:
        record(letter, hard=speaks_of_the_address(refusal.reason), status="", reason=refusal.reason, now=now)
    elif refusal.permanent or letter.attempts > len(mail.WAITS):
        _settle(letter, LetterState.FAILED, now, refusal.reason)
    else:
        later = now + timedelta(minutes=mail.WAITS[letter.attempts - 1])
        Letter.objects.filter(pk=letter.pk, state__in=(LetterState.TAKEN, LetterState.LEAVING)).update(
            state=LetterState.WAITING, due_at=later, attempts=letter.attempts, error=refusal.reason[:300]
        )
