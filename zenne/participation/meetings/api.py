"""Public meetings, for other software."""

from datetime import datetime

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
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process

from . import queries
from .enums import MeetingState, Need
from .models import AgendaItem
from .models import Meeting as MeetingRow

router = Router()


class Point(BaseModel):
    """A point of the agenda."""

    title: Words
    minutes: int | None


class Meeting(BaseModel):
    """People in a room, or on a line, at a moment. The online link is for who is registered, and is not told here."""

    id: int = Field(examples=[12])
    process: str = Field(examples=["our-squares"])
    activity: int
    series: int | None = Field(description="What the dates of one series have in common.")
    state: MeetingState
    title: Words
    text: Words
    starts_at: datetime
    ends_at: datetime
    venue: Words
    address: str
    lon: float | None
    lat: float | None
    commune: str | None = Field(description="The official code of the commune in which it takes place.")
    online: bool
    capacity: int | None = Field(description="Null: as many as come.")
    taken: int = Field(description="How many places are taken.")
    register_until: datetime | None
    needs_offered: list[Need]
    languages: list[str]
    cancel_reason: Words
    sequence: int = Field(description="As in the calendar file (RFC 5545): how often moment, place or words changed.")
    changed_at: datetime
    agenda: list[Point]
    minutes: Words | None = Field(description="Null until they are published.")
    url: str
    links: dict[str, str]


def _rows() -> QuerySet[MeetingRow]:
    items = AgendaItem.objects.order_by("position", "id")
    return queries.public().select_related("minutes").prefetch_related(Prefetch("agenda", items))


def meeting_shown(row: MeetingRow) -> Meeting:
    minutes = getattr(row, "minutes", None)
    plain = (
        *("starts_at", "ends_at", "address", "lon", "lat", "capacity", "taken", "register_until", "languages"),
        *("sequence", "changed_at"),
    )
    return Meeting(
        **{name: getattr(row, name) for name in plain},
        id=row.pk,
        process=row.process.slug,
        activity=row.activity_id,
        series=row.series_id,
        state=MeetingState(row.state),
        title=words(row, "title"),
        text=words(row, "text"),
        venue=words(row, "venue"),
        commune=row.commune.code if row.commune else None,
        online=bool(row.online_url),
        needs_offered=[Need(each) for each in row.needs_offered if each in Need.values],
        cancel_reason=words(row, "cancel_reason"),
        agenda=[Point(title=words(item, "title"), minutes=item.minutes) for item in row.agenda.all()],
        minutes=words(minutes, "text") if minutes is not None and minutes.published_at else None,
        url=absolute(row.get_absolute_url()),
        links={"process": at(f"/processes/{row.process.slug}")},
    )


@router.get("/meetings", response=Page[Meeting], summary="Meetings")
def meetings(request: HttpRequest, paging: Query[Paging]) -> Page[Meeting]:
    """Every public meeting, the last to begin first."""
    return page_of(request, _rows(), paging, order=("-starts_at", "-id"), shown=meeting_shown, of=Meeting)


@router.get("/meetings/{number}", response=Meeting, summary="One meeting")
def meeting(request: HttpRequest, number: Number) -> Meeting:
    """With its agenda, and its minutes once they are published."""
    row = _rows().filter(pk=number).first()
    if row is None:
        raise NotFound(_("There is no meeting with this number."))
    return meeting_shown(row)


@router.get("/processes/{slug}/meetings", response=Page[Meeting], summary="The meetings of a process")
def process_meetings(request: HttpRequest, slug: Slug, paging: Query[Paging]) -> Page[Meeting]:
    """The last to begin first; what was cancelled stays, with the reason."""
    if not Process.objects.filter(slug=slug).exclude(state=ProcessState.DRAFT).exists():
        raise NotFound(_("There is no process at this address."))
    rows = _rows().filter(process__slug=slug)
    return page_of(request, rows, paging, order=("-starts_at", "-id"), shown=meeting_shown, of=Meeting)


def represent(number: int, now: datetime) -> Meeting | None:
    row = _rows().filter(pk=number).first()
    return meeting_shown(row) if row else None


resources.register(
    "meetings",
    Resource(
        gettext_lazy("Meetings"),
        router,
        represent=represent,
        about=gettext_lazy(
            "Where and when people meet, what is offered so that everybody can come, and what stays of it."
        ),
        order=60,
    ),
)
