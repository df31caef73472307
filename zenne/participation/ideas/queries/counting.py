"""How many: exact up to a point, and honest beyond it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, Sum

from zenne.participation.processes.models import Process

from ..models import Idea, Tally

MOST = 10_000
#: Fewer where words are searched: each candidate's words are compared.
MOST_FOUND = 1_000


@dataclass(frozen=True)
class Count:
    """`number`, or more when `capped`: nobody needs the last digit of a million."""

    number: int
    capped: bool = False


def counted(ideas: QuerySet[Idea], most: int = MOST) -> Count:
    """The number of ideas, looking at no more than `most` of them: whichever the database meets first, since any order would make it look at all."""
    number = seen_in(ideas, most + 1)
    return Count(min(number, most), number > most)


def seen_in(ideas: QuerySet[Idea, Any], most: int) -> int:
    """How many there are, but no more than `most`.

    Planned as if all were wanted and then broken off: with the bound in sight PostgreSQL would rather read the table from its beginning, which is
    soon enough for what many ideas have, and reads it to its end for what few have.
    """
    try:
        sql, params = ideas.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connections[ideas.db].cursor() as cursor:
        cursor.execute(
            f"with seen as materialized ({sql}) select count(*) from (select from seen limit %s) most",  # noqa: S608 - Django's own
            [*params, most],
        )
        return int(cursor.fetchone()[0])


@dataclass(frozen=True)
class Figures:
    """What public ideas add up to: how many, the supports and comments they have, and how many were answered."""

    ideas: int
    supports: int
    comments: int
    answered: int


def figures_of(process: Process) -> Figures:
    """What a project's page says in figures. Exact, and as quick for a million ideas as for ten."""
    return figures_among(Process.objects.filter(pk=process.pk))


def figures_among(processes: QuerySet[Process]) -> Figures:
    sums = Tally.objects.filter(process__in=processes.order_by().values("pk")).aggregate(
        **{name: Sum(name, default=0) for name in ("ideas", "supports", "comments", "answered")}
    )
    return Figures(**sums)
