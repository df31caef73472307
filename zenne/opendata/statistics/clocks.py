"""How the administration keeps its promises to answer: one query per clock, and the things that wait longest."""

from collections.abc import Mapping
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


def figures(scope: Scope, now: datetime) -> dict[str, dict[str, Any]]:
    """Every clock of a scope that has begun to run for something, as plain data."""
    every = {key: _counted(clock, scope, now) for key, clock in clocks.items()}
    return {key: numbers for key, numbers in every.items() if any(numbers.values())}


def kept(scope: Scope, counted: Mapping[str, Mapping[str, Any]], now: datetime) -> list[Kept]:
    """The clocks in their order with their words, and what waits longest as it stands now."""
    found = sorted(clocks.items(), key=lambda item: (item[1].order, item[0]))
    return [
        Kept(key, str(clock.label), **counted[key], late=_late(clock, scope, now) if counted[key]["overdue"] else [])
        for key, clock in found
        if key in counted
    ]


def _rows(clock: Clock, scope: Scope, now: datetime) -> Any:
    promised = ExpressionWrapper(F(clock.days) * Value(timedelta(days=1)), output_field=DurationField())
    rows = clock.rows(scope).filter(**{f"{clock.begun}__lte": now, f"{clock.days}__isnull": False})
    return rows.annotate(s_due=Cast(F(clock.begun) + promised, DateTimeField()))


def _counted(clock: Clock, scope: Scope, now: datetime) -> dict[str, Any]:
    rows = _rows(clock, scope, now).order_by()
    sql, params = rows.values("s_due", s_begun=F(clock.begun), s_ended=F(clock.ended)).query.sql_with_params()
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
    return {
        "in_time": in_time,
        "too_late": too_late,
        "waiting": waiting,
        "overdue": overdue,
        "median_answer": _days(answer),
        "median_overdue": _days(lateness),
    }


def _late(clock: Clock, scope: Scope, now: datetime) -> list[Late]:
    late = _rows(clock, scope, now).filter(**{f"{clock.ended}__isnull": True}, s_due__lt=now)
    return [
        Late(clock.title(row), clock.url(row), (now - row.s_begun).days, (now - row.s_due).days)
        for row in late.annotate(s_begun=F(clock.begun)).order_by("s_begun", "pk")[:LONGEST]
    ]


def _days(seconds: Any) -> float | None:
    return None if seconds is None else round(float(seconds) / 86_400, 1)
