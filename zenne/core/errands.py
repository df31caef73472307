"""Errands: what follows from things that people write by the hundred a second, done by the worker a moment later.

A task of the queue wakes its worker, and PostgreSQL lets one transaction at a time commit that wakes somebody: enough for what staff do, too
few for a city that comments. So an errand is a plain row, committed with what it follows from, and one task does all that wait, in the order in
which they were left. The row goes in the transaction that does the errand: it is done once, or not yet, whatever is killed meanwhile.

An errand writes to the database and nowhere else, and is quick; what speaks with other machines is a task of its own.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from . import clock
from .memory import Remembered
from .models import Errand

logger = logging.getLogger(__name__)

Fact = str | int
Doing = Callable[..., None]

BATCH = 200
A_RUN = timedelta(seconds=45)
LINGER = timedelta(seconds=0.3)
"""How long a run that has nothing left waits for more: a hundred comments a second are then a few runs, not a hundred."""
WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""What fails is tried again after these. Then it stays where it is, for somebody to look at."""

# Plain, because a writer waits for them: Django would take longer to phrase them than PostgreSQL to do them.
LEAVE = "insert into core_errand (name, facts, tries) values (%s, %s::jsonb, 0)"
WAITS_ALREADY = "select 1 from procrastinate_jobs where queueing_lock = 'core.errands' and status = 'todo'"

_known: dict[str, Doing] = {}
_awake: Remembered[None] = Remembered(LINGER.total_seconds())
_kept: ContextVar[list[tuple[str, dict[str, Fact]]] | None] = ContextVar("errands are kept in memory", default=None)


def errand(name: str) -> Callable[[Doing], Doing]:
    """Declares, in an app's `tasks.py`, how the errand `name` is done: a function of what was left with it, run inside a transaction."""

    def declare(does: Doing) -> Doing:
        _known[name] = does
        return does

    return declare


def leave(name: str, /, **facts: Fact) -> None:
    """Have an errand done once the present transaction is committed."""
    if name not in _known:
        raise KeyError(f"no app declared the errand {name!r}")
    if (kept := _kept.get()) is not None:
        kept.append((name, facts))
        return
    with connection.cursor() as cursor:
        cursor.execute(LEAVE, [name, json.dumps(facts)])
    if not any(
        what is wake for _savepoints, what, *_ in connection.run_on_commit
    ):  # once for all that a transaction leaves
        transaction.on_commit(wake, robust=True)


def wake() -> None:
    """See to it that a run looks after now. One that waits already will; where nobody could be woken, the clock does it (`schedule`).

    Once in a while is enough: a run that waited a moment ago looks again LINGER after it began, and so meets what was left meanwhile.
    """
    _awake.get(run.name, _wake)


def _wake() -> None:
    with connection.cursor() as cursor:
        cursor.execute(WAITS_ALREADY)
        if cursor.fetchone():
            return
    try:
        with transaction.atomic():
            run.defer()
    except AlreadyEnqueued:
        logger.debug("a run waits already")


@app.task(name="core.errands", queue="default", queueing_lock="core.errands", lock="core.errands", pass_context=True)
def run(context: JobContext | None = None) -> None:
    """Do what waits, one at a time."""
    until = time.monotonic() + A_RUN.total_seconds()
    rested = context is None  # called by hand: nobody writes meanwhile
    with _commits_that_do_not_wait():
        while not (context and context.should_abort()) and time.monotonic() < until:
            if found := list(waiting()[:BATCH]):
                for each in found:
                    _do(each)
                rested = context is None
            elif rested:
                return
            else:
                time.sleep(LINGER.total_seconds())
                rested = True
    wake()


def waiting() -> QuerySet[Errand]:
    """What can be done now, the first left first."""
    due = Q(due_at__isnull=True) | Q(due_at__lte=clock.now())
    return Errand.objects.filter(due, tries__lte=len(WAITS)).order_by("id")


def _do(found: Errand) -> None:
    try:
        with transaction.atomic():
            gone, _each = Errand.objects.filter(pk=found.pk).delete()
            if gone:  # else somebody else did it
                _known[found.name](**found.facts)
    except Exception:
        logger.exception("errand %d (%s) failed", found.pk, found.name)
        later = clock.now() + WAITS[found.tries] if found.tries < len(WAITS) else None
        Errand.objects.filter(pk=found.pk).update(tries=found.tries + 1, due_at=later)


@contextmanager
def _commits_that_do_not_wait() -> Iterator[None]:
    """The commits of a run do not wait for the disk: should the machine lose one, the errand is there again, and not done."""
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("reset synchronous_commit")


@contextmanager
def kept() -> Iterator[Callable[[], None]]:
    """Inside, errands wait in memory, and no worker hears of them; calling what is given does them."""
    left: list[tuple[str, dict[str, Fact]]] = []

    def catch_up() -> None:
        present = left[:]
        left.clear()
        for name, facts in present:
            with transaction.atomic():
                _known[name](**facts)

    token = _kept.set(left)
    try:
        yield catch_up
    finally:
        _kept.reset(token)
