"""The embedded server survives what happens to servers."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from zenne.core.postgres import Cluster


@pytest.fixture
def place():
    """A folder that PostgreSQL's own system user can walk to when the tests run as root."""
    with tempfile.TemporaryDirectory(prefix="zenne-cluster-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def cluster(place):
    server = Cluster(place / "postgres")
    server.start()
    yield server
    server.stop()
    shutil.rmtree(server.socket)


def write(cluster, text):
    with psycopg.connect(cluster.url("postgres")) as connection:
        connection.execute("create table if not exists note (text text)")
        connection.execute("insert into note values (%s)", [text])


def notes(cluster):
    with psycopg.connect(cluster.url("postgres")) as connection:
        return [text for (text,) in connection.execute("select text from note order by text").fetchall()]


def postmaster(cluster):
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_data_outlive_a_stop(cluster):
    write(cluster, "kept")
    cluster.stop()
    assert not cluster.running()
    cluster.start()
    assert notes(cluster) == ["kept"]


def test_data_outlive_the_death_of_the_postmaster_with_a_query_running(cluster):
    write(cluster, "kept")
    url = cluster.url("postgres")
    code = f"import psycopg; psycopg.connect({url!r}).execute('select pg_sleep(60)')"
    busy = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    time.sleep(1)
    os.kill(postmaster(cluster), signal.SIGKILL)
    time.sleep(0.2)
    assert cluster.revive()
    assert notes(cluster) == ["kept"]
    busy.wait(20)


def test_a_second_start_finds_the_running_server(cluster):
    assert not Cluster(cluster.folder).start()


def test_the_last_user_stops_the_server(place):
    server = Cluster(place / "postgres")
    with server.up():
        with Cluster(place / "postgres").up():
            assert server.running()
        assert server.running()
    assert not server.running()


def test_a_wrong_password_is_refused(cluster):
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(cluster.url("postgres").replace(":", ":wrong", 2).replace("postgresql:wrong", "postgresql:"))


def test_a_throw_away_server_dies_with_the_process_that_started_it(place):
    code = f"""
import os, signal, pathlib
from zenne.core.postgres import Cluster
Cluster(pathlib.Path({str(place / "postgres")!r}), durable=False).start()
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code], check=False)
    server = Cluster(place / "postgres")
    # it refuses connections long before it has written its last page: the number's file is what it removes last
    deadline = time.monotonic() + 30
    while (server.data / "postmaster.pid").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not (server.data / "postmaster.pid").exists()
    assert not server.running()
    shutil.rmtree(server.socket)
