"""What waits a few seconds: written once for many notes, on a thread of its own, and never in the way of a page."""

from threading import Event

from django.db import DatabaseError

from zenne.core.aside import Aside


def test_many_notes_are_written_once_and_later_ones_again(settings):
    settings.WRITTEN_AFTER = 0.01
    written, happened = [], Event()

    def write():
        written.append(1)
        happened.set()

    aside = Aside(write)
    for _note in range(20):
        aside.soon()
    assert happened.wait(5) and len(written) == 1
    happened.clear()
    aside.soon()
    assert happened.wait(5) and len(written) == 2


def test_a_database_that_is_away_takes_the_notes_with_it_and_nothing_else(settings):
    settings.WRITTEN_AFTER = 0.01
    tried = [Event(), Event()]
    waiting = iter(tried)

    def write():
        next(waiting).set()
        raise DatabaseError("gone")

    aside = Aside(write)
    for turn in tried:
        aside.soon()
        assert turn.wait(5)


def test_nothing_is_written_where_nobody_set_a_time(settings):
    settings.WRITTEN_AFTER = None
    Aside(lambda: 1 / 0).soon()
