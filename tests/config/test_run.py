"""`zenne run` as a whole: everything comes up, comes back when killed, and goes down without a trace."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests import postgres
from zenne.core.postgres import Cluster

SECONDS = 120


@pytest.fixture
def data(migrated):
    """A data folder whose database has all migrations already; only then is the start as quick as people know it."""
    folder = Path(tempfile.mkdtemp(prefix="zenne-run-"))
    folder.chmod(0o755)
    place = folder / "postgres"
    place.mkdir()
    postgres.copy(migrated, place)
    cluster = Cluster(place)
    cluster.start()
    cluster.ensure_database("zenne", "template")
    cluster.stop()
    yield folder
    shutil.rmtree(cluster.socket, ignore_errors=True)
    shutil.rmtree(folder)


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def wait_for(condition, what):
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what} did not happen in {SECONDS} s")


def answers(port):
    try:
        with urlopen(f"http://127.0.0.1:{port}/health/", timeout=5) as answer:
            return json.load(answer) == {"database": "ok"}
    except OSError:
        return False


def processes_of(data, port):
    """Every process that names our folder or our port."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().decode().replace("\0", " ")
            environ = (entry / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if int(entry.name) != os.getpid() and (str(data) in words or f"ZENNE_DATA={data}\0" in environ):
            found[int(entry.name)] = words
    return found


@pytest.mark.slow
def test_run_starts_everything_revives_what_dies_and_leaves_nothing(data, port):
    environ = {**os.environ, "ZENNE_DATA": str(data), "PORT": str(port)}
    for name in ("DATABASE_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"):
        environ.pop(name, None)
    command = [sys.executable, "-m", "zenne.config.cli", "run", "--no-demonstration"]
    with (data / "output").open("w") as output:
        run = subprocess.Popen(command, env=environ, stdout=output, stderr=output)
    try:
        wait_for(
            lambda: "Zenne is ready" in (data / "output").read_text() or run.poll() is not None, "the first answer"
        )
        assert run.poll() is None, (data / "output").read_text()
        assert answers(port)

        os.kill(int((data / "postgres/data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        for pid, words in processes_of(data, port).items():
            if "procrastinate" in words:
                os.kill(pid, signal.SIGKILL)
        wait_for(lambda: "starts again" in (data / "output").read_text(), "the notice that something died")
        wait_for(lambda: answers(port), "an answer after the database was killed")

        run.send_signal(signal.SIGINT)
        assert run.wait(SECONDS) == 0
    finally:
        run.kill()
    text = (data / "output").read_text()
    assert "Traceback" not in text.split("zenne: stopping")[-1]
    wait_for(lambda: not processes_of(data, port), "the end of all processes")
