"""What services found of ideas, for other software."""

from datetime import date, datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.clock import in_brussels
from zenne.core.errors import NotFound
from zenne.opendata.api.kinds import Resource, resources
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.representations import Number, Slug, Words, at, words
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process

from . import queries
from .enums import Obstacle, StudyState
from .models import Study as StudyRow

router = Router()


class Study(BaseModel):
    """One idea studied by one service. What it found stands here from its answer on."""

    id: int = Field(examples=[9])
    process: str = Field(examples=["our-squares"])
    activity: int
    idea: int = Field(examples=[21])
    service: Words
    state: StudyState
    sent_at: datetime
    due_on: date
    late: bool = Field(description="Whether the answer is overdue; while an author adapts the idea, it is not.")
    answered_at: datetime | None
    cost_cents: int | None = Field(description="What carrying it out costs, in cents of a euro.", examples=[1250000])
    delay_months: int | None = Field(description="How many months carrying it out takes.")
    obstacle: Obstacle | None = Field(description="What stands in the way of an idea that is not feasible.")
    reason: Words = Field(description="The public words of the service: why not, what to adapt, or what to know.")
    ground: Words = Field(description="The legal ground.")
    links: dict[str, str]


def study_shown(row: StudyRow, now: datetime) -> Study:
    answered = row.answered_at is not None
    return Study(
        id=row.pk,
        process=row.idea.process.slug,
        activity=row.feasibility_id,
        idea=row.idea_id,
        service=words(row.service, "name"),
        state=StudyState(row.state),
        sent_at=row.requested_at,
        due_on=row.due_on,
        late=row.late(in_brussels(now).date()),
        answered_at=row.answered_at,
        cost_cents=row.cost_cents if answered else None,
        delay_months=row.delay_months if answered else None,
        obstacle=Obstacle(row.obstacle) if row.obstacle else None,
        reason=words(row, "reason") if answered else Words(),
        ground=words(row, "ground") if answered else Words(),
        links={"idea": at(f"/ideas/{row.idea_id}"), "activity": at(f"/activities/{row.feasibility_id}")},
    )


@router.get("/processes/{slug}/studies", response=Page[Study], summary="The feasibility studies of a process")
def studies(request: HttpRequest, slug: Slug, paging: Query[Paging]) -> Page[Study]:
    """One for each idea and service, the latest sent first."""
    if not Process.objects.filter(slug=slug).exclude(state=ProcessState.DRAFT).exists():
        raise NotFound(_("There is no process at this address."))
    now = request.now  # type: ignore[attr-defined]
    rows = queries.public().filter(idea__process__slug=slug)
    return page_of(request, rows, paging, order=("-id",), shown=lambda row: study_shown(row, now), of=Study)


@router.get("/studies/{number}", response=Study, summary="One feasibility study")
def study(request: HttpRequest, number: Number) -> Study:
    """What the service found stands in it from its answer on."""
    found = represent(number, request.now)  # type: ignore[attr-defined]
    if found is None:
        raise NotFound(_("There is no study with this number."))
    return found


@router.get("/ideas/{number}/studies", response=Page[Study], summary="The feasibility studies of one idea")
def idea_studies(request: HttpRequest, number: Number, paging: Query[Paging]) -> Page[Study]:
    """What each service found of it, the first sent first."""
    if not Idea.objects.filter(pk=number, listed=True).exclude(process__state=ProcessState.DRAFT).exists():
        raise NotFound(_("There is no idea at this address."))
    now = request.now  # type: ignore[attr-defined]
    rows = queries.public().filter(idea=number)
    return page_of(request, rows, paging, order=("id",), shown=lambda row: study_shown(row, now), of=Study)


def represent(number: int, now: datetime) -> Study | None:
    row = queries.public().filter(pk=number).first()
    return study_shown(row, now) if row else None


resources.register(
    "studies",
    Resource(
        gettext_lazy("Feasibility studies"),
        router,
        represent=represent,
        about=gettext_lazy(
            "What services found of ideas: at what cost and within which time they can be carried out, or why not."
        ),
        order=52,
    ),
)
