"""The overview of a morning to many people, sent by the server while others read its pages: letters a second, the memory of the worker, what readers feel.

    python -m bench.digest [--people 50000] [--rate 6000] [--ideas 5000]

A mail server of a process of its own takes every letter and keeps none. Pages are read twice in the same run: before there is anything to send, and while
letters leave. What the script adds is removed at the end.
"""

import argparse
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from . import installation, load, pages

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zenne.people.accounts.models import Person

PORT = 8192
READERS = 2  # connections: a site that is used, not one that is full
HEAD = """\
| letters | sent | seconds | a second | worker, MB at most | pages p50 / p95 ms before | while letters leave |
|--:|--:|--:|--:|--:|--:|--:|"""
SINK = """
import asyncio, sys
async def speak(reader, writer):
    writer.write(b"220 sink\\r\\n"); inside = False
    while line := await reader.readline():
        if inside:
            if line == b".\\r\\n": inside = False; writer.write(b"250 OK\\r\\n")
            continue
        word = line[:4].upper()
        inside = word == b"DATA"
        writer.write(b"354 go on\\r\\n" if inside else b"221 bye\\r\\n" if word == b"QUIT" else b"250 OK\\r\\n")
        if word == b"QUIT": break
        await writer.drain()
    writer.close()
async def main():
    server = await asyncio.start_server(speak, "127.0.0.1", int(sys.argv[1]))
    await server.serve_forever()
asyncio.run(main())
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.digest")
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--rate", type=int, default=6_000, help="MAIL_RATE, letters a minute at most")
    parser.add_argument("--ideas", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long pages are read each time")
    options = parser.parse_args()
    environ = installation.prepare(installation.Volume(options.ideas), PORT)
    with _sink() as port:
        environ |= {"MAIL_URL": f"smtp://127.0.0.1:{port}", "MAIL_RATE": str(options.rate)}
        with installation.serving(environ) as pid:
            return _measure(options.people, options.seconds, pid)


@contextmanager
def _sink() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", SINK, str(port)])
    try:
        yield port
    finally:
        process.terminate()


def _measure(number: int, seconds: float, pid: int) -> int:
    from zenne.core import clock
    from zenne.messaging.notifications import tasks
    from zenne.messaging.notifications.digests import last_due
    from zenne.messaging.notifications.enums import Frequency
    from zenne.messaging.notifications.models import Round
    from zenne.messaging.outbox import tasks as outbox
    from zenne.messaging.outbox.models import Letter
    from zenne.people.accounts.models import Person

    everyone = Person.objects.filter(email__endswith="@digest.invalid")
    letters = Letter.objects.filter(person__in=everyone)
    due_at = last_due(Frequency.DAILY, clock.now())
    try:
        _fill(number, everyone, due_at)
        before = _read(seconds)
        Round.objects.filter(due_at=due_at).delete()
        tasks.open_rounds(clock.now())
        outbox.wake()
        began, most, during = time.monotonic(), 0, None
        while waiting := letters.filter(settled_at__isnull=True).count():
            most = max(most, installation.worker_memory(pid))
            if during is None and waiting < number * 0.9:
                during = _read(seconds)
            left, so_far = number - waiting, time.monotonic() - began
            print(f"bench: {left} of {number} left, {so_far:.0f} s", file=sys.stderr, flush=True)
            time.sleep(5)
        sent, lasted = letters.filter(state="sent").count(), time.monotonic() - began
        print(HEAD)
        print(
            f"| {number:,} | {sent:,} | {lasted:.0f} | {sent / lasted:.0f} | {most / 1024:.0f} | {_told(before)} "
            f"| {_told(during) if during else 'too few letters'} |"
        )
        return 0 if sent == number else 1
    finally:
        everyone.delete()


def _fill(number: int, everyone: "QuerySet[Person]", due_at: datetime) -> None:
    """So many people, and three pieces of news for each in the hour before."""
    from zenne.messaging.notifications import actions
    from zenne.people.accounts.models import Person

    for start in range(0, number, 5000):
        Person.objects.bulk_create(
            Person(email=f"{at}@digest.invalid", name=f"Person {at}", joined_at=due_at, language=("fr", "nl")[at % 2])
            for at in range(start, min(start + 5000, number))
        )
    for occasion in range(3):
        actions.notify(
            "processes.news",
            to=everyone,
            key=f"bench:{time.time()}:{occasion}",
            facts={"process": {"fr": "Le canal", "nl": "Het kanaal"}, "title": f"News {occasion}"},
            url="/fr/processes/canal/",
            now=due_at - timedelta(hours=1),
        )


def _read(seconds: float) -> load.Measured:
    """What those signed in feel who read the list of ideas, each page new."""
    found = next(page for page in pages.pages() if page.name == "ideas, first page")
    return load.drive(PORT, pages.people(found, pages.sessions(16)), seconds=seconds, connections=READERS)


def _told(measured: load.Measured) -> str:
    return f"{measured.percentile(0.5):.0f} / {measured.percentile(0.95):.0f}"


if __name__ == "__main__":
    sys.exit(main())
