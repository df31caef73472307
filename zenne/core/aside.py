"""What may wait a few seconds is written aside, together: no page waits for it, and many notes become one statement."""

import atexit
from collections.abc import Callable
from threading import Lock, Timer

from django.conf import settings
from django.db import DatabaseError, connection


class Aside:
    """Calls `write` some seconds (`WRITTEN_AFTER`) after `soon` was said first, on a thread of its own; at the end of the process what waits is written at once.

    What is noted lies in the memory of one process: it must be of little weight, because it is lost where the database is away at that moment.
    """

    def __init__(self, write: Callable[[], None]) -> None:
        self._write = write
        self._lock = Lock()
        self._timer: Timer | None = None
        atexit.register(self._at_the_end)

    def soon(self) -> None:
        seconds = settings.WRITTEN_AFTER
        with self._lock:
            if self._timer is None and seconds is not None:
                self._timer = Timer(seconds, self._on_time)
                self._timer.daemon = True
                self._timer.start()

    def _on_time(self) -> None:
        with self._lock:
            self._timer = None
        try:
            self._write()
        except DatabaseError:
            pass  # the notes of a few seconds, while the database was away
        finally:
            connection.close()

    def _at_the_end(self) -> None:
        if self._timer is not None:
            self._on_time()
