"""Reads of the public site from a replica, where REPLICA_URL names one.

Only a page that somebody without a session asks for (GET or HEAD, no account, no back office, no program's token) reads there; everything
else, every transaction, every lock and every write is the primary's. Who just sent something reads from the primary for a while
(`zenne.web.just_wrote`); so does everybody while the replica is away, too far behind, or fails in the middle of a page.
"""

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import Error, connections, transaction
from django.http import HttpRequest, HttpResponse

from zenne.web.just_wrote import just_wrote

logger = logging.getLogger(__name__)

PRIMARY, REPLICA = "default", "replica"
#: How old what the replica shows may be. Fresh content shows everywhere within five seconds.
MOST_LAG_SECONDS = 4.0
#: How long one web process trusts its last look at the replica.
LOOK_EVERY_SECONDS = 1.0
#: And how long it leaves a replica alone that did not answer.
LEAVE_ALONE_SECONDS = 10.0

NOT_PUBLIC = ("/manage/", "/health/")
SHARED = {"sessions", "usersessions", "django_cache", "procrastinate"}  # state of all processes, not content
_reading: ContextVar[bool] = ContextVar("reads come from the replica", default=False)

# A server that is no replica any more (promoted), or that is none of ours (logical replication), has no lag to speak of. A replica that
# lost its primary is as old as its last change, even where it has replayed all it received.
_LAG = """
    select case
        when not pg_is_in_recovery() then 0
        when not exists (select 1 from pg_stat_wal_receiver where pid is not null) then 1e9
        when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
        else coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), 1e9)
    end
"""


class Router:
    """Django's question for every query: which database?"""

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        if not _reading.get() or model._meta.app_label in SHARED or transaction.get_connection(PRIMARY).in_atomic_block:
            return PRIMARY
        return REPLICA

    def db_for_write(self, model: Any, **_hints: Any) -> str:
        if model._meta.app_label not in SHARED:
            _reading.set(False)  # what is written in a request must be read back in it
        return PRIMARY

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        return True  # both are the same data

    def allow_migrate(self, database: str, _app_label: str, **_hints: Any) -> bool:
        return database == PRIMARY


class Health:
    """What one web process knows of the replica, looked at again every second."""

    def __init__(self) -> None:
        self._good = False
        self._until = 0.0

    def good(self) -> bool:
        if time.monotonic() >= self._until:
            self._look()
        return self._good

    def _look(self) -> None:
        try:
            with connections[REPLICA].cursor() as cursor:
                cursor.execute(_LAG)
                behind = float(cursor.fetchone()[0])
        except Error:
            self.fails()
            return
        self._good = behind <= MOST_LAG_SECONDS
        self._until = time.monotonic() + LOOK_EVERY_SECONDS

    def fails(self) -> None:
        if self._good or not self._until:
            logger.warning("the read replica does not answer; the primary does its work")
        self._good = False
        self._until = time.monotonic() + LEAVE_ALONE_SECONDS
        connections[REPLICA].close()


class ReplicaMiddleware:
    """Decides for each request. Put outside every middleware that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.health = Health()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if may_be_older(request) and self.health.good():
            response = self._from_replica(request)
            if response.status_code != 503:
                return response
            self.health.fails()
        return self.get_response(request)

    def _from_replica(self, request: HttpRequest) -> HttpResponse:
        token = _reading.set(True)
        try:
            return self.get_response(request)
        finally:
            _reading.reset(token)


def may_be_older(request: HttpRequest) -> bool:
    """Whether it does no harm when the answer is some seconds old: nobody in particular asks, for something public."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not just_wrote(request)
        and "Authorization" not in request.headers
        and not request.path_info.startswith(NOT_PUBLIC)
    )
