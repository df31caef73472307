"""What bodies decide, what was promised and how far it is, for other software."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.clock import in_brussels
from zenne.core.errors import NotFound
from zenne.opendata.api.graphs import GRAPH, Wish, asked, graph_answer
from zenne.opendata.api.kinds import Resource, narrowed, resources
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.representations import Number, Slug, Words, absolute, at, words
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process

from . import queries
from .enums import BodyRole, CommitmentState
from .graph import graph_of
from .kinds import Origin, origins_of
from .models import Commitment as CommitmentRow
from .models import Decision as DecisionRow
from .models import Milestone as MilestoneRow

router = Router()
decision_router = Router()


class Decision(BaseModel):
    """What a College, a council or another body decided: about ideas, or about anything else."""

    id: int = Field(examples=[7])
    body: Words = Field(description="Who decided.")
    role: BodyRole = Field(description="What that body is to its organisation.")
    reference: str = Field(description="As in the minutes of the body.", examples=["2026/0617/12"])
    decided_on: date
    published_at: datetime
    title: Words
    statement: Words
    annulled: bool = Field(description="It was about ideas, and does not stand any more.")
    process: str | None = Field(description="Whose ideas it is about; null where it is about something else.")
    selection: int | None = Field(
        description="The selection it left, with a reason for each idea; null where it is about something else."
    )
    url: str
    links: dict[str, str]


class Milestone(BaseModel):
    """A step of a commitment with its day. `first_due_on` never changes: a day that was moved is seen."""

    title: Words
    first_due_on: date
    due_on: date
    done_on: date | None
    late: bool


class Commitment(BaseModel):
    """What was promised, when an idea was accepted or in answer to something else, and how far it is."""

    id: int = Field(examples=[4])
    process: str = Field(examples=["our-squares"])
    title: Words = Field(description="Its own, where it answers no idea.")
    idea: int | None = Field(
        description="The idea that was accepted; null where it answers something else.", examples=[21]
    )
    decision: Decision | None = Field(description="The decision it stands in; null where it answers something else.")
    answers: str | None = Field(description="The page of what it answers, where that is no idea.")
    state: CommitmentState
    reason: Words = Field(description="Why it stopped, or was taken up again.")
    changed_at: datetime
    late: bool = Field(description="Whether a milestone is not done by its day.")
    milestones: list[Milestone]
    links: dict[str, str]


def commitment_shown(row: CommitmentRow, origin: Origin | None, now: datetime) -> Commitment:
    """Of one read by `queries.commitments`, with what it answers (`kinds.origins_of`)."""
    today = in_brussels(now).date()
    milestones = [_milestone(step, row, today) for step in row.milestones.all()]
    return Commitment(
        id=row.pk,
        process=row.process.slug,
        title=words(row, "title"),
        idea=row.idea_id,
        decision=decision_shown(row.decision) if row.decision else None,
        answers=absolute(origin.url) if origin else None,
        state=CommitmentState(row.state),
        reason=words(row, "reason"),
        changed_at=row.changed_at,
        late=any(step.late for step in milestones),
        milestones=milestones,
        links=_links(row),
    )


def _links(row: CommitmentRow) -> dict[str, str]:
    if row.decision is None:
        return {}
    return {"idea": at(f"/ideas/{row.idea_id}"), "selection": at(f"/selections/{row.decision.selection_id}")}


def _page(
    request: HttpRequest, rows: QuerySet[CommitmentRow], paging: Paging, order: tuple[str, ...]
) -> Page[Commitment]:
    """One page; what its promises answer is asked once for all of them."""
    found = page_of(request, rows, paging, order=order, shown=lambda row: row, of=object)
    origins, now = origins_of(found.items), request.now  # type: ignore[attr-defined]
    items = [commitment_shown(row, origins.get(row.pk), now) for row in found.items]
    return Page[Commitment](items=items, next=found.next)


def decision_shown(row: DecisionRow) -> Decision:
    """Of a published one, with its body, process and selection."""
    assert row.published_at is not None
    links = {"organisation": at(f"/organisations/{row.organisation.slug}")}
    if row.process is not None:
        links |= {"process": at(f"/processes/{row.process.slug}"), "selection": at(f"/selections/{row.selection_id}")}
    return Decision(
        id=row.pk,
        body=words(row.body, "name"),
        role=BodyRole(row.body.role),
        reference=row.reference,
        decided_on=row.decided_on,
        published_at=row.published_at,
        title=words(row, "title"),
        statement=words(row, "statement"),
        annulled=row.annulled,
        process=row.process.slug if row.process else None,
        selection=row.selection_id,
        url=absolute(row.get_absolute_url()),
        links=links,
    )


def _milestone(row: MilestoneRow, commitment: CommitmentRow, today: date) -> Milestone:
    row.commitment = commitment
    return Milestone(
        title=words(row, "title"),
        first_due_on=row.first_due_on,
        due_on=row.due_on,
        done_on=row.done_on,
        late=row.late(today),
    )


@decision_router.get("/decisions", response=Page[Decision], summary="The decisions of authorities", openapi_extra=GRAPH)
def decisions(request: HttpRequest, paging: Query[Paging], wish: Query[Wish]) -> Page[Decision] | HttpResponse:
    """Everything that a College, a council or another body decided and published, the latest first: about ideas, plans, projects or money."""
    rows, order, kind = narrowed("decisions", request, queries.published()), ("-published_at", "-id"), asked(request)
    if kind is None:
        return page_of(request, rows, paging, order=order, shown=decision_shown, of=Decision)
    found = page_of(request, rows, paging, order=order, shown=lambda row: row, of=object)
    return graph_answer(kind, graph_of(found.items), found.next)


@decision_router.get(
    "/decisions/{number}", response=Decision, summary="One decision of an authority", openapi_extra=GRAPH
)
def authority_decision(request: HttpRequest, number: Number, wish: Query[Wish]) -> Decision | HttpResponse:
    """Who decided what, when, and where it stands."""
    row = queries.published().filter(pk=number).first()
    if row is None:
        raise NotFound(_("There is no decision with this number."))
    kind = asked(request)
    return graph_answer(kind, graph_of([row])) if kind else decision_shown(row)


def decided(number: int, now: datetime) -> Decision | None:
    row = queries.published().filter(pk=number).first()
    return decision_shown(row) if row else None


@router.get("/processes/{slug}/commitments", response=Page[Commitment], summary="The commitments of a process")
def commitments(request: HttpRequest, slug: Slug, paging: Query[Paging]) -> Page[Commitment]:
    """What authorities promised, the latest first. Nothing is said of decisions that were annulled."""
    if not Process.objects.filter(slug=slug).exclude(state=ProcessState.DRAFT).exists():
        raise NotFound(_("There is no process at this address."))
    return _page(request, queries.open_to_all().filter(process__slug=slug), paging, ("-id",))


@router.get("/commitments/{number}", response=Commitment, summary="One commitment")
def commitment(request: HttpRequest, number: Number) -> Commitment:
    """With its milestones."""
    found = represent(number, request.now)  # type: ignore[attr-defined]
    if found is None:
        raise NotFound(_("There is no commitment with this number."))
    return found


@router.get("/ideas/{number}/commitments", response=Page[Commitment], summary="The commitments about one idea")
def idea_commitments(request: HttpRequest, number: Number, paging: Query[Paging]) -> Page[Commitment]:
    """What was promised of it, the first promise first."""
    if not Idea.objects.filter(pk=number, listed=True).exclude(process__state=ProcessState.DRAFT).exists():
        raise NotFound(_("There is no idea at this address."))
    return _page(request, queries.open_to_all().filter(idea=number), paging, ("id",))


def represent(number: int, now: datetime) -> Commitment | None:
    row = queries.open_to_all().filter(pk=number).first()
    return commitment_shown(row, origins_of([row]).get(row.pk), now) if row else None


resources.register(
    "decisions",
    Resource(
        gettext_lazy("Decisions of authorities"),
        decision_router,
        represent=decided,
        about=gettext_lazy("What Colleges, councils and other bodies decided: about ideas, plans, projects or money."),
        order=56,
    ),
)
resources.register(
    "commitments",
    Resource(
        gettext_lazy("Commitments"),
        router,
        represent=represent,
        about=gettext_lazy("What authorities promised: its state, its milestones, and what is late."),
        order=58,
    ),
)
