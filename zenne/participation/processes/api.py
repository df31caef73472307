"""Processes and their activities, as other software reads them."""

from datetime import datetime
from typing import Any, Literal

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.errors import NotFound
from zenne.opendata.api.kinds import Resource, needs, resources, signed_in
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.representations import AreaKey, Number, Slug, Words, absolute, at, said, words
from zenne.people.access.enums import Level
from zenne.people.organisations import queries as organisations

from . import actions, queries
from .enums import Action, ProcessState, Stage, WindowState
from .kinds import kinds
from .models import Activity as ActivityRow
from .models import Permission
from .models import Phase as PhaseRow
from .models import Process as ProcessRow
from .rules import offered, permission_for

router = Router()
activities_router = Router()
FOLLOWS = "follows:write"


class Phase(BaseModel):
    """A stretch of the timeline: from `opens_at` until just before `closes_at`."""

    title: Words
    summary: Words
    opens_at: datetime
    closes_at: datetime | None
    state: WindowState


class Theme(BaseModel):
    slug: str
    title: Words
    description: Words


class ProcessLinks(BaseModel):
    organisation: str
    activities: str


class Process(BaseModel):
    """What an organisation runs with its residents: from a call to an answer."""

    slug: str = Field(examples=["our-squares"])
    organisation: str = Field(examples=["jette"])
    title: Words
    summary: Words
    stage: Stage
    published_at: datetime
    archived_at: datetime | None
    area: AreaKey | None
    phases: list[Phase]
    themes: list[Theme]
    url: str
    links: ProcessLinks


def _public(now: datetime) -> QuerySet[ProcessRow]:
    rows = queries.with_stage(queries.public(), now).select_related("organisation", "area")
    return rows.defer("area__outline").prefetch_related("themes", "phases")


def process_shown(row: ProcessRow, now: datetime) -> Process:
    return Process(
        slug=row.slug,
        organisation=row.organisation.slug,
        title=words(row, "title"),
        summary=words(row, "summary"),
        stage=Stage(row.stage),  # type: ignore[attr-defined]  # annotated by with_stage
        published_at=row.published_at,
        archived_at=row.archived_at if row.state == ProcessState.ARCHIVED else None,
        area=AreaKey(kind=row.area.kind, code=row.area.code) if row.area else None,
        phases=[_phase(phase, now) for phase in row.phases.all()],
        themes=[
            Theme(slug=theme.slug, title=words(theme, "title"), description=words(theme, "description"))
            for theme in row.themes.all()
        ],
        url=absolute(row.get_absolute_url()),
        links=ProcessLinks(
            organisation=at(f"/organisations/{row.organisation.slug}"),
            activities=at(f"/processes/{row.slug}/activities"),
        ),
    )


def _phase(row: PhaseRow, now: datetime) -> Phase:
    return Phase(
        title=words(row, "title"),
        summary=words(row, "summary"),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        state=row.state(now),
    )


class ProcessFilters(BaseModel):
    organisation: Slug | None = Field(
        None, description="The slug of the organisation that runs it.", examples=["jette"]
    )
    stage: Literal["upcoming", "open", "past", "archived"] | None = None
    q: str | None = Field(None, max_length=200, description="Words of the title or the summary.", examples=["ombre"])


@router.get("/processes", response=Page[Process], summary="Processes")
def processes(request: HttpRequest, filters: Query[ProcessFilters], paging: Query[Paging]) -> Page[Process]:
    """What is public, the newest first."""
    now = request.now  # type: ignore[attr-defined]
    pool = organisations.visible_to(None)
    if filters.organisation:
        pool = pool.filter(slug=filters.organisation)
    stage = Stage(filters.stage) if filters.stage else None
    rows = queries.listed(now, organisations=pool, stage=stage, words=filters.q or "")
    rows = rows.select_related("organisation", "area").defer("area__outline").prefetch_related("themes")
    return page_of(
        request, rows, paging, order=("-published_at", "-id"), shown=lambda row: process_shown(row, now), of=Process
    )


@router.get("/processes/{slug}", response=Process, summary="One process")
def process(request: HttpRequest, slug: Slug) -> Process:
    """A process that is public: published, or archived."""
    return process_shown(_at(request, slug), request.now)  # type: ignore[attr-defined]


def _at(request: HttpRequest, slug: str) -> ProcessRow:
    row = _public(request.now).filter(slug=slug).first()  # type: ignore[attr-defined]
    if row is None:
        raise NotFound(_("There is no process at this address."))
    return row


class Following(BaseModel):
    """Whether one hears of a process."""

    process: str
    following: bool


@router.put("/processes/{slug}/follow", response=Following, auth=needs(FOLLOWS), summary="Follow a process")
def follow_process(request: HttpRequest, slug: Slug) -> Following:
    """Hear of it from now on. Twice is once."""
    row = _at(request, slug)
    actions.follow(row, by=signed_in(request), now=request.now)  # type: ignore[attr-defined]
    return Following(process=row.slug, following=True)


@router.delete("/processes/{slug}/follow", response=Following, auth=needs(FOLLOWS), summary="Follow it no longer")
def unfollow_process(request: HttpRequest, slug: Slug) -> Following:
    """Also of what one did not follow."""
    row = _at(request, slug)
    actions.unfollow(row, by=signed_in(request), now=request.now)  # type: ignore[attr-defined]
    return Following(process=row.slug, following=False)


@router.get("/me/follows", response=Page[Process], auth=needs("read"), summary="The processes I follow")
def followed_processes(request: HttpRequest, paging: Query[Paging]) -> Page[Process]:
    """Public ones, the newest first."""
    now = request.now  # type: ignore[attr-defined]
    rows = _public(now).filter(follows__person=signed_in(request))
    return page_of(
        request, rows, paging, order=("-published_at", "-id"), shown=lambda row: process_shown(row, now), of=Process
    )


def _represent(number: int, now: datetime) -> Process | None:
    row = _public(now).filter(pk=number).first()
    return process_shown(row, now) if row else None


resources.register(
    "processes",
    Resource(
        _("Processes"),
        router,
        scopes={FOLLOWS: _("Follow projects")},
        represent=_represent,
        about=_("What a city runs with its people, from a call to an answer."),
        order=30,
    ),
)


# activities


class Permitted(BaseModel):
    """Who may do one thing in an activity."""

    action: Action
    level: Level
    minimum_age: int | None
    area: AreaKey | None


class Activity(BaseModel):
    """Something people can do in a phase, in a window of its own or its phase's."""

    id: int
    process: str
    kind: str = Field(examples=["ideation"])
    kind_in_words: Words
    title: Words
    intro: Words
    opens_at: datetime
    closes_at: datetime | None
    state: WindowState
    permissions: list[Permitted]
    url: str


class RuledActivity(Activity):
    rule: dict[str, Any] = Field(
        description="The settings of its kind that residents read and that freeze when it opens."
    )


def _activities() -> QuerySet[ActivityRow]:
    permissions = Permission.objects.select_related("area").defer("area__outline").order_by("action", "id")
    rows = ActivityRow.objects.exclude(phase__process__state=ProcessState.DRAFT).filter(kind__in=list(kinds))
    return rows.select_related("phase__process").prefetch_related(Prefetch("permissions", permissions))


def _activity(row: ActivityRow, now: datetime) -> dict[str, Any]:
    kind, (opens_at, closes_at) = kinds[row.kind], row.window()
    address = kind.address(row) if kind.address else f"{row.process.get_absolute_url()}#{row.anchor}"
    return {
        "id": row.pk,
        "process": row.process.slug,
        "kind": row.kind,
        "kind_in_words": said(kind.label),
        "title": words(row, "title"),
        "intro": words(row, "intro"),
        "opens_at": opens_at,
        "closes_at": closes_at,
        "state": row.state(now),
        "permissions": [_permitted(row, action) for action in offered(row)],
        "url": absolute(address),
    }


def _permitted(row: ActivityRow, action: Action) -> Permitted:
    permission = permission_for(row, action)
    assert permission is not None  # `offered` names only what has one
    area = permission.area
    return Permitted(
        action=action,
        level=Level(permission.level),
        minimum_age=permission.minimum_age,
        area=AreaKey(kind=area.kind, code=area.code) if area else None,
    )


@activities_router.get("/processes/{slug}/activities", response=Page[Activity], summary="The activities of a process")
def activities(request: HttpRequest, slug: Slug, paging: Query[Paging]) -> Page[Activity]:
    """In the order of its timeline."""
    row, now = _at(request, slug), request.now  # type: ignore[attr-defined]
    return page_of(
        request,
        _activities().filter(phase__process=row),
        paging,
        order=("phase__position", "position", "id"),
        shown=lambda found: Activity(**_activity(found, now)),
        of=Activity,
    )


class ActivityFilters(BaseModel):
    kind: str | None = Field(None, pattern="^[a-z_]{1,40}$", description="What people do in it.", examples=["ideation"])


@activities_router.get("/activities", response=Page[Activity], summary="The activities of all processes")
def activities_anywhere(request: HttpRequest, filters: Query[ActivityFilters], paging: Query[Paging]) -> Page[Activity]:
    """Of every public process, the one that was added last first."""
    rows, now = _activities(), request.now  # type: ignore[attr-defined]
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    return page_of(
        request, rows, paging, order=("-id",), shown=lambda found: Activity(**_activity(found, now)), of=Activity
    )


@activities_router.get("/activities/{number}", response=RuledActivity, summary="One activity, with its rule")
def activity(request: HttpRequest, number: Number) -> RuledActivity:
    """An activity of a public process."""
    row = _activities().filter(pk=number).first()
    if row is None:
        raise NotFound(_("There is no activity with this number."))
    return RuledActivity(**_activity(row, request.now), rule=kinds[row.kind].rule(row))  # type: ignore[attr-defined]


resources.register(
    "activities",
    Resource(_("Activities"), activities_router, about=_("What people can do in a project, and until when."), order=40),
)
