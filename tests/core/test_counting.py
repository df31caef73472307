"""Counters in the database: exact under a race, and gone when they were to be."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection

from zenne.config.settings.database import CACHES
from zenne.core import counting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["database", "memory"])
def shared(request, settings):
    """The counters of the database, and those of another cache."""
    if request.param == "database":
        settings.CACHES = CACHES
    return request.param


@pytest.fixture
def database(settings):
    settings.CACHES = CACHES
    yield
    with connection.cursor() as cursor:
        cursor.execute("truncate core_counter")


def age(seconds):
    with connection.cursor() as cursor:
        cursor.execute("update core_counter set until = until - make_interval(secs => %s)", [seconds])


def test_thirty_two_requests_at_once_are_thirty_two(database):
    def one(_number):
        try:
            return counting.count("tries", 60)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(one, range(32)))
    assert sorted(results) == list(range(1, 33))


def test_every_kind_of_cache_counts_each_key_for_itself(shared):
    assert [counting.count(f"{shared} {key}", 60) for key in ("a", "a", "b", "a")] == [1, 2, 1, 3]


def test_a_counter_ends_so_long_after_its_first_and_starts_anew(database):
    counting.count("tries", 60)
    age(40)
    assert counting.count("tries", 60) == 2, "counting does not prolong it"
    age(21)
    assert counting.count("tries", 60) == 1


def test_what_passed_is_swept(database):
    counting.count("short", 10)
    counting.count("long", 100)
    age(50)
    counting.sweep()
    with connection.cursor() as cursor:
        cursor.execute("select key from core_counter")
        assert cursor.fetchall() == [("long",)]


def test_counting_costs_one_statement(database, django_assert_num_queries):
    with django_assert_num_queries(1):
        counting.count("tries", 60)


def test_hundreds_of_kept_answers_do_not_push_each_other_out(database):
    cache.set("first", 7, 3600)
    cache.set_many({f"other-{number}": number for number in range(400)})
    assert cache.get("first") == 7
