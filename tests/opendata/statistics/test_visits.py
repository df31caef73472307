"""Visits: what counts, what does not, and that nobody can be found again."""

from datetime import date, timedelta

import pytest

from tests.participation.ideas import factories as ideas
from zenne.core import clock
from zenne.opendata.statistics import queries, visiting
from zenne.opendata.statistics.kinds import Scope
from zenne.opendata.statistics.models import DayKey, Mark, Visitors, Visits
from zenne.opendata.statistics.visiting import noted
from zenne.web.visited import HEADER

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


@pytest.fixture(autouse=True)
def nothing_waits():
    noted.views.clear(), noted.visitors.clear()
    yield
    noted.views.clear(), noted.visitors.clear()


@pytest.fixture
def process():
    return ideas.call().process


def visit(client, process, *, agent=FIREFOX, address="10.0.0.1", **headers):
    return client.get(f"/fr/processes/{process.slug}/", headers={"user-agent": agent, **headers}, REMOTE_ADDR=address)


def counted(process):
    noted.write()
    views = sum(Visits.objects.filter(scope="process", key=process.pk).values_list("views", flat=True))
    visitors = sum(Visitors.objects.filter(scope="process", key=process.pk).values_list("visitors", flat=True))
    return views, visitors


def test_page_opened_twice_by_one_and_once_by_another_is_three_visits_of_two_visitors(client, process):
    visit(client, process), visit(client, process), visit(client, process, address="10.0.0.2")
    assert counted(process) == (3, 2)


def test_visitor_who_comes_back_after_it_was_written_is_still_one(client, process):
    visit(client, process)
    assert counted(process) == (1, 1)
    visit(client, process)
    assert counted(process) == (2, 1)


def test_visit_is_told_by_kind_of_page_and_language_for_the_process_and_its_organisation(client, process):
    visit(client, process)
    client.get(f"/nl/processes/{process.slug}/ideas/", headers={"user-agent": FIREFOX})
    counted(process)
    rows = Visits.objects.filter(scope="process").values_list("page", "language", "views").order_by("page")
    assert list(rows) == [("list", "nl", 1), ("process", "fr", 1)]
    assert (
        sum(Visits.objects.filter(scope="organisation", key=process.organisation_id).values_list("views", flat=True))
        == 2
    )


@pytest.mark.parametrize(
    "agent", ["", "Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8.5", "python-requests/2.32"]
)
def test_program_is_no_visitor(client, process, agent):
    visit(client, process, agent=agent)
    assert counted(process) == (0, 0)


@pytest.mark.parametrize("asked", [{"sec-gpc": "1"}, {"dnt": "1"}])
def test_who_asks_not_to_be_tracked_is_a_visit_and_no_visitor(client, process, asked):
    visit(client, process, **asked)
    assert counted(process) == (1, 0) and not Mark.objects.exists()


@pytest.mark.parametrize("headers", [{"sec-purpose": "prefetch"}, {"hx-request": "true"}])
def test_what_nobody_read_as_a_page_is_no_visit(client, process, headers):
    visit(client, process, **headers)
    assert counted(process) == (0, 0)


def test_page_that_is_not_there_is_no_visit(client, process):
    client.get("/fr/processes/nothing-here/", headers={"user-agent": FIREFOX})
    noted.write()
    assert not Visits.objects.exists()


def test_no_page_waits_for_its_visit_and_none_sets_a_cookie_for_it_or_shows_the_mark(client, process):
    response = visit(client, process)
    assert not Visits.objects.exists()
    assert HEADER not in response.headers and set(response.cookies) <= {"csrftoken"}


def test_mark_means_nothing_without_the_key_of_its_day_and_differs_from_process_to_process():
    key, other = b"1" * 32, b"2" * 32
    mark = visiting.digest(key, "process", 1, "10.0.0.1 Firefox")
    assert mark == visiting.digest(key, "process", 1, "10.0.0.1 Firefox") and len(mark) == 16
    assert mark != visiting.digest(other, "process", 1, "10.0.0.1 Firefox")
    assert mark != visiting.digest(key, "process", 2, "10.0.0.1 Firefox")


def test_day_that_is_over_leaves_numbers_only(client, process):
    visit(client, process)
    counted(process)
    today = clock.in_brussels(clock.now()).date()
    visiting.forget(today)
    assert DayKey.objects.exists() and Mark.objects.exists()
    visiting.forget(today + timedelta(days=1))
    assert not DayKey.objects.exists() and not Mark.objects.exists()
    assert Visits.objects.exists() and Visitors.objects.exists()


def test_key_is_one_for_all_processes_of_a_day():
    assert visiting.key_of(date(2026, 6, 1)) == visiting.key_of(date(2026, 6, 1)) != visiting.key_of(date(2026, 6, 2))


def test_key_and_marks_are_in_no_log_of_the_database():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select relpersistence from pg_class where relname in ('statistics_daykey', 'statistics_mark')")
        assert cursor.fetchall() == [("u",), ("u",)]


def test_few_visitors_of_a_day_are_not_told_while_visits_are(client, process):
    visit(client, process), visit(client, process)
    counted(process)
    (row,) = queries.board(Scope.process(process.pk), now=clock.now()).table("visits").rows
    assert row.values == (2, None)


def test_database_that_is_away_does_not_fill_the_memory(monkeypatch, process, client):
    monkeypatch.setattr(visiting, "MOST_NOTED", 3)
    for number in range(20):
        visit(client, process, address=f"10.0.0.{number}")
    assert len(noted.views) + len(noted.visitors) <= 3 + 4
