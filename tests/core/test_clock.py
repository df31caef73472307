from datetime import UTC, datetime

import pytest

from zenne.core import clock


def test_the_clock_shows_an_aware_moment_in_utc():
    assert clock.now().tzinfo is UTC


def test_a_summer_moment_is_two_hours_later_on_the_wall_in_brussels():
    assert clock.in_brussels(datetime(2020, 6, 5, 22, 30, tzinfo=UTC)).strftime("%d %H:%M") == "06 00:30"


def test_a_naive_moment_has_no_place_in_brussels():
    with pytest.raises(ValueError, match="without a time zone"):
        clock.in_brussels(datetime(2020, 6, 5))  # noqa: DTZ001 - the fault under test


def test_the_fixture_moves_the_clock(now):
    assert clock.now() == now
