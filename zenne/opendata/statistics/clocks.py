"""How the administration keeps its promises to answer: one query per clock, and the things that wait longest."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import DurationField, ExpressionWrapper, F, Value
from django.db.models.fields import DateTimeField
from django.db.models.functions import Cast

from .kinds import Clock, Scope, clocks

LONGEST = 10


@dataclass(frozen=True)
class Late:
    """Something that waits longer than was promised. Days are whole days gone by."""

    title: str
    url: str
    days: int
    days_late: int


@dataclass(frozen=True)
class Kept:
    """One clock as it stands. Medians are in days; None where there is nothing to take a median of. `late` begins with the longest."""

    key: str
    label: str
    in_time: int
    too_late: int
    waiting: int
    overdue: int
    median_answer: float | None
    median_overdue: float | None
    late: list[Late]

    @property
    def answered(self) -> int:
        return self.in_time + self.too_late

    @property
    def total(self) -> int:
        return self.answered + self.waiting


def kept(scope: Scope, now: datetime) -> list[Kept]:
    """Every clock of a scope that has begun to run for something."""
    found = sorted(clocks.items(), key=lambda item: (item[1].order, item[0]))
    every = [_of(key, clock, scope, now) for key, clock in found]
    return [one for one in every if one.total]


def _of(key: str, clock: Clock, scope: Scope, now: datetime) -> Kept:
    promised = ExpressionWrapper(F(clock.days) * Value(timedelta(days=1)), output_field=DurationField())
    rows = (
        clock.rows(scope)
        .filter(**{f"{clock.begun}__lte": now, f"{clock.days}__isnull": False})
        .annotate(s_due=Cast(F(clock.begun) + promised, DateTimeField()))
    )
    sql, params = (
        rows.order_by().values("s_due", s_begun=F(clock.begun), s_ended=F(clock.ended)).query.sql_with_params()
    )
    query = f"""
        select count(*) filter (where s_ended <= s_due), count(*) filter (where s_ended > s_due),
            count(*) filter (where s_ended is null), count(*) filter (where s_ended is null and s_due < %s),
            percentile_cont(0.5) within group (order by extract(epoch from s_ended - s_begun)),
            percentile_cont(0.5) within group (order by extract(epoch from %s - s_due)) filter (where s_ended is null and s_due < %s)
        from ({sql}) as promises
    """  # noqa: S608 - every name in it is ours
    with connection.cursor() as cursor:
        cursor.execute(query, [now, now, now, *params])
        in_time, too_late, waiting, overdue, answer, lateness = cursor.fetchone()
    late = _late(clock, rows, now) if overdue else []
    return Kept(key, str(clock.label), in_time, too_late, waiting, overdue, _days(answer), _days(lateness), late)


def _late(clock: Clock, rows: Any, now: datetime) -> list[Late]:
    late = rows.filter(**{f"{clock.ended}__isnull": True}, s_due__lt=now).annotate(s_begun=F(clock.begun))
    return [
        Late(clock.title(row), clock.url(row), (now - row.s_begun).days, (now - row.s_due).days)
        for row in late.order_by("s_due", "pk")[:LONGEST]
    ]


def _days(seconds: Any) -> float | None:
    return None if seconds is None else round(float(seconds) / 86_400, 1)
