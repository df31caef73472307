"""Backup and restore: load, back up, wreck, restore, compare."""

import io
import json
import resource
import secrets
import shutil
import signal
import socket
import stat
import tarfile
import tempfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import psycopg
import pytest

from zenne.config import archive
from zenne.config.environment import read
from zenne.config.installation import Fault
from zenne.core.postgres import Cluster


@pytest.fixture(scope="module")
def server():
    """One server for all installations of this file."""
    place = Path(tempfile.mkdtemp(prefix="zenne-archive-"))
    place.chmod(0o755)  # PostgreSQL's own system user must be able to walk in when the tests run as root
    cluster = Cluster(place / "postgres", durable=False)
    cluster.start()
    yield cluster
    cluster.stop()
    shutil.rmtree(cluster.socket)
    shutil.rmtree(place)


@pytest.fixture
def installation(tmp_path_factory, server):
    """A small installation of its own, with something in its database and its files."""
    data = tmp_path_factory.mktemp("installation")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    name = f"zenne_{secrets.token_hex(4)}"
    server.ensure_database(name)
    values = read({"ZENNE_DATA": str(data), "PORT": str(port), "DATABASE_URL": server.url(name)})
    with psycopg.connect(values.database_url) as connection:
        connection.execute("create extension unaccent")
        connection.execute("create table idea (id int primary key, title text)")
        connection.execute("insert into idea select n, 'idée ' || n from generate_series(1, 1000) n")
    (data / "files/public").mkdir(parents=True)
    (data / "files/public/photo.jpg").write_bytes(b"\xff\xd8" * 500)
    (data / "files/private/documents").mkdir(parents=True)
    (data / "files/private/documents/plan.pdf").write_bytes(b"plan")
    return values


def rows(values):
    with psycopg.connect(values.database_url) as connection:
        return connection.execute("select count(*), max(title) from idea").fetchone()


def test_a_wrecked_installation_comes_back_as_it_was(installation, tmp_path):
    backup = tmp_path / "backup.tar"
    archive.write(installation, backup)
    photo = installation.data / "files/public/photo.jpg"
    plan = installation.data / "files/private/documents/plan.pdf"
    key = (installation.data / "secret-key").read_text()
    before = rows(installation)

    with psycopg.connect(installation.database_url) as connection:
        connection.execute("delete from idea where id > 10")
        connection.execute("create table stray (id int)")
    photo.unlink()
    plan.write_bytes(b"another")
    (installation.data / "secret-key").write_text("another")

    archive.restore(installation, backup, replace=True)

    assert rows(installation) == before
    assert photo.read_bytes() == b"\xff\xd8" * 500 and plan.read_bytes() == b"plan"
    assert (installation.data / "secret-key").read_text() == key
    with psycopg.connect(installation.database_url) as connection:
        assert connection.execute("select to_regclass('stray')").fetchone() == (None,)


def test_a_backup_is_readable_by_its_owner_only(installation, tmp_path):
    backup = tmp_path / "backup.tar"
    archive.write(installation, backup)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_full_installation_is_not_overwritten_unasked(installation, tmp_path):
    archive.write(installation, tmp_path / "backup.tar")
    with pytest.raises(Fault, match="--replace"):
        archive.restore(installation, tmp_path / "backup.tar", replace=False)


def test_a_database_in_use_is_not_replaced(installation, tmp_path):
    archive.write(installation, tmp_path / "backup.tar")
    with psycopg.connect(installation.database_url), pytest.raises(Fault, match="in use"):
        archive.restore(installation, tmp_path / "backup.tar", replace=True)


def test_something_that_is_no_backup_changes_nothing(installation, tmp_path):
    other = tmp_path / "letter.tar"
    other.write_text("not an archive")
    with pytest.raises(Fault, match="not an archive"):
        archive.restore(installation, other, replace=True)
    assert rows(installation)[0] == 1000


def test_a_backup_that_cannot_be_written_leaves_nothing(installation, tmp_path):
    with pytest.raises(Fault, match="does not exist"):
        archive.write(installation, tmp_path / "nowhere" / "backup.tar")
    assert not Path(tmp_path / "nowhere").exists()


def test_an_archive_that_reaches_out_of_its_folder_is_left_alone(installation, tmp_path):
    stray = tmp_path / "stray.tar"
    with tarfile.open(stray, "w") as tar:
        tar.addfile(tarfile.TarInfo("../outside"))
    with pytest.raises(Fault, match="no backup of ours"):
        archive.restore(installation, stray, replace=True)
    assert rows(installation)[0] == 1000


def rewritten(source, target, change):
    """A copy of an archive in which `change(name, content)` gave each member its content; None leaves it out."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return target


def about(**more):
    return lambda name, content: (
        json.dumps({**json.loads(content), **more}).encode() if name == "about.json" else content
    )


DAMAGES = {
    "a file of it changed": (
        lambda name, content: content[::-1] if name.endswith("photo.jpg") else content,
        "files/public/photo.jpg is not as it was written",
    ),
    "the dump changed": (
        lambda name, content: content[:-50] + b"x" * 50 if name == "database.dump" else content,
        "database.dump is not as it was written",
    ),
    "a file is missing": (
        lambda name, content: None if name.endswith("photo.jpg") else content,
        "photo.jpg is not as it was written",
    ),
    "its end is missing": (lambda name, content: None if name == "about.json" else content, "cut off"),
    "it is of a later format": (about(format=99), "newer version of Zenne"),
    "it is of later code": (about(migrations=["ideas.0999_from_the_future"]), "ideas.0999_from_the_future"),
    "its server was newer": (about(postgres=99), "comes from PostgreSQL 99"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_archive_or_one_of_another_version_changes_nothing(installation, tmp_path, damage):
    change, words = DAMAGES[damage]
    whole = tmp_path / "whole.tar"
    archive.write(installation, whole)
    broken = rewritten(whole, tmp_path / "broken.tar", change)
    (installation.data / "files/public/later.jpg").write_bytes(b"later")
    with pytest.raises(Fault, match=words):
        archive.restore(installation, broken, replace=True)
    assert rows(installation)[0] == 1000
    assert (installation.data / "files/public/later.jpg").exists()


@pytest.mark.parametrize("part", [0.3, 0.9])
def test_an_archive_that_was_cut_off_changes_nothing(installation, tmp_path, part):
    whole = tmp_path / "whole.tar"
    (installation.data / "files/public/large.bin").write_bytes(bytes(range(256)) * 2000)
    archive.write(installation, whole)
    broken = tmp_path / "broken.tar"
    broken.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * part)])
    with pytest.raises(Fault, match="cut off"):
        archive.restore(installation, broken, replace=True)
    assert rows(installation)[0] == 1000


def test_a_running_platform_is_not_restored_into(installation, tmp_path):
    """Its web server may hold no connection at all at that moment."""
    archive.write(installation, tmp_path / "backup.tar")

    class Health(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"database": "ok"}')

        def log_message(self, *_words):
            pass

    server = HTTPServer(("127.0.0.1", installation.port), Health)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.raises(Fault, match="platform is running"):
            archive.restore(installation, tmp_path / "backup.tar", replace=True)
    finally:
        server.shutdown()
        server.server_close()


def test_a_backup_onto_a_full_disk_leaves_nothing_and_says_so(installation, tmp_path):
    """The limit of file sizes stands for the full disk: writing fails in the same place."""
    target = tmp_path / "backup.tar"
    (installation.data / "files/public/large.bin").write_bytes(b"x" * 3_000_000)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        with pytest.raises(Fault, match=r"cannot be written|failed"):
            archive.write(installation, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []
