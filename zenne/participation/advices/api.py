"""Advices, what they recommend and what was answered, for other software."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.clock import in_brussels
from zenne.core.errors import NotFound
from zenne.core.languages import LANGUAGES
from zenne.opendata.api.kinds import Resource, resources
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.representations import Number, Slug, Words, absolute, at, words
from zenne.participation.decisions.enums import CommitmentState
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process

from . import queries
from .enums import AdviceState, Verdict
from .models import Advice as AdviceRow
from .models import Recommendation as RecommendationRow

router = Router()


class AdviceAnswer(BaseModel):
    """What the body says of one recommendation."""

    verdict: Verdict
    reason: Words
    promise: CommitmentState | None = Field(description="How far what was promised is; null where it was refused.")


class Recommendation(BaseModel):
    """One thing that an advice asks."""

    position: int
    title: Words
    text: Words
    answer: AdviceAnswer | None = Field(description="Null until the whole answer is public.")
    url: str


class Advice(BaseModel):
    """What a panel, a council or a jury recommends to a body, and what came of it."""

    id: int = Field(examples=[3])
    number: int = Field(description="Its number within the process, as in its address.")
    process: str = Field(examples=["our-squares"])
    body: Words = Field(description="Who must answer.")
    issuer: Words = Field(description="Who advises.")
    title: Words
    text: Words
    state: AdviceState
    issued_at: datetime
    due_on: date = Field(description="The day by which the body must answer.")
    answered_at: datetime | None
    days_late: int = Field(description="How many days the answer is overdue, or came too late; 0 where it is not.")
    statement: Words = Field(description="What the body says of the whole; empty until it has answered.")
    reference: str = Field(description="As in the minutes of the body.")
    withdrawn_at: datetime | None
    withdrawal: Words
    url: str
    links: dict[str, str]


class FullAdvice(Advice):
    recommendations: list[Recommendation]


NOTHING = Words(**dict.fromkeys(LANGUAGES))


def _advice(row: AdviceRow, today: date) -> dict[str, Any]:
    answered = row.state == AdviceState.ANSWERED
    return {
        "id": row.pk,
        "number": row.number,
        "process": row.process.slug,
        "body": words(row.body, "name"),
        "issuer": words(row, "issuer"),
        "title": words(row, "title"),
        "text": words(row, "text"),
        "state": AdviceState(row.state),
        "issued_at": row.issued_at,
        "due_on": row.due_on,
        "answered_at": row.answered_at,
        "days_late": row.days_late(today),
        "statement": words(row, "statement") if answered else NOTHING,
        "reference": row.reference if answered else "",
        "withdrawn_at": row.withdrawn_at,
        "withdrawal": words(row, "withdrawal"),
        "url": absolute(row.get_absolute_url()),
        "links": {"process": at(f"/processes/{row.process.slug}")},
    }


def _recommendation(row: AdviceRow, each: RecommendationRow) -> Recommendation:
    said = None
    if row.state == AdviceState.ANSWERED:
        promise = each.answer.commitment
        said = AdviceAnswer(
            verdict=Verdict(each.answer.verdict),
            reason=words(each.answer, "reason"),
            promise=CommitmentState(promise.state) if promise else None,
        )
    return Recommendation(
        position=each.position,
        title=words(each, "title"),
        text=words(each, "text"),
        answer=said,
        url=absolute(f"{row.get_absolute_url()}#recommendation-{each.position}"),
    )


def _full(row: AdviceRow, today: date) -> FullAdvice:
    asked = [_recommendation(row, each) for each in row.recommendations.all()]
    return FullAdvice(**_advice(row, today), recommendations=asked)


def _today(request: HttpRequest) -> date:
    return in_brussels(request.now).date()  # type: ignore[attr-defined]


def _rows() -> QuerySet[AdviceRow]:
    return queries.with_recommendations(queries.public())


@router.get("/processes/{slug}/advices", response=Page[Advice], summary="The advices of a process")
def advices(request: HttpRequest, slug: Slug, paging: Query[Paging]) -> Page[Advice]:
    """What was recommended to authorities in it, the latest first; what was withdrawn stays, with the reason."""
    if not Process.objects.filter(slug=slug).exclude(state=ProcessState.DRAFT).exists():
        raise NotFound(_("There is no process at this address."))
    today = _today(request)
    rows = queries.public().filter(process__slug=slug)
    shown = lambda row: Advice(**_advice(row, today))  # noqa: E731 - the day of this request goes along
    return page_of(request, rows, paging, order=("-issued_at", "-id"), shown=shown, of=Advice)


@router.get("/advices/{number}", response=FullAdvice, summary="One advice")
def advice(request: HttpRequest, number: Number) -> FullAdvice:
    """With each recommendation, and what was answered and promised."""
    row = _rows().filter(pk=number).first()
    if row is None:
        raise NotFound(_("There is no advice with this number."))
    return _full(row, _today(request))


def represent(number: int, now: datetime) -> FullAdvice | None:
    row = _rows().filter(pk=number).first()
    return _full(row, in_brussels(now).date()) if row else None


resources.register(
    "advices",
    Resource(
        gettext_lazy("Advices"),
        router,
        represent=represent,
        about=gettext_lazy(
            "What citizens’ panels, councils and juries recommend to authorities, what these answer, and how late."
        ),
        order=57,
    ),
)
