"""Visits, counted without a cookie, without anybody else, and without keeping who it was (docs/decisions: visits without cookies).

A page is noted in the memory of its web process, and a few seconds later all of them are written in two statements, on a thread of their
own: no page waits for it. Addresses live only in that memory. What is written is a number per day, and until the night a keyed hash, by
which the same visitor is not counted twice on a day.
"""

import hashlib
import hmac
import re
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

from django.db import connection, transaction

from zenne.core.aside import Aside
from zenne.core.clock import in_brussels
from zenne.web.visited import Visited

from .enums import PageKind, ScopeKind
from .kinds import Scope
from .models import DayKey, Mark, Visitors, Visits

ROBOTS = re.compile(
    r"bot|crawl|spider|slurp|scrap|fetch|archiv|preview|monitor|uptime|headless|phantom|lighthouse|curl|wget|python|java/|okhttp|"
    r"go-http|libwww|httpclient|axios|node|ruby|perl|facebookexternalhit|whatsapp|feed|validator|scan",
    re.IGNORECASE,
)
MOST_NOTED = 5_000  # visits that may wait in memory: a database that is away must not fill it


def is_robot(agent: str) -> bool:
    """Programs that say who they are, and those that say nothing."""
    return not agent or ROBOTS.search(agent) is not None


@dataclass
class Noted:
    """The visits of one web process that are not written yet: numbers, and who must be told apart today."""

    views: Counter[tuple[date, str, int, str, str]] = field(default_factory=Counter)
    visitors: set[tuple[date, str, int, str]] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)

    def add(self, visit: Visited, language: str, visitor: str, now: datetime) -> None:
        """`visitor` is address and agent, or empty for somebody who asked not to be told apart: the visit alone is counted."""
        day = in_brussels(now).date()
        page = visit.page if visit.page in PageKind.values else PageKind.OTHER.value
        scopes = [(ScopeKind.PROCESS, visit.process), (ScopeKind.ORGANISATION, visit.organisation)]
        with self.lock:
            if len(self.views) + len(self.visitors) > MOST_NOTED:
                return
            for kind, key in scopes:
                if key:
                    self.views[day, kind.value, key, page, language] += 1
                    if visitor:
                        self.visitors.add((day, kind.value, key, visitor))
            waiting = bool(self.views)
        if waiting:
            aside.soon()

    def write(self) -> None:
        """Write what is noted. Rows are taken in order, so that two processes that write at once do not wait for each other in a circle."""
        with self.lock:
            views, self.views = self.views, Counter()
            visitors, self.visitors = self.visitors, set()
        if views:
            with transaction.atomic():
                _write_views(views)
                _write_visitors(visitors)


noted = Noted()
aside = Aside(noted.write)


def _write_views(views: Mapping[tuple[date, str, int, str, str], int]) -> None:
    columns: list[list[object]] = [
        list(column) for column in zip(*((*key, views[key]) for key in sorted(views)), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            insert into {Visits._meta.db_table} as visits (day, scope, key, page, language, views)
            select * from unnest(%s::date[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::integer[])
            on conflict (scope, key, day, page, language) do update set views = visits.views + excluded.views
            """,  # noqa: S608 - the name is ours
            columns,
        )


def _write_visitors(visitors: set[tuple[date, str, int, str]]) -> None:
    """Count those who were not here today yet. Whether they were is known by their marks, made with the key of the day."""
    keys = {day: key_of(day) for day in sorted({day for day, *_rest in visitors})}
    rows = sorted((day, scope, key, digest(keys[day], scope, key, visitor)) for day, scope, key, visitor in visitors)
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            with arrived as (
                insert into {Mark._meta.db_table} (day, scope, key, digest)
                select * from unnest(%s::date[], %s::text[], %s::bigint[], %s::bytea[])
                on conflict do nothing returning day, scope, key
            )
            insert into {Visitors._meta.db_table} as known (day, scope, key, visitors)
            select day, scope, key, count(*) from arrived group by day, scope, key order by scope, key, day
            on conflict (scope, key, day) do update set visitors = known.visitors + excluded.visitors
            """,  # noqa: S608 - the names are ours
            [list(column) for column in zip(*rows, strict=True)],
        )


def key_of(day: date) -> bytes:
    """The day's key, made by whoever needs it first."""
    DayKey.objects.bulk_create([DayKey(day=day, key=secrets.token_bytes(32))], ignore_conflicts=True)
    return bytes(DayKey.objects.get(day=day).key)


def digest(key: bytes, scope: str, number: int, visitor: str) -> bytes:
    """A mark differs from scope to scope, so that nobody's way from one page to another can be read from the marks."""
    return hmac.new(key, f"{scope} {number} {visitor}".encode(), hashlib.sha256).digest()[:16]


def forget(today: date) -> None:
    """Destroy the keys and marks of the days that are over. From here on nobody can say who was here, we neither."""
    DayKey.objects.filter(day__lt=today).delete()
    Mark.objects.filter(day__lt=today).delete()


@dataclass(frozen=True)
class Seen:
    """The visits of a scope: per day, per kind of page, per language; and the different visitors of each day."""

    days: dict[date, int]
    visitors: dict[date, int]
    pages: dict[str, int]
    languages: dict[str, int]


# Per day, per day and kind of page, per day and language, in one reading of the rows; and per day the visitors.
SEEN = f"""
    select day, page, language, coalesce(sum(views), 0), null from {Visits._meta.db_table} as visits
    where scope = %(scope)s and key = %(key)s group by grouping sets ((day), (day, page), (day, language))
    union all
    select day, null, null, null, sum(visitors) from {Visitors._meta.db_table} as visitors
    where scope = %(scope)s and key = %(key)s group by day
    order by day, page, language
"""  # noqa: S608 - the name is ours


def seen(scope: Scope, since: date | None) -> Seen:
    """The visits from a day on. `days` holds all of them, so that a change can be told."""
    days: dict[date, int] = {}
    visitors: dict[date, int] = {}
    pages: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(SEEN, {"scope": scope.kind.value, "key": scope.key})
        for day, page, language, views, persons in cursor.fetchall():
            if persons is not None:
                visitors[day] = persons
            elif page is None and language is None:
                days[day] = views
            elif since is None or day >= since:
                (languages if page is None else pages)[language if page is None else page] += views
    return Seen(
        days=days,
        visitors=visitors,
        pages=dict(sorted(pages.items())),
        languages=dict(sorted(languages.items())),
    )
