"""The file of drawn letters: read by the worker, shown in numbers, and written when somebody says so; never half of it."""

import hashlib
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zenne.core import sheets
from zenne.core.errors import Conflict, Invalid
from zenne.people.accounts.models import Person

from .. import queries, reading, tasks
from ..enums import IMPORT_TRANSITIONS, ImportState, LotteryState
from ..errors import WrongStep
from ..models import Import, Lottery
from .holding import held, note, require_state

FORGOTTEN = timedelta(days=7)


@transaction.atomic
def read_letters(lottery: Lottery, *, name: str, content: bytes, by: Person, now: datetime) -> Import:
    """Keep a file and let the worker read it. Raises Conflict while another one is under way, Invalid for one that is too large or empty."""
    lottery = held(lottery, by)
    require_state(lottery, LotteryState.DESIGNED)
    if not queries.categories(lottery):
        raise Invalid(_("Choose the categories first: they say which columns are read."))
    if not content.strip():
        raise Invalid(_("This file is empty."))
    if len(content) > reading.MOST_BYTES:
        raise Invalid(
            _("This file is too large. Only the letters that were drawn are imported, never a whole register.")
        )
    try:
        with transaction.atomic():
            made = Import.objects.create(
                lottery=lottery,
                name=name[:200],
                sha256=hashlib.sha256(content).hexdigest(),
                total=sheets.about(content),
                made_by=by,
                made_at=now,
            )
    except IntegrityError as error:
        raise Conflict(_("A file is being read already. Put it away first.")) from error
    made.file.save(f"letters/{lottery.pk}-{made.pk}", ContentFile(content), save=True)
    transaction.on_commit(partial(tasks.read_letters.defer, file=made.pk))
    return made


@transaction.atomic
def write_letters(file: Import, *, by: Person, now: datetime) -> Import:
    """Let the worker write what was read."""
    file = _held(file, by)
    require_state(file.lottery, LotteryState.DESIGNED)
    _step(file, ImportState.WRITING)
    file.done = 0
    file.save(update_fields=["state", "done"])
    transaction.on_commit(partial(tasks.write_letters.defer, file=file.pk))
    return file


@transaction.atomic
def discard_letters(file: Import, *, by: Person | None, now: datetime) -> Import:
    """Put a file away; nothing of it was written, and it is deleted. `by` None: the clock does it."""
    file = _held(file, by)
    _step(file, ImportState.DISCARDED)
    file.ended_at = now
    stored, storage = file.file.name, file.file.storage
    file.file = ""
    file.save(update_fields=["state", "ended_at", "file"])
    if stored:
        transaction.on_commit(partial(storage.delete, stored), robust=True)
    note("lottery.file_discarded", file.lottery, by, now, name=file.name)
    return file


def discard_forgotten(*, now: datetime) -> int:
    """Files that were read and never written go after a week: they hold names. How many."""
    count = 0
    for file in Import.objects.filter(state=ImportState.READ, made_at__lt=now - FORGOTTEN).order_by("pk"):
        discard_letters(file, by=None, now=now)
        count += 1
    return count


def _held(file: Import, by: Person | None) -> Import:
    lottery = held(Lottery(pk=file.lottery_id), by)
    found = Import.objects.select_for_update(of=("self",)).get(pk=file.pk)
    found.lottery = lottery
    return found


def _step(file: Import, to: ImportState) -> None:
    if to not in IMPORT_TRANSITIONS[ImportState(file.state)]:
        raise WrongStep()
    file.state = to
