"""pytest plugin: a PostgreSQL of its own for every run, gone afterwards.

Loaded by `-p tests.postgres`, before Django reads its settings: importing it sets the environment that the settings read. The server
comes up when the first test asks for a database (with xdist: while the workers start, and try what needs none). It is a copy of a cluster
kept in `.cache/postgres-<digest>`, whose database `template` holds all migrations; every process of the run has its own database, made
from that template, and what a test commits is taken back afterwards (`tests/emptying.py`).

With DATABASE_URL set, that server is used instead (its role must be allowed to create databases).
"""

import atexit
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
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
MADE_OF = "made-of.json"
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


def made_of() -> dict[str, str]:
    """What the template depends on: every migration with a digest of it, every package with its version, every line of the list of apps."""
    files = sorted(ROOT.glob("zenne/**/migrations/*.py"))
    parts = {str(file.relative_to(ROOT)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    packages = (ROOT / "requirements/runtime.txt").read_text()
    apps = (ROOT / "zenne/config/settings/apps.py").read_text()
    return parts | dict(re.findall(r"^([\w.-]+)==([\w.+-]+)", packages, re.M)) | dict.fromkeys(apps.splitlines(), "")


def digest() -> str:
    return hashlib.sha256(json.dumps(made_of(), sort_keys=True).encode()).hexdigest()[:16]


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

    @property
    def lock(self) -> Path:
        return self.folder / ".ready"

    def prepare(self) -> None:
        """Bring the server up, from the cached template. It ends with the thread that called."""
        if not self.cluster.running():
            copy(self.cached(), self.cluster.folder)
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
        started = time.monotonic()
        if earlier := earlier_template():
            say("Bringing the test database up to date with these migrations ...")
            with suppress(CannotStart):  # where two lines of migrations have met, they may not fit on it
                self.build_on(earlier, place)
        if not place.exists():
            say("Building the test database once for these migrations (one or two minutes) ...")
            self.build_on(None, place)
        say(f"... done in {time.monotonic() - started:.0f} s.")

    def build_on(self, earlier: Path | None, place: Path) -> None:
        """Make `place`, by all migrations or by those that an earlier template does not have yet."""
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-template-"))
        folder.chmod(0o755)
        cluster = self.cluster_in(folder)
        if earlier:
            copy(earlier, cluster.folder)
        try:
            cluster.start()
            cluster.ensure_database(self.template)
            migrate(cluster.url(self.template))
            cluster.stop()
            (cluster.folder / MADE_OF).write_text(json.dumps(made_of()))
            partial = place.with_suffix(".partial")
            shutil.rmtree(partial, ignore_errors=True)
            copy(cluster.folder, partial)
            partial.rename(place)
        finally:
            cluster.stop()
            remove(cluster.socket)
            remove(folder)

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
        self.lock = CACHE / f".{self.template}.lock"

    def prepare(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
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


def earlier_template() -> Path | None:
    """The cached template that lacks least of ours. It has no migration that is another by now, and no app or package that is gone."""
    ours = made_of()
    fitting = {}
    for place in CACHE.glob("postgres-*"):
        with suppress(OSError, ValueError):
            theirs = json.loads((place / MADE_OF).read_text())
            if theirs.keys() <= ours.keys() and all(
                ours[name] == theirs[name] for name in theirs if name.endswith(".py")
            ):
                fitting[place] = len(theirs)
    return max(fitting, key=lambda place: fitting[place], default=None)


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
    for name in (*NAMES_THE_SETTINGS_READ, "PYTHONDONTWRITEBYTECODE"):
        os.environ.pop(name, None)
    sys.dont_write_bytecode = False  # a run starts a hundred programs: each would compile the whole house anew
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
ENDED = Event()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    if session.config.getoption("numprocesses", None) and WORKER == "main":
        turn = ExitStack()
        turn.enter_context(locked(SERVER.lock))  # before there are workers: who asks for a database waits for us
        Thread(target=bring_up_aside, args=(turn,), daemon=True).start()


def pytest_unconfigure() -> None:
    if WORKER == "main":
        SERVER.end()
        ENDED.set()


def bring_up_aside(turn: ExitStack) -> None:
    """What the first process of a run does while its workers start. The thread stays to the end: the server ends with it."""
    try:
        SERVER.prepare()
    except Exception as error:  # noqa: BLE001 - whatever it was: the workers would wait for ever
        say(f"No test database: {error}")
        interrupt_main()
    else:
        turn.close()
    ENDED.wait()


def bring_up() -> None:
    try:
        with locked(SERVER.lock):
            SERVER.prepare()
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
    from django.db import connections
    from django.test import TransactionTestCase

    from tests.emptying import AsMigrated

    bring_up()
    fresh_database()
    untouched = AsMigrated(os.environ["DATABASE_URL"])

    def take_back(_case: TransactionTestCase) -> None:
        """Django would empty every table, also of the rows that migrations made."""
        connections.close_all()
        try:
            whole = untouched.restore(os.environ["DATABASE_URL"])
        except psycopg.Error:  # a lock that is not let go, a database that a test has killed
            whole = False
        if not whole:
            fresh_database()

    TransactionTestCase._fixture_teardown = take_back
