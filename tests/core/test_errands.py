"""Errands: committed with what they follow from, done once each and in order, whatever fails or is killed meanwhile."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from urllib.parse import quote, urlencode

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.participation.comments.factories import comment
from tests.participation.ideas import factories as ideas
from zenne.core import errands, schedule
from zenne.core.models import Errand
from zenne.messaging.notifications.models import Notification
from zenne.people.moderation.models import Trace

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 60


@pytest.fixture
def done(monkeypatch):
    """The numbers that errands called `test` were done with."""
    found: list[int] = []

    def does(number: int) -> None:
        if number < 0:
            raise ValueError("no such number")
        found.append(number)

    monkeypatch.setitem(errands._known, "test", does)
    return found


def woken() -> int:
    return ProcrastinateJob.objects.filter(task_name="core.errands", status="todo").count()


def test_errands_are_done_in_order_and_once(done):
    with transaction.atomic():
        for number in (3, 1, 2):
            errands.leave("test", number=number)
        assert woken() == 0
    assert (done, woken()) == ([], 1)
    errands.run.func()
    errands.run.func()
    assert done == [3, 1, 2]


def test_an_errand_of_what_was_rolled_back_is_never_done(done):
    with pytest.raises(LookupError), transaction.atomic():
        errands.leave("test", number=1)
        raise LookupError
    errands.run.func()
    assert (done, woken()) == ([], 0)


def test_one_run_waits_however_many_writers_leave_something(done):
    for number in range(3):
        errands.leave("test", number=number)
    assert woken() == 1


def test_who_leaves_something_a_moment_after_another_does_not_ask_again_whether_a_run_waits(
    done, django_assert_num_queries
):
    errands.leave("test", number=1)
    with django_assert_num_queries(1):
        errands.leave("test", number=2)
    errands.run.func()
    assert done == [1, 2]


def test_a_moment_later_it_is_asked_again(done, page_clock):
    errands.leave("test", number=1)
    ProcrastinateJob.objects.all().delete()  # the run has begun and ended since
    page_clock.now += errands.LINGER.total_seconds()
    errands.leave("test", number=2)
    assert woken() == 1


def test_what_fails_holds_up_nobody_and_is_tried_again_later(done, now, clock_shows, caplog):
    errands.leave("test", number=-1)
    errands.leave("test", number=7)
    errands.run.func()
    assert done == [7]
    assert "(test) failed" in caplog.text
    left = Errand.objects.get()
    assert (left.tries, left.due_at) == (1, now + errands.WAITS[0])
    assert not errands.waiting().exists()
    for wait in errands.WAITS:
        clock_shows(left.due_at)
        errands.run.func()
        left.refresh_from_db()
        assert wait
    assert (left.tries, left.due_at) == (1 + len(errands.WAITS), None)
    assert not errands.waiting().exists()


def test_what_nobody_was_woken_for_is_found_by_the_clock(done):
    Errand.objects.create(name="test", facts={"number": 5})  # its writer was killed before it could say so
    schedule.run_errands.func(0)
    assert woken() == 1


def test_the_clock_wakes_nobody_for_nothing(done, now):
    Errand.objects.create(name="test", facts={"number": 5}, tries=1, due_at=now + timedelta(minutes=1))
    schedule.run_errands.func(0)
    assert woken() == 0


def test_an_errand_that_nobody_knows_is_a_bug():
    with pytest.raises(KeyError):
        errands.leave("nobody.knows")


def test_kept_in_memory_no_worker_hears_of_it(done):
    with errands.kept() as catch_up:
        errands.leave("test", number=4)
        assert not Errand.objects.exists()
        catch_up()
        catch_up()
    assert (done, woken()) == ([4], 0)


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_loses_nothing_and_tells_nobody_twice(awaited):
    """A real worker, held in the middle of what two comments leave behind."""
    idea = ideas.idea(author=ideas.resident("Author"))
    written = [comment(idea, text=f"Oui, numéro {number}") for number in range(2)]
    first = None
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as another:
        another.execute("lock table notifications_notification in exclusive mode")
        first = worker()
        until(lambda: held(another), "the worker did not come so far")
        first.send_signal(signal.SIGKILL)
        first.wait()
        another.rollback()
    assert (Trace.objects.count(), Notification.objects.count()) == (
        2,
        0,
    )  # the idea and the first comment are examined
    assert Errand.objects.count() == 3
    with connection.cursor() as cursor:  # the queue believes a silent worker dead after a minute
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '5 minutes'")
    awaited(schedule.take_up_what_stalled.func, 0)
    second = worker()
    try:
        until(lambda: not Errand.objects.exists(), "the second worker did not finish")
    finally:
        second.terminate()
        second.wait()
    told = Notification.objects.order_by("id").values_list("key", flat=True)
    assert list(told) == [f"comment:{one.pk}" for one in written]
    assert Trace.objects.count() == 3


def worker() -> subprocess.Popen[bytes]:
    """A worker as an installation runs it, on the test's own database."""
    given = connection.get_connection_params()
    where = {"host": given["host"], "port": given.get("port") or "", "user": given["user"]}
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "zenne.config.settings",
        "DATABASE_URL": f"postgresql:///{quote(given['dbname'])}?" + urlencode({k: v for k, v in where.items() if v}),
        "PGPASSWORD": given.get("password") or "",
    }
    return subprocess.Popen([sys.executable, "-m", "django", "procrastinate", "worker", "-q", "default"], env=environ)


def held(another) -> bool:
    """Whether somebody waits for the table that we hold."""
    asked = "select 1 from pg_locks where not granted and relation = 'notifications_notification'::regclass"
    return another.execute(asked).fetchone() is not None


def until(is_so, otherwise: str) -> None:
    tick = threading.Event()
    for _each in range(SECONDS * 10):
        if is_so():
            return
        tick.wait(0.1)
    raise AssertionError(otherwise)
