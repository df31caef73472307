"""Indicators for other software: what each is, where it stands, every value that was published, and its frozen definitions."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.errors import NotFound
from zenne.opendata.api.graphs import GRAPH, Wish, asked, graph_answer
from zenne.opendata.api.kinds import Resource, narrowed, resources
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.representations import Slug, Words, absolute, at, words

from . import queries
from .enums import Direction, Evidence, Frequency, IndicatorState, Light, MeasurementState, Nature
from .linked import graph_of, graph_of_all
from .models import Indicator as IndicatorRow
from .models import Measurement as MeasurementRow
from .standing import Standing

router = Router()


class Baseline(BaseModel):
    value: Decimal
    on: date
    evidence: Evidence


class Aim(BaseModel):
    """What is aimed at on a day; between two of them the path runs straight."""

    day: date
    value: Decimal


class IndicatorStanding(BaseModel):
    """Where it stands. `light` is grey while nothing recent enough is known: never green."""

    light: Light
    late: bool
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    start: date | None
    end: date | None
    evidence: Evidence | None
    aim: Decimal | None = Field(description="What was aimed at on the last day of the period.")
    ahead: Decimal | None = Field(description="How far it is ahead in the good direction; negative: behind.")


class FrozenDefinition(BaseModel):
    """What it was when it was frozen, word for word: `url` gives the characters that `sha256` is of."""

    number: int
    sha256: str
    frozen_at: datetime
    because: Words
    url: str


class Indicator(BaseModel):
    """Something that is measured, against what was meant."""

    id: int = Field(examples=[7])
    slug: str = Field(examples=["water-use"])
    organisation: str
    name: Words
    meaning: Words
    nature: Nature
    unit: str = Field(description="Empty for a plain number.", examples=["kWh"])
    direction: Direction
    frequency: Frequency
    evidence: Evidence
    owner: Words
    source: Words
    source_url: str
    expression: str = Field(description="How it is computed from others; empty where its values are given.")
    series: str
    bounds: tuple[Decimal | None, Decimal | None]
    baseline: Baseline | None
    state: IndicatorState
    standing: IndicatorStanding
    url: str
    links: dict[str, str]


class FullIndicator(Indicator):
    levels: list[tuple[int, Words]]
    targets: list[Aim]
    definitions: list[FrozenDefinition]


class Measurement(BaseModel):
    """A published value. A revised one stays, with what took its place at a higher `revision`."""

    id: int
    area: str | None = Field(description="The official code of its area; null for the whole.")
    start: date
    end: date
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    evidence: Evidence
    state: MeasurementState
    revision: int
    because: Words = Field(description="Why it took the place of another.")
    note: Words
    published_at: datetime


def _standing(found: Standing) -> IndicatorStanding:
    names = ("value", "low", "high", "start", "end", "aim", "ahead")
    evidence = Evidence(found.evidence) if found.evidence else None
    given = {name: getattr(found, name) for name in names}
    return IndicatorStanding(light=Light(found.light), late=found.late, evidence=evidence, **given)


def _indicator(row: IndicatorRow, standing: Standing) -> dict[str, Any]:
    baseline = None
    if row.baseline_value is not None and row.baseline_on is not None:
        evidence = Evidence(row.baseline_evidence)
        baseline = Baseline(value=row.baseline_value, on=row.baseline_on, evidence=evidence)
    plain = ("slug", "unit", "source_url", "expression", "series")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in plain},
        **{name: words(row, name) for name in ("name", "meaning", "owner", "source")},
        "organisation": row.organisation.slug,
        "nature": Nature(row.nature),
        "direction": Direction(row.direction),
        "frequency": Frequency(row.frequency),
        "evidence": Evidence(row.evidence),
        "bounds": (row.least, row.most),
        "baseline": baseline,
        "state": IndicatorState(row.state),
        "standing": _standing(standing),
        "url": absolute(row.get_absolute_url()),
        "links": {"measurements": at(f"/indicators/{row.slug}/measurements")},
    }


def _full(row: IndicatorRow, now: datetime) -> FullIndicator:
    definitions = [
        FrozenDefinition(
            number=each.number,
            sha256=each.sha256,
            frozen_at=each.frozen_at,
            because=words(each, "because"),
            url=absolute(f"{row.get_absolute_url()}definitions/{each.number}.json"),
        )
        for each in row.definitions.order_by("-number")
    ]
    return FullIndicator(
        **_indicator(row, queries.light(row, now=now)),
        levels=[(each.value, words(each, "words")) for each in row.levels.order_by("value")],
        targets=[Aim(day=each.day, value=each.value) for each in row.targets.order_by("day")],
        definitions=definitions,
    )


def _measurement(row: MeasurementRow) -> Measurement:
    return Measurement(
        id=row.pk,
        area=row.area.code if row.area else None,
        **{name: getattr(row, name) for name in ("start", "end", "value", "low", "high", "revision", "published_at")},
        evidence=Evidence(row.evidence),
        state=MeasurementState(row.state),
        because=words(row, "because"),
        note=words(row, "note"),
    )


@router.get("/indicators", response=Page[Indicator], summary="Indicators", openapi_extra=GRAPH)
def indicators(request: HttpRequest, paging: Query[Paging], wish: Query[Wish]) -> Page[Indicator] | HttpResponse:
    """What is measured and what was, in the order in which they were made."""
    rows: QuerySet[IndicatorRow] = narrowed("indicators", request, queries.public())
    found = page_of(request, rows, paging, order=("id",), shown=lambda row: row, of=object)
    if kind := asked(request):
        return graph_answer(kind, graph_of_all(found.items), found.next)
    lights = queries.lights(found.items, now=request.now)  # type: ignore[attr-defined]
    items = [Indicator(**_indicator(row, lights[row.pk])) for row in found.items]
    return Page[Indicator](items=items, next=found.next)


@router.get("/indicators/{slug}", response=FullIndicator, summary="One indicator", openapi_extra=GRAPH)
def indicator(request: HttpRequest, slug: Slug, wish: Query[Wish]) -> FullIndicator | HttpResponse:
    """With its targets, its levels and its frozen definitions; as linked data, with its values."""
    row, kind = _row(slug), asked(request)
    return graph_answer(kind, graph_of(row)) if kind else _full(row, request.now)  # type: ignore[attr-defined]


@router.get("/indicators/{slug}/measurements", response=Page[Measurement], summary="The values of an indicator")
def indicator_measurements(request: HttpRequest, slug: Slug, paging: Query[Paging]) -> Page[Measurement]:
    """Every value that was published, those revised since too, the last published first."""
    rows = queries.all_published(_row(slug))
    return page_of(request, rows, paging, order=("-id",), shown=_measurement, of=Measurement)


def _row(slug: str) -> IndicatorRow:
    found = queries.public().filter(slug=slug).first()
    if found is None:
        raise NotFound(_("There is no indicator at this address."))
    return found


def represent(number: int, now: datetime) -> FullIndicator | None:
    row = queries.public().filter(pk=number).first()
    return _full(row, now) if row else None


resources.register(
    "indicators",
    Resource(
        gettext_lazy("Indicators"),
        router,
        represent=represent,
        about=gettext_lazy("What is measured, against which baseline and target, with every value that was published."),
        order=62,
    ),
)
