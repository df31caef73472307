"""Backup and restore: one tar with a PostgreSQL dump, the files people uploaded, and the secret key of a local installation.

The secret key belongs to it because people's identity marks are keyed with it: without it, nobody is recognised again. The last member says
what the archive is and carries a SHA-256 of every other: a damaged archive, one cut off, or one of a newer version is refused before
anything is touched.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from zenne.config import installation, roles
from zenne.config.environment import ROOT, Environment
from zenne.config.installation import Fault
from zenne.core.postgres import wheel_binaries

DUMP = "database.dump"
FILES = "files"
KEY = "secret-key"
ABOUT = "about.json"
FORMAT = 1
LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


def write(values: Environment, target: Path) -> int:
    """Write the archive, readable by its owner only, and return its size. A failed backup leaves no file behind.

    The dump comes first: whatever it refers to was on the disk by then, and a file that comes later does no harm.
    """
    partial = target.with_name(f"{target.name}.partial")
    try:
        with tempfile.TemporaryDirectory(dir=_parent(target)) as folder:
            dump = Path(folder) / DUMP
            about = _about(values)
            _program(values, "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={dump}"])
            partial.touch(mode=0o600)
            with tarfile.open(partial, "w") as tar:
                members = {DUMP: _digest(dump)}
                tar.add(dump, DUMP)
                for path, name in _to_keep(values):
                    if digest := _add(tar, path, name, Path(folder) / "one"):
                        members[name] = digest
                last = Path(folder) / ABOUT
                last.write_text(json.dumps({**about, "members": members}))
                tar.add(last, ABOUT)
        partial.rename(target)
    except OSError as error:
        raise Fault(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)
    if _files(values) is None:
        print("The uploaded files are in S3 and not in this archive: keep versions in the bucket itself.")
    return target.stat().st_size


def _about(values: Environment) -> dict[str, object]:
    with psycopg.connect(installation.database_url(values)) as connection:
        return {
            "format": FORMAT,
            "postgres": connection.info.server_version // 10_000,
            "migrations": _migrations(connection),
            "has_files": _files(values) is not None,
        }


def _migrations(connection: psycopg.Connection) -> list[str]:
    if connection.execute("select to_regclass('django_migrations')").fetchone() == (None,):
        return []
    return [f"{app}.{name}" for app, name in connection.execute("select app, name from django_migrations order by id")]


def _to_keep(values: Environment) -> Iterator[tuple[Path, str]]:
    if (files := _files(values)) and files.exists():
        yield from ((path, f"{FILES}/{path.relative_to(files)}") for path in sorted(files.rglob("*")) if path.is_file())
    if (key := values.data / KEY).exists():
        yield key, KEY


def _add(tar: tarfile.TarFile, path: Path, name: str, copy: Path) -> str:
    """Add one file as it is at this moment, and return its digest; nothing for one that was deleted meanwhile."""
    try:
        shutil.copyfile(path, copy)
    except FileNotFoundError:
        return ""
    tar.add(copy, name)
    return _digest(copy)


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def restore(values: Environment, source: Path, *, replace: bool) -> None:
    """Replace database and files by the archive's; all of the database or nothing of it."""
    url = installation.database_url(values)
    if not source.is_file() or not tarfile.is_tarfile(source):
        raise Fault(f"{source} is not an archive that `zenne backup` wrote.")
    _refuse_if_in_use(values, url)
    if not replace and _holds_something(url):
        raise Fault("This installation holds data. Add --replace to throw it away.")
    values.data.mkdir(parents=True, exist_ok=True)
    files = _files(values)
    beside = files.parent if files else values.data  # moving into place is then a renaming
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=beside) as place:
        folder = Path(place)
        try:
            with tarfile.open(source) as tar:
                _extract(tar, folder)
        except (tarfile.TarError, EOFError) as error:
            raise Fault(f"{source} is damaged or cut off: {error}. Nothing was changed.") from error
        about = _checked(folder, source)
        _refuse_other_version(about, url)
        _replace_database(values, folder)
        if about["has_files"]:
            _replace_files(values, folder)
        if (folder / KEY).exists():
            (folder / KEY).chmod(0o600)
            shutil.move(folder / KEY, values.data / KEY)


def _checked(folder: Path, source: Path) -> dict[str, Any]:
    """What the archive says of itself, when it is whole."""
    if not (folder / ABOUT).exists():
        raise Fault(f"{source} is not an archive that `zenne backup` wrote, or it was cut off. Nothing was changed.")
    about: dict[str, Any] = json.loads((folder / ABOUT).read_text())
    if about["format"] > FORMAT:
        raise Fault(f"{source} was written by a newer version of Zenne: restore it with that one. Nothing was changed.")
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {ABOUT}
    wrong = sorted(
        name
        for name in there | set(about["members"])
        if name not in there or _digest(folder / name) != about["members"].get(name)
    )
    if wrong:
        raise Fault(f"{source} is damaged: {', '.join(wrong[:5])} is not as it was written. Nothing was changed.")
    return about


def _refuse_other_version(about: dict[str, Any], url: str) -> None:
    unknown = [name for name in about["migrations"] if _of_the_house(name) and not _known(name)]
    if unknown:
        raise Fault(
            f"The archive comes from a newer version of Zenne (it knows {unknown[0]}): "
            "bring the code up to that version first. Nothing was changed."
        )
    with psycopg.connect(url) as connection:
        server = connection.info.server_version // 10_000
    if server < about["postgres"]:
        raise Fault(
            f"The archive comes from PostgreSQL {about['postgres']}, this server is {server}. Nothing was changed."
        )


def _of_the_house(migration: str) -> bool:
    return bool(_folders(migration))


def _known(migration: str) -> bool:
    name = migration.partition(".")[2]
    return any((folder / f"{name}.py").exists() for folder in _folders(migration))


def _folders(migration: str) -> list[Path]:
    return list((ROOT / "zenne").glob(f"**/{migration.partition('.')[0]}/migrations"))


def _extract(tar: tarfile.TarFile, folder: Path) -> None:
    """Plain files and folders below `folder`, nothing else: an archive may come from anywhere."""
    for member in tar:
        inside = (folder / member.name).resolve().is_relative_to(folder.resolve())
        if not inside or not (member.isfile() or member.isdir()):
            raise Fault(f"The archive holds {member.name!r}, which no backup of ours would: it is left alone.")
        tar.extract(member, folder, set_attrs=False)


def _replace_database(values: Environment, folder: Path) -> None:
    clear = folder / "clear.sql"
    clear.write_text("drop schema public cascade; create schema public;\n")
    script = folder / "restore.sql"
    _program(values, "pg_restore", ["--no-owner", "--no-privileges", f"--file={script}", str(folder / DUMP)])
    _program(values, "psql", ["-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", str(clear), "-f", str(script)])


def _replace_files(values: Environment, folder: Path) -> None:
    files = _files(values)
    if files is None:
        return
    if files.exists():
        shutil.move(files, folder / "files-before")
    if (folder / FILES).exists():
        shutil.move(folder / FILES, files)


def _files(values: Environment) -> Path | None:
    parts = urlsplit(values.storage)
    return Path(parts.path) if parts.scheme == "file" else None


def _parent(target: Path) -> Path:
    parent = target.absolute().parent
    if not parent.is_dir():
        raise Fault(f"The folder {parent} does not exist.")
    return parent


def _holds_something(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return bool(connection.execute("select 1 from pg_tables where schemaname = 'public' limit 1").fetchone())


def _refuse_if_in_use(values: Environment, url: str) -> None:
    if roles.healthy(values):  # a web server that rests holds no connection
        raise Fault("The platform is running: stop the web server and the worker first.")
    others = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    with psycopg.connect(url) as connection:
        row = connection.execute(f"{others} and backend_type = 'client backend'").fetchone()
    if row and row[0]:
        raise Fault("The database is in use: stop the web server and the worker first.")


def _program(values: Environment, name: str, arguments: Sequence[str]) -> None:
    """Run one of PostgreSQL's programs on our database. The password goes by the environment, which no process list shows."""
    parts = conninfo_to_dict(installation.database_url(values))
    environ = {**os.environ, **{LIBPQ[key]: str(value) for key, value in parts.items() if key in LIBPQ}}
    program = _folder_of_programs(values) / name
    done = subprocess.run([program, *arguments], env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Fault(f"{name} failed: {done.stderr.strip()[-1500:]}")


def _folder_of_programs(values: Environment) -> Path:
    """Where the client programs lie that fit the server: of its own major version, else of the next newer one."""
    if not values.database_url:
        return wheel_binaries()
    with psycopg.connect(values.database_url) as connection:
        server = connection.info.server_version // 10_000
    known = [Path(found).parent] if (found := shutil.which("pg_dump")) else []
    known += [wheel_binaries(), *Path("/usr/lib/postgresql").glob("*/bin")]
    fitting = {version: folder for folder in reversed(known) if (version := _major(folder / "pg_dump")) >= server}
    if not fitting:
        raise Fault(
            f"The server is PostgreSQL {server} and there is no pg_dump of that version: install postgresql-client-{server}."
        )
    return fitting[min(fitting)]


def _major(program: Path) -> int:
    if not program.exists():
        return 0
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split(")")[1].split(".")[0])
