"""Counters in the database: exact under a race, and gone when they were to be."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.db import connection

from zenne.config.settings.database import CACHES

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def counters(settings):
    settings.CACHES = CACHES
    return caches["default"]


def test_thirty_two_requests_at_once_are_thirty_two(counters):
    counters.add("tries", 0, 60)

    def one(_number):
        try:
            return caches["default"].incr("tries")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(one, range(32)))
    assert sorted(results) == list(range(1, 33)) and counters.get("tries") == 32


def test_counting_does_not_prolong_a_counter(counters):
    def expiry():
        with connection.cursor() as cursor:
            cursor.execute("select expires from cache")
            return cursor.fetchone()

    counters.add("tries", 0, 3600)
    before = expiry()
    counters.incr("tries")
    assert expiry() == before


def test_a_counter_that_expired_is_no_counter(counters):
    counters.add("tries", 5, -1)
    with pytest.raises(ValueError, match="no counter"):
        counters.incr("tries")
    with pytest.raises(ValueError, match="no counter"):
        counters.incr("never")


def test_hundreds_of_counters_do_not_push_each_other_out(counters):
    counters.add("first", 7, 3600)
    counters.set_many({f"other-{number}": number for number in range(400)})
    assert counters.get("first") == 7
