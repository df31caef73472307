"""Bodies, their sittings and the reports they were put before, for other software."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.clock import in_brussels
from zenne.core.errors import NotFound
from zenne.opendata.api.kinds import Resource, narrowed, resources
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.representations import Number, Words, absolute, at, words
from zenne.participation.decisions.enums import BodyRole
from zenne.participation.decisions.models import Body as BodyRow

from . import queries
from .enums import ItemKind, SittingState
from .models import Item as ItemRow
from .models import Review as ReviewRow
from .models import Seat as SeatRow
from .models import Sitting as SittingRow

# words of their own: a selection has outcomes too and statistics have steps, and a name stands once in the description
RoundStep = Literal["measure", "report", "revision", "decision", "budget", "closed"]
Resolved = Literal["adopted", "refused", "postponed"]
body_router, sitting_router, review_router = Router(), Router(), Router()


class Member(BaseModel):
    """Who sits in a body, as what, since when."""

    name: str
    part: Words
    since: date
    until: date | None


class GoverningBody(BaseModel):
    """A College, a council, a committee, a department or another body."""

    id: int = Field(examples=[2])
    name: Words
    role: BodyRole
    members: list[Member] = Field(description="Those who sit in it today.")
    url: str
    links: dict[str, str]


class AgendaItem(BaseModel):
    """One thing on an agenda, and what became of it. A confidential one has no words."""

    position: int
    kind: ItemKind
    confidential: bool
    title: Words | None
    outcome: Resolved | None = Field(description="Null until it is entered, and for what is not for decision.")
    reference: str = Field(description="As in the minutes of the body.")
    decision: int | None = Field(description="The number of the decision that it left.")


class Sitting(BaseModel):
    """A body meets: when, where, about what."""

    id: int = Field(examples=[9])
    body: int
    starts_at: datetime
    place: str
    state: SittingState
    items: list[AgendaItem]
    minutes: Words | None = Field(description="Null until they are public.")
    url: str
    links: dict[str, str]


class PlanReview(BaseModel):
    """The periodic round of a plan, with the report that its body was shown."""

    id: int = Field(examples=[4])
    plan: str = Field(examples=["smart-city-2030"])
    body: int
    starts_on: date
    ends_on: date
    step: RoundStep
    reported_at: datetime
    digest: str = Field(description="SHA-256 of the data of the report.")
    decision: int | None
    closed_at: datetime | None
    url: str
    links: dict[str, str]


def _member(row: SeatRow) -> Member:
    return Member(name=row.name, part=words(row, "part"), since=row.since, until=row.until)


def _body(row: BodyRow) -> GoverningBody:
    """Of one read with who sits in it (`queries.with_seats`)."""
    return GoverningBody(
        id=row.pk,
        name=words(row, "name"),
        role=BodyRole(row.role),
        members=[_member(seat) for seat in row.sitting_today],  # type: ignore[attr-defined]
        url=absolute(f"/governance/bodies/{row.pk}/"),
        links={
            "organisation": at(f"/organisations/{row.organisation.slug}"),
            "sittings": at(f"/sittings?body={row.pk}"),
        },
    )


def _item(row: ItemRow) -> AgendaItem:
    made = getattr(row, "resolution", None)
    return AgendaItem(
        position=row.position,
        kind=ItemKind(row.kind),
        confidential=row.confidential,
        title=None if row.confidential else words(row, "title"),
        outcome=made.outcome if made else None,
        reference=made.reference if made and not row.confidential else "",
        decision=made.decision_id if made else None,
    )


def _sitting(row: SittingRow) -> Sitting:
    """Of one read with its agenda (`queries.with_agenda`)."""
    public = row.state == SittingState.PUBLISHED
    return Sitting(
        id=row.pk,
        body=row.body_id,
        starts_at=row.starts_at,
        place=row.place,
        state=SittingState(row.state),
        items=[_item(item) for item in row.items.all()],
        minutes=words(row, "minutes") if public else None,
        url=absolute(row.get_absolute_url()),
        links={"body": at(f"/bodies/{row.body_id}")},
    )


def _review(row: ReviewRow) -> PlanReview:
    assert row.reported_at is not None  # of public ones only
    links: dict[str, Any] = {
        "body": at(f"/bodies/{row.body_id}"),
        "data": absolute(f"{row.get_absolute_url()}report.json"),
    }
    if row.decision_id:
        links["decision"] = at(f"/decisions/{row.decision_id}")
    return PlanReview(
        id=row.pk,
        plan=row.plan.slug,
        body=row.body_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        step=row.state,
        reported_at=row.reported_at,
        digest=row.digest,
        decision=row.decision_id,
        closed_at=row.closed_at,
        url=absolute(row.get_absolute_url()),
        links=links,
    )


def _today(now: datetime) -> date:
    return in_brussels(now).date()


@body_router.get("/bodies", response=Page[GoverningBody], summary="The bodies")
def bodies(request: HttpRequest, paging: Query[Paging]) -> Page[GoverningBody]:
    """Colleges, councils, committees, departments and other bodies, with who sits in them today."""
    rows = queries.with_seats(queries.bodies(), _today(request.now))  # type: ignore[attr-defined]
    return page_of(request, rows, paging, order=("id",), shown=_body, of=GoverningBody)


@body_router.get("/bodies/{number}", response=GoverningBody, summary="One body")
def governing_body(request: HttpRequest, number: Number) -> GoverningBody:
    """With who sits in it today."""
    found = body_shown(number, request.now)  # type: ignore[attr-defined]
    if found is None:
        raise NotFound(_("There is no body with this number."))
    return found


def body_shown(number: int, now: datetime) -> GoverningBody | None:
    row = queries.with_seats(queries.bodies().filter(pk=number), _today(now)).first()
    return _body(row) if row else None


class OfBody(Paging):
    body: Number | None = Field(None, description="Only those of this body.")  # type: ignore[assignment]


@sitting_router.get("/sittings", response=Page[Sitting], summary="The sittings")
def sittings(request: HttpRequest, paging: Query[OfBody]) -> Page[Sitting]:
    """What bodies were called to, with their agendas and what they resolved, the latest first."""
    rows = queries.with_agenda(narrowed("sittings", request, queries.sittings()))
    if paging.body:
        rows = rows.filter(body=paging.body)
    return page_of(request, rows, paging, order=("-starts_at", "-id"), shown=_sitting, of=Sitting)


@sitting_router.get("/sittings/{number}", response=Sitting, summary="One sitting")
def body_sitting(request: HttpRequest, number: Number) -> Sitting:
    """With its agenda, and its minutes once they are public."""
    found = sitting_shown(number, request.now)  # type: ignore[attr-defined]
    if found is None:
        raise NotFound(_("There is no sitting with this number."))
    return found


def sitting_shown(number: int, now: datetime) -> Sitting | None:
    row = queries.with_agenda(queries.sittings().filter(pk=number)).first()
    return _sitting(row) if row else None


@review_router.get("/reviews", response=Page[PlanReview], summary="The reviews of plans")
def reviews(request: HttpRequest, paging: Query[Paging]) -> Page[PlanReview]:
    """Periodic rounds whose report was made, the latest period first."""
    rows = narrowed("reviews", request, queries.reviews())
    return page_of(request, rows, paging, order=("-ends_on", "-id"), shown=_review, of=PlanReview)


@review_router.get("/reviews/{number}", response=PlanReview, summary="One review of a plan")
def plan_review(request: HttpRequest, number: Number) -> PlanReview:
    """Where it is, and where its report stands."""
    found = review_shown(number, request.now)  # type: ignore[attr-defined]
    if found is None:
        raise NotFound(_("There is no review with this number."))
    return found


def review_shown(number: int, now: datetime) -> PlanReview | None:
    row = queries.reviews().filter(pk=number).first()
    return _review(row) if row else None


resources.register(
    "bodies",
    Resource(
        gettext_lazy("Bodies"),
        body_router,
        represent=body_shown,
        about=gettext_lazy(
            "Who decides, advises and works: Colleges, councils, committees, departments, and their members."
        ),
        order=70,
    ),
)
resources.register(
    "sittings",
    Resource(
        gettext_lazy("Sittings"),
        sitting_router,
        represent=sitting_shown,
        about=gettext_lazy("What bodies are called to, what they resolved, and their minutes."),
        order=71,
    ),
)
resources.register(
    "reviews",
    Resource(
        gettext_lazy("Reviews of plans"),
        review_router,
        represent=review_shown,
        about=gettext_lazy("Measure, report, revise, decide, change the budget: where each round of a plan is."),
        order=72,
    ),
)
