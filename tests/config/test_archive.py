"""Backup and restore: load, back up, wreck, restore, compare."""

import shutil
import stat
import tarfile
import tempfile
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from zenne.config import archive
from zenne.config.environment import read
from zenne.config.installation import Fault
from zenne.core.postgres import Cluster


@pytest.fixture
def installation(tmp_path):
    """A small installation of its own, with something in its database and its files."""
    data = Path(tempfile.mkdtemp(prefix="zenne-installation-"))
    data.chmod(0o755)  # PostgreSQL's own system user must be able to walk in when the tests run as root
    values = read({"ZENNE_DATA": str(data)})
    cluster = Cluster(values.data / "postgres", durable=False)
    cluster.start()
    cluster.ensure_database("zenne")
    values = replace(values, database_url=cluster.url("zenne"))
    with psycopg.connect(values.database_url) as connection:
        connection.execute("create extension unaccent")
        connection.execute("create table idea (id int primary key, title text)")
        connection.execute("insert into idea select n, 'idée ' || n from generate_series(1, 1000) n")
    files = values.data / "files"
    (files / "public").mkdir(parents=True)
    (files / "public" / "photo.jpg").write_bytes(b"\xff\xd8" * 500)
    yield values
    cluster.stop()
    shutil.rmtree(cluster.socket)
    shutil.rmtree(data)


def rows(values):
    with psycopg.connect(values.database_url) as connection:
        return connection.execute("select count(*), max(title) from idea").fetchone()


def test_a_wrecked_installation_comes_back_as_it_was(installation, tmp_path):
    backup = tmp_path / "backup.tar"
    archive.write(installation, backup)
    photo = installation.data / "files/public/photo.jpg"
    key = (installation.data / "secret-key").read_text()
    before = rows(installation)

    with psycopg.connect(installation.database_url) as connection:
        connection.execute("delete from idea where id > 10")
        connection.execute("create table stray (id int)")
    photo.unlink()
    (installation.data / "secret-key").write_text("another")

    archive.restore(installation, backup, replace=True)

    assert rows(installation) == before
    assert photo.read_bytes() == b"\xff\xd8" * 500
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
