"""A worker that was killed leaves its work behind; the next one takes it up."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from zenne.core.schedule import take_up_what_stalled
from zenne.messaging.outbox.tasks import send_due

pytestmark = pytest.mark.django_db(transaction=True)


def in_the_hands_of_a_worker(silent: str) -> int:
    """A task that is being done by a worker whose last sign of life is that long ago."""
    job = send_due.defer()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - %s::interval) returning id", [silent]
        )
        cursor.execute(
            "update procrastinate_jobs set status = 'doing', worker_id = %s where id = %s", [cursor.fetchone()[0], job]
        )
    return job


@pytest.mark.parametrize(("silent", "status"), [("5 minutes", "todo"), ("5 seconds", "doing")])
def test_what_a_silent_worker_held_is_done_again(silent, awaited, status):
    job = in_the_hands_of_a_worker(silent)
    awaited(take_up_what_stalled.func, 0)
    assert ProcrastinateJob.objects.get(pk=job).status == status


def test_what_a_silent_worker_held_makes_room_when_the_same_work_waits_already(awaited):
    stalled = in_the_hands_of_a_worker("5 minutes")
    waiting = send_due.defer()
    awaited(take_up_what_stalled.func, 0)
    assert list(ProcrastinateJob.objects.values_list("pk", "status")) == [(waiting, "todo")]
    assert stalled != waiting
