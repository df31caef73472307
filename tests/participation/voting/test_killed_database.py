"""PostgreSQL is killed in the last minute of a vote, with ballots in flight, and comes back: every receipt that was given is kept."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests import postgres
from zenne.core.postgres import CannotStart, Cluster

pytestmark = pytest.mark.slow
BEFORE = AFTER = 40


@pytest.fixture
def cluster(migrated):
    """A durable server of its own with all migrations: one that may be killed."""
    folder = Path(tempfile.mkdtemp(prefix="zenne-killed-"))
    folder.chmod(0o755)
    place = folder / "postgres"
    place.mkdir()
    postgres.copy(migrated, place)
    server = Cluster(place)
    server.start()
    server.ensure_database("zenne", "template")
    yield server
    server.stop()
    shutil.rmtree(server.socket, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def revived(cluster: Cluster) -> bool:
    """Whether it came back; not while the last processes of the killed one are still going down, which a supervisor waits for too."""
    try:
        return cluster.revive()
    except CannotStart:
        return False


def test_every_receipt_given_is_in_the_tree_after_the_database_was_killed(cluster):
    program = [sys.executable, "-m", "tests.participation.voting.last_minute"]
    environ = os.environ | {"DATABASE_URL": cluster.url("zenne")}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(program, env=environ, cwd=postgres.ROOT, **pipes) as voters:
        assert voters.stdin and voters.stdout
        given = [voters.stdout.readline().split() for _time in range(BEFORE)]
        os.kill(int((cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        deadline = time.monotonic() + 60
        while not revived(cluster) and time.monotonic() < deadline:
            time.sleep(0.2)
        given += [voters.stdout.readline().split() for _time in range(AFTER)]
        voters.stdin.write("\n")
        voters.stdin.flush()
        while (line := voters.stdout.readline()) and not line.startswith("{"):
            given.append(line.split())
    box = json.loads(line)
    codes = {code for _person, code in given}
    last = dict(given)
    sealed, replaced = set(box["sealed"]), set(box["replaced"])
    assert len(given) > BEFORE + AFTER and codes <= sealed | replaced
    assert len(sealed) == len(last) and not sealed & replaced
    assert set(last.values()) == sealed
