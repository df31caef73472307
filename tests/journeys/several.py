"""A small city on a server of its own, with as many web and worker processes as a test wants: real programs, real sockets."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

from tests import postgres
from zenne.core.postgres import Cluster

SECONDS = 120
CSRF = "c" * 32
CITY = """
import json, os, django
django.setup()
from datetime import timedelta
from django.conf import settings
from django.test import Client
from tests.participation.ideas import factories as make
from zenne.core import clock
from zenne.participation.ideas import actions
from zenne.participation.processes.models import Phase

now = clock.now()
call = make.call()
Phase.objects.update(opens_at=now - timedelta(days=2), closes_at=now + timedelta(days=20))
call.refresh_from_db()
author = make.resident("Amina")
ideas = [make.idea(call, author=author, now=now) for _number in range(3)]

def session(person):
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value

people = [make.resident(f"R{number}") for number in range(40)]
staff = make.staff(call.process.organisation)
print(json.dumps({
    "process": call.process.slug,
    "ideas": [idea.pk for idea in ideas],
    "people": [person.pk for person in people],
    "sessions": [session(person) for person in people],
    "staff": session(staff),
}))
"""


def wait_for(condition, what, seconds=SECONDS):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen in {seconds} s")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


class Installation:
    """A database cluster and the processes on it. `end` leaves nothing behind."""

    def __init__(self, migrated: Path, mail_port: int = 9) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="zenne-several-"))
        self.folder.chmod(0o755)  # PostgreSQL's own system user must be able to walk in when the tests run as root
        self.cluster = self.copy_of(migrated)
        self.processes: list[subprocess.Popen] = []
        self.environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "ZENNE", "DJANGO"))},
            "DJANGO_SETTINGS_MODULE": "tests.journeys.server_settings",
            "PYTHONPATH": str(postgres.ROOT),
            "DATABASE_URL": self.cluster.url("zenne"),
            "ZENNE_DATA": str(self.folder),
            "SECRET_KEY": "a-fixed-key-for-tests-" + "x" * 40,
            "MAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        }

    def copy_of(self, migrated: Path) -> Cluster:
        place = self.folder / "postgres"
        place.mkdir()
        postgres.copy(migrated, place)
        cluster = Cluster(place, durable=False)
        cluster.start()
        cluster.ensure_database("zenne", "template")
        return cluster

    def run(self, code: str) -> str:
        """What a program says that runs in this installation."""
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
            cwd=postgres.ROOT,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def city(self) -> SimpleNamespace:
        return SimpleNamespace(**json.loads(self.run(CITY).splitlines()[-1]))

    def web(self, **environ: str) -> "Web":
        """One web process with eight threads, answering."""
        web = Web(free_port())
        command = [sys.executable, "-m", "gunicorn", "zenne.config.wsgi:application", "--bind", f"127.0.0.1:{web.port}"]
        command += ["--worker-class", "gthread", "--workers", "1", "--threads", "8", "--log-level", "warning"]
        self._start(command, f"web-{web.port}", environ)
        wait_for(lambda: web.reached("/health/"), "a web server that answers")
        return web

    def worker(self) -> subprocess.Popen:
        return self._start(
            [sys.executable, "-m", "django", "procrastinate", "worker"], f"worker-{len(self.processes)}", {}
        )

    def _start(self, command: list[str], name: str, environ: dict[str, str]) -> subprocess.Popen:
        log = (self.folder / f"{name}.log").open("w")
        process = subprocess.Popen(
            command, env={**self.environ, **environ}, stdout=log, stderr=log, cwd=postgres.ROOT, start_new_session=True
        )
        self.processes.append(process)
        return process

    def logs(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("*.log"))

    def end(self) -> None:
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
            process.wait()
        self.cluster.stop()
        shutil.rmtree(self.cluster.socket, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)


class Answer(SimpleNamespace):
    status: int
    text: str
    headers: dict[str, str]
    cookies: list[str]


class Web:
    """One web server, asked as a browser with these cookies would."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, address: str, session: str = "", cookies: str = "", **headers: str) -> Answer:
        return self._ask("GET", address, None, self._cookies(session, cookies), headers)

    def post(self, address: str, data: dict[str, str] | None = None, session: str = "", **headers: str) -> Answer:
        body = urlencode({"csrfmiddlewaretoken": CSRF, **(data or {})})
        headers = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self._ask("POST", address, body, self._cookies(session, f"csrftoken={CSRF}"), headers)

    def reached(self, address: str) -> bool:
        try:
            return self.get(address).status == 200
        except (OSError, HTTPException):
            return False

    @staticmethod
    def _cookies(session: str, more: str) -> str:
        return "; ".join(part for part in (f"sessionid={session}" if session else "", more) if part)

    def _ask(self, method: str, address: str, body: str | None, cookies: str, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(
                method, address, body, {"Host": "localhost", **({"Cookie": cookies} if cookies else {}), **headers}
            )
            answer = connection.getresponse()
            return Answer(
                status=answer.status,
                text=answer.read().decode(errors="replace"),
                headers=dict(answer.getheaders()),
                cookies=[value for name, value in answer.getheaders() if name == "Set-Cookie"],
            )
        finally:
            connection.close()


@contextmanager
def installed(migrated: Path, mail_port: int = 9) -> Iterator[Installation]:
    """A small city while a test, or a module of them, asks for it."""
    made = Installation(migrated, mail_port)
    try:
        yield made
    finally:
        made.end()
