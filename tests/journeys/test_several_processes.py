"""Two web processes and two workers on one PostgreSQL give the same answers as one, also when parts of it die.

Real servers, asked over real sockets. The city and the servers are made once for all tests here; each test uses an idea or people of its own.
"""

import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import psycopg
import pytest
from aiosmtpd.controller import Controller

from tests.journeys.several import free_port, installed, wait_for
from tests.mail import Mailbox

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def box():
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    box.port = server.port
    yield box
    server.stop()


@pytest.fixture(scope="module")
def installation(box, migrated):
    with installed(migrated, mail_port=box.port) as made:
        yield made


@pytest.fixture(scope="module")
def city(installation):
    return installation.city()


@pytest.fixture(scope="module")
def webs(installation, city):
    return [installation.web(), installation.web()]


def rows(installation, query, *values):
    with psycopg.connect(installation.cluster.url("zenne")) as connection:
        return connection.execute(query, values).fetchall()


def supports(installation, idea):
    return rows(installation, "select person_id, count(*) from ideas_support where idea_id = %s group by 1", idea)


def plain(text):
    """A page without what is drawn anew for each visitor."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", text)


def test_both_give_the_same_pages(webs, city):
    one, other = webs
    for address in (
        "/fr/",
        "/nl/",
        f"/fr/processes/{city.process}/",
        f"/en/processes/{city.process}/ideas/",
        f"/fr/processes/{city.process}/ideas/{city.ideas[0]}/",
        "/fr/account/login/",
    ):
        first, second = one.get(address), other.get(address)
        assert (first.status, plain(first.text)) == (200, plain(second.text)), address


def test_who_signed_in_at_one_is_signed_in_at_the_other_and_signed_out_at_both(webs, city):
    one, other = webs
    session = city.sessions[-1]
    assert [web.get("/fr/me/", session).status for web in webs] == [200, 200]
    assert one.post("/fr/account/logout/", session=session).status == 302
    assert other.get("/fr/me/", session).status == 302


def test_thirty_two_identical_supports_leave_one(webs, city, installation):
    address = f"/fr/processes/{city.process}/ideas/{city.ideas[0]}/support/"
    servers = cycle(webs)
    tries = [next(servers) for _number in range(32)]
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda web: web.post(address, session=city.sessions[0]).status, tries))
    assert set(answers) == {302}
    assert supports(installation, city.ideas[0]) == [(city.people[0], 1)]
    assert rows(installation, "select support_count from ideas_idea where id = %s", city.ideas[0]) == [(1,)]


def test_a_limit_counts_what_both_were_asked(webs):
    servers = cycle(webs)
    asked = [
        (next(servers), f"/fr/search/?q=arbre+{number}") for number in range(24)
    ]  # what is kept is not counted again
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda one: one[0].get(one[1]), asked))
    assert sorted(answer.status for answer in answers) == [200] * 10 + [429] * 14
    assert next(answer for answer in answers if answer.status == 429).headers["Retry-After"] == "3600"


TASKS = """
import django; django.setup()
from zenne.core import clock
from zenne.core.mail import deliver
from zenne.opendata.exports.models import Export
from zenne.opendata.exports.tasks import write_export
from zenne.people.organisations.models import Membership
for number in range(40):
    deliver.defer(subject=f"letter {number}", text="x", html="x", to="an@example.org", headers={})
one = Membership.objects.order_by("-pk").first()
for number in range(4):
    made = Export.objects.create(
        person=one.person, dataset="ideas.desk", sheet="csv", language="fr", organisations=[one.organisation_id],
        created_at=clock.now(), moved_at=clock.now(),
    )
    write_export.defer(export=made.pk)
"""
TAKE_UP = """
import asyncio, django; django.setup()
from zenne.core import schedule
async def main():
    schedule.app = schedule.app.with_connector(schedule.app.connector.get_worker_connector())
    async with schedule.app.open_async():
        await schedule.take_up_what_stalled(timestamp=0)
asyncio.run(main())
"""


def test_two_workers_do_each_task_once_and_one_that_is_killed_loses_nothing(installation, city, box):
    installation.run(TASKS)
    ((held,),) = rows(installation, "select max(id) from exports_export")
    doing = "select task_name from procrastinate_jobs where status = 'doing'"
    with psycopg.connect(installation.cluster.url("zenne")) as holding:  # whoever writes this file is stopped half-way
        holding.execute("select 1 from exports_export where id = %s for update", [held])
        workers = [installation.worker(), installation.worker()]
        wait_for(lambda: len(box) >= 40, "forty letters")
        wait_for(
            lambda: (
                rows(installation, "select count(*) from exports_export where state = 'ready'") == [(3,)]
                and rows(installation, doing) == [("exports.write",)]
            ),
            "three files, and one in somebody's hands",
        )
        for worker in workers:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
    rows(  # a minute of silence, without waiting for it
        installation,
        "update procrastinate_workers set last_heartbeat = now() - interval '2 minutes' returning id",
    )
    installation.run(TAKE_UP)
    workers = [installation.worker(), installation.worker()]
    wait_for(lambda: not rows(installation, "select 1 from procrastinate_jobs where status <> 'succeeded'"), "the end")

    assert sorted(message["Subject"] for message in box) == sorted(f"letter {number}" for number in range(40))
    assert rows(installation, "select state, count(*), count(distinct file) from exports_export group by 1") == [
        ("ready", 4, 4)
    ]
    assert len(list((installation.folder / "files/private/exports").iterdir())) == 4
    periodic = rows(
        installation, "select task_name, defer_timestamp, count(*) from procrastinate_periodic_defers group by 1, 2"
    )
    assert periodic and all(times == 1 for _task, _moment, times in periodic)
    for worker in workers:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()


def test_a_restart_of_the_database_under_load_is_said_and_loses_nothing(installation, webs, city):
    idea = city.ideas[1]
    address = f"/fr/processes/{city.process}/ideas/{idea}/support/"
    people = list(zip(city.people, city.sessions, strict=True))[:36]
    refused, acknowledged = [], set()

    def insist(number):
        """One person presses the button until it is taken."""
        person, session = people[number]
        while True:
            answer = webs[number % 2].post(address, session=session)
            if answer.status == 302:
                acknowledged.add(person)
                return
            refused.append(answer)
            assert answer.status == 503, answer.text[:2000]

    with ThreadPoolExecutor(6) as pool:
        work = [pool.submit(insist, number) for number in range(12)]
        [one.result() for one in work]
        assert not refused, installation.logs()[-3000:]
        work = [pool.submit(insist, number) for number in range(12, 36)]
        installation.cluster.stop()
        wait_for(lambda: len(refused) >= 10, "a refusal")
        installation.cluster.start()
        [one.result() for one in work]

    assert len(refused) >= 10 and all(one.headers.get("Retry-After") == "10" for one in refused)
    assert "La plateforme redémarre" in refused[0].text and "Traceback" not in refused[0].text
    assert len(acknowledged) == 36
    assert sorted(supports(installation, idea)) == sorted((person, 1) for person, _session in people)
    assert rows(installation, "select support_count from ideas_idea where id = %s", idea) == [(36,)]
    assert [web.get("/nl/").status for web in webs] == [200, 200]
