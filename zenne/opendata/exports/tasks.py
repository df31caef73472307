"""The writing of a file, wherever it is done: short ones while somebody waits, long ones by the worker."""

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from pathlib import Path

from django.core.files.base import File
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from xlsxwriter.exceptions import FileCreateError

from zenne.core import clock
from zenne.core.setbacks import LOST_DATABASE, NO_ROOM, Overtaken
from zenne.people.organisations.queries import organisations_of
from zenne.people.uploads.models import private_storage

from .enums import UNDER_WAY, ExportState, Failure, Sheet
from .kinds import STEP, Dataset, Row, Wish
from .models import Export
from .writing import TooLong, leave, shown, writer

logger = logging.getLogger(__name__)
ATTEMPTS = 3
STALE = timedelta(hours=2)


@app.task(
    name="exports.write",
    queue="default",
    retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def write_export(*, export: int) -> None:
    """Write a long file behind the scenes. When it was deleted or cancelled in the meantime there is nothing to do."""
    fill(export)


def fill(pk: int) -> None:
    """Write the file of an export, telling on the way how far it is. It ends whole, or with a reason and without a file.

    What one may not see any more is not written. A database that is gone is not an end: the task is tried again.
    """
    export = _take(pk)
    if export is None:
        return
    try:
        _write(export)
    except Overtaken:
        throw_away(export)
    except LOST_DATABASE:
        throw_away(export)
        raise
    except Exception as fault:
        logger.exception("export %s failed", pk)  # whatever it is: the person is told, and the log has the rest
        throw_away(export)
        _fail(export, failure_of(fault))


def failure_of(fault: Exception) -> Failure:
    if isinstance(fault, TooLong):
        return Failure.TOO_LONG
    inner = fault.args[0] if isinstance(fault, FileCreateError) and fault.args else fault
    return Failure.NO_ROOM if isinstance(inner, OSError) and inner.errno in NO_ROOM else Failure.BROKEN


def _take(pk: int) -> Export | None:
    """Become its writer. Whoever wrote before was killed or is about to notice that it isn't theirs any more."""
    with transaction.atomic():
        export = Export.objects.select_for_update(of=("self",)).select_related("person").filter(pk=pk).first()
        if export is None or export.state not in UNDER_WAY:
            return None
        throw_away(export)
        if export.attempt >= ATTEMPTS:
            _fail(export, Failure.INTERRUPTED)
            return None
        export.attempt += 1
        export.state, export.rows_done, export.moved_at = ExportState.RUNNING, 0, clock.now()
        export.save(update_fields=["attempt", "state", "rows_done", "moved_at"])
    return export


def _write(export: Export) -> None:
    dataset = export.kind
    if dataset is None:
        _fail(export, Failure.GONE)
        return
    with override(export.language), tempfile.TemporaryDirectory(prefix=_prefix(export)) as folder:
        path = Path(folder) / export.name
        done = _rows(export, dataset, path)
        _move(export, done)
        digest = hashlib.sha256()
        with path.open("rb") as content:
            while piece := content.read(1 << 20):
                digest.update(piece)
            content.seek(0)
            name = private_storage().save(stored_name(export), File(content))
        now = clock.now()
        whole = _mine(export).update(
            state=ExportState.READY,
            file=name,
            size=path.stat().st_size,
            sha256=digest.hexdigest(),
            rows_done=done,
            rows_total=done,
            moved_at=now,
            finished_at=now,
        )
    if not whole:
        raise Overtaken


def _rows(export: Export, dataset: Dataset, path: Path) -> int:
    """Write every row to `path`; how many they were."""
    out = writer(path, Sheet(export.sheet), dataset.columns)
    done = 0
    try:
        for row in _allowed(export, dataset):
            out.row([shown(cell) for cell in row])
            done += 1
            if done % STEP == 0:
                _move(export, done)
        out.close()
    except BaseException:
        leave(out)
        raise
    return done


def _allowed(export: Export, dataset: Dataset) -> Iterator[Row]:
    """The rows of those organisations that the person asked for and still works for."""
    mine = set(organisations_of(export.person).values_list("pk", flat=True)) & set(export.organisations)
    wish = Wish(now=export.created_at, asked=export.asked, person=export.person, organisations=tuple(sorted(mine)))
    return chain(dataset.rows(wish)) if mine else iter(())


def _mine(export: Export):  # type: ignore[no-untyped-def]
    return Export.objects.filter(pk=export.pk, attempt=export.attempt, state=ExportState.RUNNING)


def _move(export: Export, done: int) -> None:
    if not _mine(export).update(rows_done=done, moved_at=clock.now()):
        raise Overtaken


def _fail(export: Export, failure: Failure) -> None:
    now = clock.now()
    Export.objects.filter(pk=export.pk, attempt=export.attempt, state__in=UNDER_WAY).update(
        state=ExportState.FAILED, failure=failure, moved_at=now, finished_at=now
    )


def _prefix(export: Export) -> str:
    return f"zenne-export-{export.pk}-{export.attempt}-"


def stored_name(export: Export) -> str:
    """Where the file of this attempt lies: nobody can guess it, and whoever cleans up after a killed worker can work it out."""
    return f"exports/{salted_hmac('exports', f'{export.pk}.{export.attempt}').hexdigest()[:32]}.{export.ending}"


def throw_away(export: Export) -> None:
    """What this attempt wrote and nobody will take: the unfinished file here, and the copy in the store if it got that far."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_prefix(export)}*"):
        shutil.rmtree(folder, ignore_errors=True)
    if export.attempt:
        private_storage().delete(stored_name(export))
