"""How a file is written: whole, or not at all and with the reason; also when its writer is killed."""

import csv
import errno
import hashlib
import io
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError, connection
from django.utils.translation import override

from zenne.opendata.exports import tasks
from zenne.opendata.exports.actions import cancel_export
from zenne.opendata.exports.enums import ExportState, Failure
from zenne.opendata.exports.models import Export
from zenne.people.organisations.models import Membership

from . import factories as make
from .factories import NOW

pytestmark = pytest.mark.django_db


def written(export: Export) -> Export:
    tasks.write_export(export=export.pk)
    export.refresh_from_db()
    return export


def leftovers(export: Export) -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob(f"zenne-export-{export.pk}-*"))


def test_the_checksum_is_of_the_file_that_is_taken(offered, editor):
    export = written(make.export_of(editor))
    content = export.file.read()
    assert export.sha256 == hashlib.sha256(content).hexdigest() and export.size == len(content)
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert lines[0] == ["Colonne 0", "Colonne 1", "Colonne 2"] and len(lines) == 1 + export.rows_total


def test_whoever_left_in_the_meantime_gets_an_empty_file(offered, editor):
    export = make.export_of(editor)
    Membership.objects.filter(person=editor).delete()
    assert (written(export).state, export.rows_total) == (ExportState.READY, 0)


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), Failure.NO_ROOM),
        (ValueError("a row that cannot be read"), Failure.BROKEN),
    ],
)
def test_what_breaks_half_way_leaves_no_file_and_says_why_in_the_readers_language(offered, editor, fault, failure):
    offered(make.dataset(4000, fault=fault))
    export = written(make.export_of(editor, rows_total=4000))
    assert (export.state, export.failure, export.file.name, export.sha256) == (ExportState.FAILED, failure, "", "")
    assert 0 < export.rows_done < export.rows_total
    assert not leftovers(export) and not export.file.storage.exists(tasks.stored_name(export))
    said = {}
    for language in ("fr", "nl", "en"):
        with override(language):
            said[str(export.get_failure_display())] = language
    assert len(said) == 3


def test_more_rows_than_a_sheet_holds_fail_loudly(offered, editor, monkeypatch):
    monkeypatch.setattr("zenne.opendata.exports.writing.MOST_ROWS", 5)
    export = written(make.export_of(editor, sheet="xlsx"))
    assert (export.state, export.failure) == (ExportState.FAILED, Failure.TOO_LONG)


def test_a_dataset_that_is_gone_says_so(editor):
    assert written(make.export_of(editor, dataset="of-old")).failure == Failure.GONE


def test_a_lost_database_is_no_end_the_task_is_tried_again(offered, editor):
    offered(make.dataset(4, fault=OperationalError("the server closed the connection")))
    export = make.export_of(editor)
    with pytest.raises(OperationalError):
        tasks.fill(export.pk)
    export.refresh_from_db()
    assert export.state == ExportState.RUNNING and not leftovers(export)
    offered(make.dataset(4))
    assert written(export).state == ExportState.READY


def test_what_is_cancelled_while_it_is_written_stops_and_leaves_nothing(offered, editor, monkeypatch):
    export = make.export_of(editor)
    monkeypatch.setattr(tasks, "STEP", 2)
    known = make.dataset(10)

    def rows(wish):
        for number, row in enumerate(known.rows(wish), 1):
            if number == 5:
                cancel_export(export, by=editor, now=NOW)
            yield row

    offered(known.__class__(**{**known.__dict__, "rows": rows}))
    written(export)
    assert (export.state, export.rows_done, export.file.name) == (ExportState.CANCELLED, 4, "")
    assert not leftovers(export)


def test_a_writer_that_was_overtaken_changes_nothing_any_more(offered, editor, monkeypatch):
    export = make.export_of(editor)
    monkeypatch.setattr(tasks, "STEP", 2)
    known = make.dataset(6)
    second: list[int] = []

    def rows(wish):
        for number, row in enumerate(known.rows(wish), 1):
            if number == 3 and not second:
                second.append(export.pk)
                tasks.fill(export.pk)  # another worker took it for dead
            yield row

    offered(known.__class__(**{**known.__dict__, "rows": rows}))
    written(export)
    assert (export.state, export.attempt) == (ExportState.READY, 2)
    assert len(export.file.read().splitlines()) == 7


CHILD = """
import sys, time, django
django.setup()
from tests.opendata.exports import factories as make
from zenne.opendata.exports import tasks
from zenne.opendata.exports.kinds import datasets
tasks.STEP = 100
known = make.dataset(5000)
def rows(wish):
    for number, row in enumerate(known.rows(wish), 1):
        if number == 2500:
            print("half", flush=True)
            time.sleep(60)
        yield row
datasets._items["trial"] = known.__class__(**{**known.__dict__, "rows": rows})
tasks.fill(int(sys.argv[1]))
"""


def killed_half_way(export: Export) -> None:
    """Another process begins to write, gets half way, and is killed as the kernel kills when memory runs out."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environ = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "zenne.config.settings"}
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(export.pk)], stdout=subprocess.PIPE, env=environ)
    assert child.stdout is not None and child.stdout.readline() == b"half\n"
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    child.stdout.close()


@pytest.mark.django_db(transaction=True)
def test_a_killed_writer_leaves_nothing_that_looks_whole_and_the_next_one_begins_again(offered, editor):
    offered(make.dataset(5000))
    export = make.export_of(editor, rows_total=5000)
    killed_half_way(export)
    export.refresh_from_db()
    assert (export.state, export.rows_done, export.file.name) == (ExportState.RUNNING, 2400, "")
    assert len(leftovers(export)) == 1
    written(export)
    assert (export.state, export.attempt, export.rows_done) == (ExportState.READY, 2, 5000)
    assert len(export.file.read().splitlines()) == 5001 and not leftovers(export)


def test_what_was_interrupted_three_times_is_given_up_and_says_so(offered, editor):
    export = make.export_of(editor, state=ExportState.RUNNING, attempt=3)
    assert (written(export).state, export.failure) == (ExportState.FAILED, Failure.INTERRUPTED)


def test_the_number_of_queries_does_not_grow_with_the_rows(offered, editor, django_assert_num_queries):
    for rows in (1, 3):
        offered(make.dataset(rows))
        export = make.export_of(editor)
        with django_assert_num_queries(7):
            tasks.fill(export.pk)
