"""Reads of the public site from a real streaming replica, and what happens when it lags, dies or comes back."""

import os
import shutil
import subprocess
from contextlib import contextmanager

import psycopg
import pytest

from tests import postgres
from tests.journeys.several import installed, wait_for
from zenne.core.postgres import Cluster, _as_server

pytestmark = pytest.mark.slow


@contextmanager
def a_replica(installation):
    """A replica of the installation's cluster, as `pg_basebackup` makes one."""
    primary = installation.cluster
    place = installation.folder / "replica"
    place.mkdir(mode=0o755)
    shutil.copy(primary.folder / "password", place / "password")
    replica = Cluster(place, durable=False)
    if user := _as_server().get("user"):
        os.chown(place, user, -1)
    environ = {**os.environ, "PGPASSWORD": postgres.PASSWORD}
    command = [primary.program("pg_basebackup"), "-h", primary.socket, "-U", "zenne", "-D", replica.data]
    done = subprocess.run(
        [*map(str, command), "-R", "-X", "stream", "-c", "fast", "--no-sync"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        **_as_server(),
    )
    assert done.returncode == 0, done.stderr
    replica.start()
    try:
        yield replica
    finally:
        replica.stop()
        shutil.rmtree(replica.socket, ignore_errors=True)


@pytest.fixture
def installation(migrated):
    with installed(migrated) as made:
        yield made


def on(cluster, query, *values):
    with psycopg.connect(cluster.url("zenne"), autocommit=True) as connection:
        found = connection.execute(query, values)
        return found.fetchone() if found.description else None


def test_a_replica_answers_the_public_and_only_what_may_be_a_little_older(installation):
    city = installation.city()
    primary = installation.cluster
    with a_replica(installation) as replica:
        wait_for(lambda: on(replica, "select count(*) from ideas_idea") == (3,), "the ideas on the replica")
        web = installation.web(REPLICA_URL=replica.url("zenne"))
        address = f"/fr/processes/{city.process}/ideas/{city.ideas[0]}/"
        assert web.get("/fr/").status == 200

        # the replica stands still; for a few seconds that is no harm to visitors, and never shows to who takes part
        on(replica, "select pg_wal_replay_pause()")
        on(primary, "update ideas_idea set title = 'Un nouveau titre' where id = %s", city.ideas[0])
        assert "Un nouveau titre" not in web.get(address).text
        assert "Un nouveau titre" in web.get(address, session=city.sessions[0]).text
        wrote = web.post("/fr/account/login/", {"email": "somebody@example.org"})
        cookies = [value for value in wrote.cookies if value.startswith("wrote=")]
        assert cookies and "HttpOnly" in cookies[0]
        assert "Un nouveau titre" in web.get(address, cookies="wrote=1").text
        assert web.get(address, Authorization="Bearer x").status in (200, 401, 403)

        # what a signed-in person writes goes to the primary and is read back at once
        assert web.post(f"{address}support/", session=city.sessions[0]).status == 302
        assert on(primary, "select support_count from ideas_idea where id = %s", city.ideas[0]) == (1,)
        assert on(replica, "select support_count from ideas_idea where id = %s", city.ideas[0]) == (0,)

        # too far behind: the primary does its work
        wait_for(
            lambda: "Un nouveau titre" in web.get(address).text, "the new title, although the replica stands still", 15
        )

        # it caught up, and is trusted again
        on(replica, "select pg_wal_replay_resume()")
        wait_for(
            lambda: on(replica, "select support_count from ideas_idea where id = %s", city.ideas[0]) == (1,),
            "the replay",
        )
        reads = "select xact_commit from pg_stat_database where datname = 'zenne'"
        before = on(replica, reads)
        wait_for(lambda: web.get(address) and on(replica, reads)[0] > before[0] + 20, "reads of the replica", 30)

        # it dies: nobody notices
        replica.stop()
        assert [web.get(address).status for _turn in range(5)] == [200] * 5
        assert "Un nouveau titre" in web.get(address).text
