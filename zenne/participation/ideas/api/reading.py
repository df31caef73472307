"""Reading ideas: what is public for everybody, what is one's own with a token."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import AwareDatetime, BaseModel, Field

from zenne.opendata.api.enums import READ
from zenne.opendata.api.errors import Fault, Faulty
from zenne.opendata.api.kinds import needs, reader, signed_in
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.representations import Number, Slug, Words, said
from zenne.participation.processes.enums import ProcessState

from ..enums import LISTED, NEEDS_REASON, TRANSITIONS, IdeaState
from ..models import Idea as IdeaRow
from ..models import StatusChange
from ..models import Support as SupportRow
from ..models import Version as VersionRow
from ..queries import Filters, listed
from .finding import call_at, idea_at, process_at
from .representation import (
    FullIdea,
    Idea,
    MySupport,
    StatusChanged,
    Support,
    Version,
    change_shown,
    full_idea_shown,
    idea_shown,
    my_support_shown,
    rows,
    support_shown,
    version_shown,
    with_rows,
)

router = Router()
MAY_BE_GONE = {"x-answers": [410]}
BOX = r"^-?[0-9]{1,3}(\.[0-9]{1,9})?(,-?[0-9]{1,3}(\.[0-9]{1,9})?){3}$"
ORDERS = {
    "newest": ("-published_at", "-id"),
    "supported": ("-support_count", "-id"),
    "discussed": ("-comment_count", "-id"),
}


class IdeaFilters(BaseModel):
    q: str | None = Field(None, max_length=200, description='Words to look for. "exact words", or, -without.')
    theme: Slug | None = Field(None, description="The slug of a theme of the process.", examples=["green"])
    status: IdeaState | None = Field(
        None, description="The state they are in. Of those that are not listed, only `merged` can be asked for."
    )
    place: str | None = Field(
        None, pattern="^[0-9A-Za-z]{1,12}$", description="The code of a commune or a district.", examples=["21010"]
    )
    answered: Literal["yes", "no", "late"] | None = Field(
        None, description="`late`: still without an answer after the days that the call promises."
    )
    box: str | None = Field(
        None,
        pattern=BOX,
        description="A piece of the map: west, south, east, north, in degrees.",
        examples=["4.34,50.84,4.36,50.86"],
    )
    sort: Literal["newest", "supported", "discussed"] = "newest"

    def plain(self) -> Filters:
        return Filters(
            text=self.q or "",
            theme=self.theme or "",
            status=self.status or "",
            place=self.place or "",
            answered=self.answered or "",
            box=self._edges(),
        )

    def _edges(self) -> tuple[float, float, float, float] | None:
        if self.box is None:
            return None
        west, south, east, north = (float(part) for part in self.box.split(","))
        if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
            raise Faulty([Fault(_("This is no place on the map."), parameter="box")])
        return west, south, east, north


def _listed(request: HttpRequest, of: object, filters: IdeaFilters, paging: Paging) -> Page[Idea]:
    found = listed(of, filters.plain(), now=request.now)  # type: ignore[arg-type, attr-defined]
    if filters.status is not None and filters.status not in (*LISTED, IdeaState.MERGED):
        found = found.none()
    return page_of(request, with_rows(found), paging, order=ORDERS[filters.sort], shown=idea_shown, of=Idea)


class SinceFilters(BaseModel):
    since: AwareDatetime | None = Field(
        None, description="Published at this moment or later.", examples=["2026-06-01T00:00:00+02:00"]
    )


@router.get("/ideas", response=Page[Idea], summary="The ideas of all processes")
def ideas_anywhere(request: HttpRequest, filters: Query[SinceFilters], paging: Query[Paging]) -> Page[Idea]:
    """Everything that is public, the newest first: what a copy of the whole begins with, and with `since` what keeps it up to date."""
    found = IdeaRow.objects.filter(listed=True).exclude(process__state=ProcessState.DRAFT)
    if filters.since is not None:
        found = found.filter(published_at__gte=filters.since)
    return page_of(request, with_rows(found), paging, order=ORDERS["newest"], shown=idea_shown, of=Idea)


@router.get("/processes/{slug}/ideas", response=Page[Idea], summary="The ideas of a process")
def ideas(request: HttpRequest, slug: Slug, filters: Query[IdeaFilters], paging: Query[Paging]) -> Page[Idea]:
    """Public ideas, filtered and sorted as on the page."""
    return _listed(request, process_at(slug), filters, paging)


@router.get("/activities/{number}/ideas", response=Page[Idea], summary="The ideas of one call")
def ideas_of_call(
    request: HttpRequest, number: Number, filters: Query[IdeaFilters], paging: Query[Paging]
) -> Page[Idea]:
    """Public ideas of one activity, where a process has several calls."""
    return _listed(request, call_at(number), filters, paging)


@router.get("/ideas/{number}", response=FullIdea, summary="One idea", openapi_extra=MAY_BE_GONE)
def idea(request: HttpRequest, number: Number) -> FullIdea:
    """An idea that is public; with a token that may `read`, also one's own in whatever state."""
    return full_idea_shown(idea_at(number, reader(request)))


@router.get(
    "/ideas/{number}/statuses", response=Page[StatusChanged], summary="The way of an idea", openapi_extra=MAY_BE_GONE
)
def idea_statuses(
    request: HttpRequest, number: Number, paging: Query[Paging], response: HttpResponse
) -> Page[StatusChanged]:
    """Every step from the day it was sent, with its public reason, the first one first."""
    found = idea_at(number, reader(request))
    steps = StatusChange.objects.filter(idea=found)
    page = page_of(request, steps, paging, order=("changed_at", "id"), shown=change_shown, of=StatusChanged)
    if page.items:
        response["Last-Modified"] = http_date(page.items[-1].changed_at.timestamp())
    return page


@router.get(
    "/ideas/{number}/supports", response=Page[Support], summary="The supports of an idea", openapi_extra=MAY_BE_GONE
)
def idea_supports(request: HttpRequest, number: Number, paging: Query[Paging]) -> Page[Support]:
    """How many said yes or no, and when; never who."""
    found = idea_at(number, reader(request))
    return page_of(
        request, SupportRow.objects.filter(idea=found), paging, order=("id",), shown=support_shown, of=Support
    )


@router.get(
    "/ideas/{number}/versions", response=Page[Version], summary="The versions of an idea", openapi_extra=MAY_BE_GONE
)
def idea_versions(request: HttpRequest, number: Number, paging: Query[Paging]) -> Page[Version]:
    """Its words as they were, the first ones first."""
    found = idea_at(number, reader(request))
    return page_of(
        request, VersionRow.objects.filter(idea=found), paging, order=("number",), shown=version_shown, of=Version
    )


class MyIdeaFilters(BaseModel):
    status: IdeaState | None = None


@router.get("/me/ideas", response=Page[Idea], auth=needs(READ), summary="My ideas")
def my_ideas(request: HttpRequest, filters: Query[MyIdeaFilters], paging: Query[Paging]) -> Page[Idea]:
    """What I sent, in whatever state, the last one first."""
    mine = rows().filter(author=signed_in(request))
    if filters.status:
        mine = mine.filter(state=filters.status)
    return page_of(request, mine, paging, order=("-submitted_at", "-id"), shown=idea_shown, of=Idea)


@router.get("/me/supports", response=Page[MySupport], auth=needs(READ), summary="What I support")
def my_supports(request: HttpRequest, paging: Query[Paging]) -> Page[MySupport]:
    """Every yes and no of mine, the last one first."""
    said_by_me = SupportRow.objects.filter(person=signed_in(request))
    return page_of(request, said_by_me, paging, order=("-given_at", "-id"), shown=my_support_shown, of=MySupport)


statuses_router = Router()


class Status(BaseModel):
    """A state that an idea can be in, and where it may go from there."""

    state: IdeaState
    label: Words
    listed: bool = Field(description="Whether ideas in it are shown in lists.")
    next: list[IdeaState]
    needs_reason: list[IdeaState] = Field(description="Those of `next` that nobody reaches without a public reason.")


@statuses_router.get("/statuses", response=Page[Status], summary="The states of an idea")
def statuses(request: HttpRequest) -> Page[Status]:
    """All of them, in the order of an idea's way. The list has one page."""
    return Page[Status](items=[_status(state) for state in IdeaState], next=None)


def _status(state: IdeaState) -> Status:
    return Status(
        state=state,
        label=said(state.label),
        listed=state in LISTED,
        next=list(TRANSITIONS[state]),
        needs_reason=[after for after in TRANSITIONS[state] if (state, after) in NEEDS_REASON],
    )
