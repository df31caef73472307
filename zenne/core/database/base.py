"""A connection that is kept from request to request, and looked at before it is used again.

Django asks `SELECT 1` for each request. A server that went away closed its end (where it was killed, its machine did), and whoever holds the other end finds something to
read there: that is seen without a question. Where there is something to read, Django asks as ever, and opens a new connection.
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    health_check_done: bool

    def close_if_health_check_failed(self) -> None:
        kept = self.connection
        if kept is not None and not self.health_check_done and not kept.closed and _is_quiet(kept.fileno()):
            self.health_check_done = True
        super().close_if_health_check_failed()


def _is_quiet(socket: int) -> bool:
    """Whether the other end is still there and says nothing by itself."""
    look = select.poll()
    look.register(socket, select.POLLIN)
    return not look.poll(0)
