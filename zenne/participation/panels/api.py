"""Panels as other software reads them: what they are asked, how many sit for how long, and the sums of who came."""

from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.errors import NotFound
from zenne.opendata.api.kinds import Resource, resources
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.representations import Number, Slug, Words, absolute, words

from . import queries
from .enums import PanelState
from .models import Panel as PanelRow
from .models import Term as TermRow

router = Router()


class Term(BaseModel):
    """The days for which seats were given, both included."""

    number: int
    begins_on: date
    ends_on: date
    seats: int = Field(description="Seats given in this term, those that ended early included.")


class Panel(BaseModel):
    """People who were drawn to work together for a time."""

    id: int
    process: str
    name: Words
    mandate: Words
    state: PanelState
    size: int = Field(description="How many sit together at most.")
    allowance: int = Field(description="For each meeting attended, in cents.")
    terms: list[Term]
    meetings: int = Field(description="Meetings at which attendance was taken.")
    expected: int = Field(description="Over these meetings, how many seats were taken on their day.")
    attended: int = Field(description="Over these meetings, how many of them were there.")
    formed_at: datetime
    ended_at: datetime | None
    url: str


class PanelFilters(BaseModel):
    process: Slug | None = Field(None, description="The slug of its process.", examples=["our-squares"])


def _public() -> QuerySet[PanelRow]:
    terms = TermRow.objects.annotate(given=Count("seats")).order_by("number")
    rows = queries.public().prefetch_related(Prefetch("terms", terms))
    there = "seats__attendances"
    return rows.annotate(
        meetings_held=Count(f"{there}__meeting", distinct=True),
        expected=Count(there),
        attended=Count(there, filter=Q(**{f"{there}__present": True})),
    )


def _shown(row: PanelRow) -> Panel:
    return Panel(
        id=row.pk,
        process=row.process.slug,
        name=words(row, "name"),
        mandate=words(row, "mandate"),
        state=PanelState(row.state),
        size=row.size,
        allowance=row.allowance,
        terms=[
            Term(number=term.number, begins_on=term.begins_on, ends_on=term.ends_on, seats=term.given)
            for term in row.terms.all()
        ],
        meetings=row.meetings_held,  # type: ignore[attr-defined]  # annotated by _public
        expected=row.expected,  # type: ignore[attr-defined]
        attended=row.attended,  # type: ignore[attr-defined]
        formed_at=row.formed_at,
        ended_at=row.ended_at,
        url=absolute(row.get_absolute_url()),
    )


@router.get("/panels", response=Page[Panel], summary="Panels")
def panels(request: HttpRequest, filters: Query[PanelFilters], paging: Query[Paging]) -> Page[Panel]:
    """The panels of public processes, the newest first. Nobody is named."""
    rows = _public()
    if filters.process:
        rows = rows.filter(process__slug=filters.process)
    return page_of(request, rows, paging, order=("-formed_at", "-id"), shown=_shown, of=Panel)


@router.get("/panels/{number}", response=Panel, summary="One panel")
def panel(request: HttpRequest, number: Number) -> Panel:
    """A panel of a public process."""
    row = _public().filter(pk=number).first()
    if row is None:
        raise NotFound(_("There is no panel with this number."))
    return _shown(row)


def _represent(number: int, now: datetime) -> Panel | None:
    row = _public().filter(pk=number).first()
    return _shown(row) if row else None


resources.register(
    "panels",
    Resource(
        _("Panels of citizens"),
        router,
        represent=_represent,
        about=_("People drawn to work together for a time: how many, for how long, and what they were asked."),
        order=60,
    ),
)
