"""The overview of a morning to many people, against a local mail server that keeps nothing: the rate, and the memory of the worker.

    DATABASE_URL=postgresql:///a-database-that-may-be-filled python bench/digest.py --people 50000

The database must have its tables (`zenne prepare`); what the script adds there is removed at the end. The mail server runs in a process
of its own, so that the memory shown is that of the sender alone.
"""

import argparse
import os
import resource
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=50_000)
    people = parser.parse_args().people
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    sink = subprocess.Popen([sys.executable, "-c", SINK, str(port)])
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "zenne.config.settings",
        "MAIL_URL": f"smtp://127.0.0.1:{port}",
        "MAIL_RATE": "100000",
    }
    sys.path.insert(0, str(ROOT))
    try:
        measure(people)
    finally:
        sink.terminate()


def measure(number: int) -> None:
    import django

    django.setup()
    from django.db.models import QuerySet

    from zenne.core import clock
    from zenne.messaging.notifications import actions, tasks
    from zenne.messaging.notifications.digests import last_due
    from zenne.messaging.notifications.enums import Frequency
    from zenne.messaging.notifications.models import Round
    from zenne.messaging.outbox import tasks as outbox
    from zenne.messaging.outbox.models import Letter
    from zenne.people.accounts.models import Person

    now = clock.now()
    due_at = last_due(Frequency.DAILY, now)
    everyone: QuerySet[Person] = Person.objects.filter(email__endswith="@digest.invalid")
    try:
        for start in range(0, number, 5000):
            Person.objects.bulk_create(
                Person(email=f"{at}@digest.invalid", name=f"Person {at}", joined_at=now, language=("fr", "nl")[at % 2])
                for at in range(start, min(start + 5000, number))
            )
        report("people")
        began = time.process_time()
        for occasion in range(3):
            actions.notify(
                "processes.news",
                to=everyone,
                key=f"bench:{occasion}",
                facts={"process": {"fr": "Le canal", "nl": "Het kanaal"}, "title": f"News {occasion}"},
                url="/fr/processes/canal/",
                now=due_at - timedelta(hours=1),
            )
        report("told of three things", began)
        began = time.process_time()
        Round.objects.filter(due_at=due_at).delete()
        tasks.open_rounds(now)
        report("letters written into the outbox", began)
        began, wall = time.process_time(), time.monotonic()
        left = Letter.objects.filter(person__in=everyone, settled_at__isnull=True)
        while left.exists():
            outbox.send_due.func()
        report("letters sent", began)
        sent = Letter.objects.filter(person__in=everyone, state="sent").count()
        seconds = time.monotonic() - wall
        print(f"{sent} of {number} sent, {sent / seconds:.0f} a second ({seconds:.0f} s)")
    finally:
        everyone.delete()


def report(what: str, began: float = 0.0) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cpu = f", {time.process_time() - began:.0f} s of processor" if began else ""
    print(f"{what:<36} peak memory {peak:.0f} MB{cpu}", flush=True)


if __name__ == "__main__":
    main()
