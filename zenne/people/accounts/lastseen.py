"""When each session was last used: noted in the memory of a web process, and written a few seconds later, all in one statement."""

from dataclasses import astuple, dataclass
from datetime import datetime
from threading import Lock

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection

from zenne.core.aside import Aside

# A session that ended meanwhile is not brought back; one that was never listed is listed now.
WRITE = f"""
    with seen as (
        select * from unnest(%s::text[], %s::bigint[], %s::inet[], %s::text[], %s::timestamptz[]) as each (session_key, user_id, ip, user_agent, at)
        where exists (select from {Session._meta.db_table} as session where session.session_key = each.session_key)
    )
    insert into {UserSession._meta.db_table} as known (session_key, user_id, ip, user_agent, created_at, last_seen_at, data)
    select session_key, user_id, ip, user_agent, at, at, '{{}}' from seen order by session_key
    on conflict (session_key) do update set ip = excluded.ip, user_agent = excluded.user_agent, last_seen_at = excluded.last_seen_at
    where known.user_id = excluded.user_id
"""  # noqa: S608 - the names are Django's


@dataclass(frozen=True)
class LastSeen:
    session_key: str
    user_id: int
    ip: str | None
    user_agent: str
    at: datetime


class Noted:
    """The sessions of one web process that are not written yet."""

    def __init__(self) -> None:
        self._seen: dict[str, LastSeen] = {}
        self._lock = Lock()
        self._aside = Aside(self.write)

    def add(self, seen: LastSeen) -> None:
        with self._lock:
            self._seen[seen.session_key] = seen
        self._aside.soon()

    def write(self) -> None:
        with self._lock:
            seen, self._seen = self._seen, {}
        if seen:
            with connection.cursor() as cursor:
                cursor.execute(WRITE, [list(column) for column in zip(*map(astuple, seen.values()), strict=True)])


last_seen = Noted()
