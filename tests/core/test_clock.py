from datetime import UTC, datetime, timedelta

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


def test_the_clock_stands_still_while_the_past_is_replayed():
    moment = datetime(2018, 3, 1, 9, 30, tzinfo=UTC)
    with clock.standing_at(moment):
        assert clock.now() == moment
        with clock.standing_at(moment + timedelta(days=1)):
            assert clock.now() == moment + timedelta(days=1)
        assert clock.now() == moment
    assert clock.now() > moment
