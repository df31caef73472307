"""Ideas as other software reads them."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from pydantic import BaseModel, Field

from zenne.opendata.api.representations import Words, absolute, at, words
from zenne.people.uploads.enums import UploadKind
from zenne.people.uploads.models import Upload

from ..enums import Channel, IdeaState
from ..models import Idea as IdeaRow
from ..models import IdeaUpload, OfficialAnswer, StatusChange
from ..models import Support as SupportRow
from ..models import Version as VersionRow


class Place(BaseModel):
    """A point in degrees (WGS 84), and the address as its author wrote it."""

    lon: float
    lat: float
    address: str


class Picture(BaseModel):
    url: str
    small_url: str
    alt: str = Field(description="What it shows, in words; empty when nobody wrote it.")
    width: int | None
    height: int | None


class File(BaseModel):
    url: str
    name: str
    content_type: str
    size: int = Field(description="In bytes.")


class IdeaLinks(BaseModel):
    process: str
    activity: str
    statuses: str
    supports: str
    comments: str
    versions: str


class Idea(BaseModel):
    """What somebody proposes, in their own language, and where it stands. Its author is a name, never an account."""

    id: int = Field(examples=[12])
    process: str = Field(examples=["our-squares"])
    activity: int
    title: str
    text: str
    language: str = Field(examples=["fr"])
    state: IdeaState
    theme: str | None = Field(description="The slug of its theme in the process.", examples=["green"])
    author: str
    channel: Channel
    submitted_at: datetime
    published_at: datetime | None
    answered_at: datetime | None
    place: Place | None
    commune: str | None = Field(description="The official code of the commune it lies in.", examples=["21010"])
    district: str | None
    support_count: int
    oppose_count: int
    comment_count: int
    merged_into: int | None
    pictures: list[Picture]
    files: list[File]
    url: str
    links: IdeaLinks


class Answer(BaseModel):
    """What the organisation answers; the words that hold now."""

    body: Words
    published_at: datetime


class FullIdea(Idea):
    answer: Answer | None


class StatusChanged(BaseModel):
    """One step of the public way of an idea."""

    before: IdeaState | None = Field(description="Null for the first step: it was sent.")
    after: IdeaState
    reason: Words
    changed_at: datetime


class Support(BaseModel):
    """One person's yes (1) or no (-1). Whose it is, nobody is told."""

    id: int
    value: int = Field(examples=[1])
    given_at: datetime
    carried: bool = Field(description="Given to an idea that joined this one.")


class MySupport(BaseModel):
    """A yes (1) or a no (-1) of mine."""

    id: int
    idea: int
    value: int
    given_at: datetime


class Version(BaseModel):
    """The words of an idea as they once were."""

    number: int
    title: str
    text: str
    language: str
    written_at: datetime


def rows() -> QuerySet[IdeaRow]:
    return with_rows(IdeaRow.objects.all())


def with_rows(ideas: QuerySet[IdeaRow]) -> QuerySet[IdeaRow]:
    """Ideas with all that is shown of each: two queries, however many."""
    attached = IdeaUpload.objects.select_related("upload").order_by("position", "id")
    return (
        ideas.select_related(
            "process__organisation", "activity__phase", "activity__ideation", "theme", "author", "commune", "district"
        )
        .prefetch_related(Prefetch("attachments", attached))
        .defer("search", "commune__outline", "district__outline")
    )


def idea_shown(row: IdeaRow) -> Idea:
    return Idea(**_idea(row))


def full_idea_shown(row: IdeaRow) -> FullIdea:
    answer = OfficialAnswer.objects.filter(idea=row).order_by("-number").first()
    said = Answer(body=words(answer, "body"), published_at=answer.published_at) if answer else None
    return FullIdea(**_idea(row), answer=said)


def _idea(row: IdeaRow) -> dict[str, Any]:
    uploads = [one.upload for one in row.attachments.all()]
    plain = ("title", "text", "language", "submitted_at", "published_at", "answered_at")
    counts = ("support_count", "oppose_count", "comment_count")
    return {name: getattr(row, name) for name in (*plain, *counts)} | {
        "id": row.pk,
        "process": row.process.slug,
        "activity": row.activity_id,
        "state": IdeaState(row.state),
        "theme": row.theme.slug if row.theme else None,
        "author": row.byline,
        "channel": Channel(row.channel),
        "place": None if row.lon is None or row.lat is None else Place(lon=row.lon, lat=row.lat, address=row.address),
        "commune": row.commune.code if row.commune else None,
        "district": row.district.code if row.district else None,
        "merged_into": row.merged_into_id,
        "pictures": [_picture(upload) for upload in uploads if upload.kind == UploadKind.IMAGE],
        "files": [_file(upload) for upload in uploads if upload.kind == UploadKind.FILE],
        "url": absolute(row.get_absolute_url()),
        "links": _links(row),
    }


def _links(row: IdeaRow) -> IdeaLinks:
    here = f"/ideas/{row.pk}"
    return IdeaLinks(
        process=at(f"/processes/{row.process.slug}"),
        activity=at(f"/activities/{row.activity_id}"),
        statuses=at(f"{here}/statuses"),
        supports=at(f"{here}/supports"),
        comments=at(f"/discussions/ideas.idea/{row.pk}/comments"),
        versions=at(f"{here}/versions"),
    )


def _picture(upload: Upload) -> Picture:
    return Picture(
        url=absolute(upload.get_absolute_url()),
        small_url=absolute(upload.small_url),
        alt=upload.alt,
        width=upload.width,
        height=upload.height,
    )


def _file(upload: Upload) -> File:
    return File(
        url=absolute(upload.get_absolute_url()), name=upload.name, content_type=upload.content_type, size=upload.size
    )


def change_shown(row: StatusChange) -> StatusChanged:
    return StatusChanged(
        before=IdeaState(row.before) if row.before else None,
        after=IdeaState(row.after),
        reason=words(row, "reason"),
        changed_at=row.changed_at,
    )


def support_shown(row: SupportRow) -> Support:
    return Support(id=row.pk, value=row.value, given_at=row.given_at, carried=row.carried_from_id is not None)


def my_support_shown(row: SupportRow) -> MySupport:
    return MySupport(id=row.pk, idea=row.idea_id, value=row.value, given_at=row.given_at)


def version_shown(row: VersionRow) -> Version:
    return Version(number=row.number, title=row.title, text=row.text, language=row.language, written_at=row.written_at)
