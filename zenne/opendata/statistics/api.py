"""The numbers, as other software reads them: hidden where the pages hide."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.errors import NotFound
from zenne.opendata.api.kinds import Resource, resources
from zenne.opendata.api.representations import Slug
from zenne.people.organisations.queries import visible_to

from . import boards, queries
from .enums import Period, Step
from .kinds import Scope, grounds

router = Router()

HIDDEN = "null where it would tell of fewer than 10 people, or would let such a number be computed"


class Figure(BaseModel):
    """A figure for the whole."""

    key: str = Field(examples=["ideas"])
    label: str
    number: int | None = Field(description=HIDDEN)
    other: int | None = Field(
        description="The same in the stretch of the same length before; from the beginning, what the last 30 days added"
    )


class Column(BaseModel):
    key: str
    label: str


class Line(BaseModel):
    key: str = Field(description="Empty for what is not known")
    label: str
    values: list[int | None] = Field(description=f"In the order of the columns; {HIDDEN}")


class Table(BaseModel):
    """One split of the numbers."""

    key: str = Field(examples=["theme"])
    title: str
    columns: list[Column]
    rows: list[Line]


class Group(BaseModel):
    """Shares in percent, of the inhabitants and of those who took part; `low` and `high` are what chance could make of the latter."""

    key: str
    label: str
    inhabitants: float
    took_part: float | None = Field(description=HIDDEN)
    low: float | None
    high: float | None
    telling: bool = Field(description="Chance alone would hardly make this gap")


class Comparison(BaseModel):
    """Those who took part beside those who live there."""

    trait: str = Field(examples=["age"])
    area: str
    at: date
    people: int
    known: int
    groups: list[Group]
    sentences: list[str]


class Clock(BaseModel):
    """How the administration keeps its promise to answer: numbers of things, medians in days."""

    key: str
    label: str
    in_time: int
    too_late: int
    waiting: int
    overdue: int
    median_answer: float | None
    median_overdue: float | None


class Statistics(BaseModel):
    """All numbers of a process or an organisation in a period that ends today."""

    period: Period
    step: Step
    counted_at: datetime
    totals: list[Figure]
    tables: list[Table]
    comparisons: list[Comparison]
    clocks: list[Clock]


class Asked(BaseModel):
    period: Period = Field(
        Period.ALL, description="Of these only: two periods that differ by a day would tell of single people."
    )


@router.get("/organisations/{slug}/statistics", response=Statistics, summary="Numbers of an organisation")
def organisation_statistics(request: HttpRequest, slug: Slug, asked: Query[Asked]) -> Statistics:
    """Everything that it runs."""
    organisation = visible_to(None).filter(slug=slug).first()
    if organisation is None:
        raise NotFound(_("There is no organisation at this address."))
    return _shown(Scope.organisation(organisation.pk), asked, request)


@router.get("/processes/{slug}/statistics", response=Statistics, summary="Numbers of a process")
def process_statistics(request: HttpRequest, slug: Slug, asked: Query[Asked]) -> Statistics:
    """Who takes part, with what, and whether the answers come in time."""
    found = [number for ground in grounds.values() if (number := ground.process(slug)) is not None]
    if not found:
        raise NotFound(_("There is no process at this address."))
    return _shown(Scope.process(found[0]), asked, request)


def _shown(scope: Scope, asked: Asked, request: HttpRequest) -> Statistics:
    board = queries.board(scope, asked.period, now=request.now)  # type: ignore[attr-defined]
    return Statistics(
        period=board.period,
        step=board.step,
        counted_at=board.counted_at,
        totals=[Figure(key=one.key, label=one.label, number=one.number, other=one.other) for one in board.totals],
        tables=[_table(table) for table in board.tables],
        comparisons=[_comparison(one) for one in board.comparisons],
        clocks=[Clock(**{name: getattr(one, name) for name in Clock.model_fields}) for one in board.clocks],
    )


def _table(table: boards.Table) -> Table:
    return Table(
        key=table.key,
        title=table.title,
        columns=[Column(key=column.key, label=column.label) for column in table.columns],
        rows=[Line(key=row.key, label=row.label, values=list(row.values)) for row in table.rows],
    )


def _comparison(one: Any) -> Comparison:
    return Comparison(
        trait=one.trait,
        area=one.area,
        at=one.at,
        people=one.people,
        known=one.known,
        sentences=list(one.sentences),
        groups=[
            Group(
                key=group.key,
                label=group.label,
                inhabitants=round(group.area, 1),
                took_part=_rounded(group.part),
                low=_rounded(group.low),
                high=_rounded(group.high),
                telling=group.telling,
            )
            for group in one.groups
        ],
    )


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 1)


resources.register(
    "statistics",
    Resource(
        _("Numbers"),
        router,
        about=_("Who takes part, what it is about, and whether the answers come in time."),
        order=80,
    ),
)
