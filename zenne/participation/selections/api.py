"""Selections and what they say of each idea, for other software."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.errors import NotFound
from zenne.opendata.api.kinds import Resource, resources
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.representations import Number, Slug, Words, absolute, at, words
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process

from .enums import PUBLIC, Outcome, SelectionState
from .models import Choice as ChoiceRow
from .models import Selection as SelectionRow

router = Router()


class ChoiceFigure(BaseModel):
    """A number behind a choice."""

    key: str = Field(examples=["votes"])
    label: Words
    value: int | str = Field(description="An integer, or a text that is exact, such as the fraction `13/4`.")
    said: Words = Field(description="How the page says it; null where it reads well as it is.")


class Choice(BaseModel):
    """What a selection says of one idea."""

    idea: int
    outcome: Outcome
    rank: int | None
    reason: Words
    cost_cents: int | None = Field(description="The cost the decision was taken with, in cents of a euro.")
    figures: list[ChoiceFigure]
    version: int = Field(description="Which words of the idea were decided about: the number of that version.")
    text_digest: str = Field(description="SHA-256 of the title, an empty line and the text of that version, in UTF-8.")
    links: dict[str, str]


class Selection(BaseModel):
    """What something that decides leaves behind: which ideas were kept and which not, by which rule, when, and why."""

    id: int = Field(examples=[3])
    number: int = Field(description="Its number within the process, as in its address.")
    process: str = Field(examples=["our-squares"])
    activity: int | None = Field(description="The activity that decided; null for a decision outside any.")
    source: int | None = Field(description="The selection it began with.")
    title: Words
    statement: Words
    state: SelectionState
    decided_at: datetime
    published_at: datetime
    annulled_at: datetime | None
    annulment: Words
    rule: Words
    rule_digest: str = Field(description="SHA-256 of the frozen rule of its activity; empty where there is none.")
    proof_url: str | None
    url: str


class FullSelection(Selection):
    choices: list[Choice]


def _rows() -> QuerySet[SelectionRow]:
    found = SelectionRow.objects.filter(state__in=PUBLIC).exclude(process__state=ProcessState.DRAFT)
    return found.select_related("process")


def _selection(row: SelectionRow) -> dict[str, Any]:
    plain = ("number", "decided_at", "published_at", "annulled_at", "rule_digest")
    return {name: getattr(row, name) for name in plain} | {
        "id": row.pk,
        "process": row.process.slug,
        "activity": row.activity_id,
        "source": row.source_id,
        "title": words(row, "title"),
        "statement": words(row, "statement"),
        "state": SelectionState(row.state),
        "annulment": words(row, "annulment"),
        "rule": words(row, "rule_text"),
        "proof_url": absolute(row.proof_url) if row.proof_url else None,
        "url": absolute(row.get_absolute_url()),
    }


def selection_shown(row: SelectionRow) -> Selection:
    return Selection(**_selection(row))


def full_selection_shown(row: SelectionRow) -> FullSelection:
    return FullSelection(**_selection(row), choices=[_choice(choice) for choice in row.choices.all()])


def _choice(row: ChoiceRow) -> Choice:
    return Choice(
        idea=row.idea_id,
        outcome=Outcome(row.outcome),
        rank=row.rank,
        reason=words(row, "reason"),
        cost_cents=row.cost_cents,
        figures=[_figure(figure) for figure in row.figures],
        version=row.version or 0,
        text_digest=row.text_digest,
        links={"idea": at(f"/ideas/{row.idea_id}")},
    )


def _figure(plain: dict[str, Any]) -> ChoiceFigure:
    return ChoiceFigure(
        key=plain["key"], label=Words(**plain["label"]), value=plain["value"], said=Words(**plain["said"])
    )


def _full() -> QuerySet[SelectionRow]:
    return _rows().prefetch_related(Prefetch("choices", ChoiceRow.objects.order_by("rank", "id")))


@router.get("/processes/{slug}/selections", response=Page[Selection], summary="The decisions of a process")
def selections(request: HttpRequest, slug: Slug, paging: Query[Paging]) -> Page[Selection]:
    """What was decided about its ideas, the latest first; what was annulled stays, with the reason."""
    if not Process.objects.filter(slug=slug).exclude(state=ProcessState.DRAFT).exists():
        raise NotFound(_("There is no process at this address."))
    rows = _rows().filter(process__slug=slug)
    return page_of(request, rows, paging, order=("-published_at", "-id"), shown=selection_shown, of=Selection)


@router.get("/selections/{number}", response=FullSelection, summary="One decision")
def selection(request: HttpRequest, number: Number) -> FullSelection:
    """With what it says of each idea, and why."""
    row = _full().filter(pk=number).first()
    if row is None:
        raise NotFound(_("There is no selection with this number."))
    return full_selection_shown(row)


@router.get("/ideas/{number}/selections", response=Page[Selection], summary="The decisions about one idea")
def idea_selections(request: HttpRequest, number: Number, paging: Query[Paging]) -> Page[Selection]:
    """Every public decision it went through, the first one first."""
    if not Idea.objects.filter(pk=number, listed=True).exclude(process__state=ProcessState.DRAFT).exists():
        raise NotFound(_("There is no idea at this address."))
    rows = _rows().filter(choices__idea=number)
    return page_of(request, rows, paging, order=("published_at", "id"), shown=selection_shown, of=Selection)


def represent(number: int, now: datetime) -> FullSelection | None:
    row = _full().filter(pk=number).first()
    return full_selection_shown(row) if row else None


resources.register(
    "selections",
    Resource(
        gettext_lazy("Decisions"),
        router,
        represent=represent,
        about=gettext_lazy("What was kept, what was not, and why: the trace of every jury, study, vote and College."),
        order=55,
    ),
)
