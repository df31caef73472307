"""pytest plugin: a PostgreSQL of its own for every run, gone afterwards.

Loaded by `-p tests.postgres`, before Django reads its settings: importing it sets the environment that the settings read. The server
comes up when the first test asks for a database (with xdist: before the workers do). It is a copy of a cluster kept in
`.cache/postgres-<digest>`, whose database `template` holds all migrations; every process of the run has its own database, made
from that template, and a test that commits gets a fresh one afterwards.

With DATABASE_URL set, that server is used instead (its role must be allowed to create databases).
"""

import atexit
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from zenne.core.postgres import CannotStart, Cluster

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
PREFIX = "zenne-tests-"
PASSWORD = "only-for-tests"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
NAMES_THE_SETTINGS_READ = (
    *(
        "ALLOWED_HOSTS",
        "BASE_URL",
        "PORT",
        "MAIL_URL",
        "MAIL_FROM",
        "STORAGE_URL",
        "CACHE_URL",
        "REPLICA_URL",
        "WEB_WORKERS",
    ),
    *(
        "ZENNE_DEBUG",
        "BASEMAP_URL",
        "BASEMAP_CREDIT",
        "OIDC_SERVER",
        "OIDC_CLIENT_ID",
        "OIDC_CLIENT_SECRET",
        "OIDC_NAME",
    ),
)


def digest() -> str:
    """What the template depends on: migrations, the installed versions, the list of apps."""
    files = sorted(ROOT.glob("zenne/**/migrations/*.py"))
    files += [ROOT / "requirements/runtime.txt", ROOT / "zenne/config/settings/apps.py"]
    total = hashlib.sha256()
    for file in files:
        total.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return total.hexdigest()[:16]


def database_url(server: str, name: str) -> str:
    return urlsplit(server)._replace(path=f"/{name}").geturl()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def say(text: str) -> None:
    print(text, file=sys.__stderr__, flush=True)


class OwnServer:
    """The run's embedded cluster, in a temporary folder shared by all its processes."""

    template = "template"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = self.cluster_in(folder)
        self.url = self.cluster.url("postgres")

    @staticmethod
    def cluster_in(folder: Path) -> Cluster:
        secret = folder / "postgres" / "password"
        if not secret.exists():
            secret.parent.mkdir(exist_ok=True)
            secret.write_text(PASSWORD)
        return Cluster(folder / "postgres", durable=False)

    @classmethod
    def make(cls) -> "OwnServer":
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        folder.chmod(0o755)  # PostgreSQL's system user must be able to walk in when we are root
        return cls(folder)

    def ready(self) -> None:
        """Bring the server up, from the cached template. Safe to call from several processes at once."""
        with locked(self.folder / ".ready"):
            if self.cluster.running():
                return
            cached = self.cached()
            copy(cached, self.cluster.folder)
            self.cluster.start()

    def cached(self) -> Path:
        place = CACHE / f"postgres-{digest()}"
        with locked(CACHE / f".{place.name}.lock"):
            if not place.exists():
                self.build(place)
            os.utime(place)
            forget_old_templates()
        return place

    def build(self, place: Path) -> None:
        say("Building the test database once for these migrations (about half a minute) ...")
        started = time.monotonic()
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-template-"))
        folder.chmod(0o755)
        cluster = self.cluster_in(folder)
        try:
            cluster.start()
            cluster.ensure_database(self.template)
            migrate(cluster.url(self.template))
            cluster.stop()
            partial = place.with_suffix(".partial")
            shutil.rmtree(partial, ignore_errors=True)
            copy(cluster.folder, partial)
            partial.rename(place)
        finally:
            cluster.stop()
            remove(cluster.socket)
            remove(folder)
        say(f"... done in {time.monotonic() - started:.0f} s.")

    def end(self) -> None:
        self.cluster.stop()
        remove(self.cluster.socket)
        remove(self.folder)


class GivenServer:
    """The server that DATABASE_URL names."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.template = f"zenne_template_{digest()}"

    def ready(self) -> None:
        with locked(CACHE / f".{self.template}.lock"), psycopg.connect(self.url, autocommit=True) as connection:
            if connection.execute("select 1 from pg_database where datname = %s", [self.template]).fetchone():
                return
            building = f"{self.template}_building"
            recreate(connection, building, "template0")
            say("Building the test database once for these migrations ...")
            migrate(database_url(self.url, building))
            connection.execute(
                sql.SQL("alter database {} rename to {}").format(*map(sql.Identifier, (building, self.template)))
            )

    def end(self) -> None:
        with suppress(psycopg.Error), psycopg.connect(self.url, autocommit=True) as connection:
            mine = f"test_{os.getpid()}_%"
            for (name,) in connection.execute(
                "select datname from pg_database where datname like %s", [mine]
            ).fetchall():
                connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
        remove(self.folder)


def copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-a", "--reflink=auto", f"{source}/.", target], check=True)


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def forget_old_templates() -> None:
    for place in CACHE.glob("postgres-*"):
        if time.time() - place.stat().st_mtime > 2 * 24 * 3600:
            remove(place)


def forget_dead_runs() -> None:
    """Folders of runs that were killed; their servers died with them (`durable=False`)."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(ValueError, IndexError):
            if not Path(f"/proc/{int(folder.name.removeprefix(PREFIX).split('-')[0])}").exists():
                remove(Cluster(folder / "postgres").socket)
                remove(folder)


def migrate(url: str) -> None:
    environ = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "zenne.config.settings"}
    environ.pop("PYTEST_XDIST_WORKER", None)
    for command in (["migrate", "--verbosity=0", "--skip-checks"], ["createcachetable"]):
        done = subprocess.run(
            [sys.executable, "-m", "django", *command],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotStart(f"`{' '.join(command)}` failed:\n{done.stderr[-3000:]}")


def recreate(connection: psycopg.Connection, name: str, template: str) -> None:
    names = {"name": sql.Identifier(name), "template": sql.Identifier(template)}
    connection.execute(sql.SQL("drop database if exists {name} with (force)").format(**names))
    connection.execute(sql.SQL("create database {name} template {template}").format(**names))


def begin() -> OwnServer | GivenServer:
    """Set the environment for this process. The first process of a run chooses the server; xdist's workers inherit the choice."""
    for name in NAMES_THE_SETTINGS_READ:
        os.environ.pop(name, None)
    inherited = os.environ.get("ZENNE_TEST_RUN") if WORKER != "main" else None
    given = os.environ.get("ZENNE_TEST_SERVER") if inherited else os.environ.get("DATABASE_URL")
    if inherited:
        folder = Path(inherited)
        server = GivenServer(given, folder) if given else OwnServer(folder)
        run = os.environ["ZENNE_TEST_PID"]
    else:
        forget_dead_runs()
        server = (
            GivenServer(given, Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))) if given else OwnServer.make()
        )
        run = str(os.getpid())
        atexit.register(server.end)
        os.environ["ZENNE_TEST_RUN"] = str(server.folder)
        os.environ["ZENNE_TEST_PID"] = run
        if given:
            os.environ["ZENNE_TEST_SERVER"] = given
        else:
            os.environ.pop("ZENNE_TEST_SERVER", None)
    data = server.folder / f"data-{WORKER}"
    (data / "static").mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright keeps an event loop in the thread of the test
        "DATABASE_URL": database_url(server.url, f"test_{run}_{WORKER}"),
        "ZENNE_DATA": str(data),
        "SECRET_KEY": "a-fixed-key-for-tests-" + "x" * 40,
    }
    return server


SERVER = begin()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    if session.config.getoption("numprocesses", None) and WORKER == "main":
        bring_up()


def pytest_unconfigure() -> None:
    if WORKER == "main":
        SERVER.end()


def bring_up() -> None:
    try:
        SERVER.ready()
    except (CannotStart, psycopg.Error) as error:
        pytest.exit(f"No test database: {error}", returncode=3)


def fresh_database() -> None:
    """Give this process its database as the migrations leave it."""
    from django.db import connections

    connections.close_all()
    name = urlsplit(os.environ["DATABASE_URL"]).path.lstrip("/")
    with psycopg.connect(SERVER.url, autocommit=True) as connection:
        recreate(connection, name, SERVER.template)


def database_as_left_by(make: Callable[[], dict[str, Any]], name: str) -> dict[str, Any]:
    """Give this process its database, and the files beside it, as `make` leaves them; returns the facts that `make` returned.

    The first process of a run that asks for `name` makes it and keeps a copy; whoever asks later gets that copy.
    """
    from django.db import connections

    mine, kept = urlsplit(os.environ["DATABASE_URL"]).path.lstrip("/"), f"test_{os.environ['ZENNE_TEST_PID']}_{name}"
    folder, files = SERVER.folder / name, Path(os.environ["ZENNE_DATA"]) / "files"
    with locked(SERVER.folder / f".{name}"):
        made = not folder.exists()
        if made:
            left = make()
            files.mkdir(exist_ok=True)
            (files.parent / "left").write_text(json.dumps(left))
        connections.close_all()
        with psycopg.connect(SERVER.url, autocommit=True) as connection:
            source, target = (mine, kept) if made else (kept, mine)
            connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [source])
            recreate(connection, target, source)
        if made:
            shutil.copytree(files, folder / "files")
            shutil.move(files.parent / "left", folder / "left")
        else:
            shutil.copytree(folder / "files", files, dirs_exist_ok=True)
        return json.loads((folder / "left").read_text())


def prepare_databases() -> None:
    """What `tests/conftest.py` does in the place of pytest-django's own preparation, which would run all migrations."""
    from django.test import TransactionTestCase

    bring_up()
    fresh_database()
    # Django would empty every table, also of the rows that migrations made; a new copy is whole, and quicker.
    TransactionTestCase._fixture_teardown = lambda case: fresh_database()
