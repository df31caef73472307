"""A real worker, killed in the middle of a real batch while it speaks with a real mail server: nobody hears twice."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from urllib.parse import quote, urlencode

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from tests.messaging.notifications.telling import tell
from tests.participation.ideas.factories import resident
from zenne.core.schedule import take_up_what_stalled
from zenne.messaging.outbox.models import Letter
from zenne.messaging.outbox.tasks import wake

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE = 30
KILLED_AT = 12
SECONDS = 60


class HoldingServer:
    """Takes letters, and keeps the answer to one of them to itself until it is released."""

    def __init__(self) -> None:
        self.arrived: list[str] = []
        self.holds = threading.Event()
        self.released = threading.Event()
        self.everyone = threading.Event()

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.arrived += envelope.rcpt_tos
        if len(self.arrived) == KILLED_AT:
            self.holds.set()
            while not self.released.is_set():
                await asyncio.sleep(0.05)
        if len(self.arrived) == PEOPLE:
            self.everyone.set()
        return "250 OK"


def worker(port: int) -> subprocess.Popen[bytes]:
    """A worker as an installation runs it, on the test's own database."""
    given = connection.get_connection_params()
    where = {"host": given["host"], "port": given.get("port") or "", "user": given["user"]}
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "zenne.config.settings",
        "DATABASE_URL": f"postgresql:///{quote(given['dbname'])}?" + urlencode({k: v for k, v in where.items() if v}),
        "PGPASSWORD": given.get("password") or "",
        "MAIL_URL": f"smtp://127.0.0.1:{port}",
        "MAIL_RATE": "100000",
    }
    return subprocess.Popen([sys.executable, "-m", "django", "procrastinate", "worker", "-q", "mail"], env=environ)


def test_worker_killed_in_the_middle_of_a_batch_sends_nobody_a_second_letter(awaited):
    people = [resident(f"Person{number}") for number in range(PEOPLE)]
    for person in people:
        tell(person)
    wake()
    box = HoldingServer()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    first = worker(port)
    try:
        assert box.holds.wait(SECONDS), "the worker sent nothing"
        first.send_signal(signal.SIGKILL)
        first.wait()
        box.released.set()
        with connection.cursor() as cursor:  # the queue believes a silent worker dead after a minute
            cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '5 minutes'")
        awaited(take_up_what_stalled.func, 0)
        second = worker(port)
        try:
            assert box.everyone.wait(SECONDS), "the second worker did not finish the batch"
            wait_until_settled()
        finally:
            second.terminate()
            second.wait()
    finally:
        first.kill()
        server.stop()
    assert Counter(box.arrived) == Counter(person.email for person in people)
    states = Counter(Letter.objects.values_list("state", flat=True))
    assert states == {"sent": PEOPLE - 1, "in_doubt": 1}
    assert Letter.objects.get(state="in_doubt").address == box.arrived[KILLED_AT - 1]


def wait_until_settled() -> None:
    """The mail server knows of a letter a moment before the outbox notes its answer."""
    tick = threading.Event()
    for _each in range(SECONDS * 10):
        if not Letter.objects.filter(settled_at__isnull=True).exists():
            return
        tick.wait(0.1)
    raise AssertionError("letters are left over")
