"""What people say about things, for other software. A discussion is named by the kind of thing and its number, as `ideas.idea/12`."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Body, Query, Router, Status
from pydantic import BaseModel, Field

from zenne.core.detection import detect
from zenne.core.errors import NotFound
from zenne.core.languages import current
from zenne.opendata.api.enums import READ
from zenne.opendata.api.errors import faults_of
from zenne.opendata.api.kinds import Resource, needs, reader, resources, signed_in
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.replays import once
from zenne.opendata.api.representations import Given, Number, absolute, at
from zenne.participation.processes.enums import ProcessState
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.moderation.enums import Ground

from . import actions, queries
from .enums import CommentState, Stance
from .forms import LONGEST, CommentForm, EditForm
from .kinds import discussion_of, discussions, find
from .models import Comment as CommentRow
from .rules import may_comment, may_edit

router = Router()
WRITE = "comments:write"
Kind = Annotated[
    str, Field(pattern=r"^[a-z_]{1,40}\.[a-z_]{1,40}$", description="The kind of thing.", examples=["ideas.idea"])
]


class CommentLinks(BaseModel):
    discussion: str


class Comment(BaseModel):
    """What somebody said. Of one that was hidden or deleted, only its place and its dates are left."""

    id: int = Field(examples=[34])
    about: str = Field(description="The thing it is about.", examples=["ideas.idea/12"])
    parent: int | None = Field(description="The comment it replies to.")
    author: str | None
    organisation: str | None = Field(description="Set when the author speaks for an organisation: its slug.")
    text: str | None
    language: str
    stance: Stance | None
    state: CommentState
    reaction_count: int
    created_at: datetime
    edited_at: datetime | None
    ended_at: datetime | None = Field(description="When it was hidden or deleted.")
    hidden_for: Ground | None = Field(description="Why a moderator hid it.")
    url: str
    links: CommentLinks


def _rows() -> QuerySet[CommentRow]:
    return CommentRow.objects.select_related("author", "staff_of", "about_type")


def comment_shown(row: CommentRow, *, mine: bool = False) -> Comment:
    """The comment as everybody reads it; `mine`: as its author does, also while it waits to be read."""
    kind = f"{row.about_type.app_label}.{row.about_type.model}"
    stands = row.state == CommentState.PUBLISHED or (mine and row.state == CommentState.WAITING)
    return Comment(
        id=row.pk,
        about=f"{kind}/{row.about_id}",
        parent=row.parent_id,
        author=str(row.author) if stands and row.author else None,
        organisation=row.staff_of.slug if stands and row.staff_of else None,
        text=row.text if stands else None,
        language=row.language,
        stance=Stance(row.stance) if stands and row.stance else None,
        state=CommentState(row.state),
        reaction_count=row.reaction_count,
        created_at=row.created_at,
        edited_at=row.edited_at,
        ended_at=row.ended_at,
        hidden_for=Ground(row.hidden_for) if row.state == CommentState.HIDDEN and row.hidden_for else None,
        url=absolute(row.get_absolute_url()),
        links=CommentLinks(discussion=at(f"/discussions/{kind}/{row.about_id}/comments")),
    )


def _thing(kind: str, number: int) -> Any:
    """The public thing of a kind that can be discussed. Raises NotFound."""
    if kind not in discussions:
        raise NotFound(_("There is no discussion at this address."))
    thing = find(kind, number)
    if discussions[kind].activity(thing).process.state == ProcessState.DRAFT:
        raise NotFound(_("There is no discussion at this address."))
    return thing


def _standing(comments: QuerySet[CommentRow]) -> QuerySet[CommentRow]:
    """What the page shows: hidden and deleted ones keep their place, what waits to be read has none yet."""
    return comments.exclude(state=CommentState.WAITING)


class CommentFilters(BaseModel):
    sort: Literal["oldest", "newest"] = "oldest"


@router.get("/discussions/{kind}/{number}/comments", response=Page[Comment], summary="What is said about a thing")
def comments(
    request: HttpRequest, kind: Kind, number: Number, filters: Query[CommentFilters], paging: Query[Paging]
) -> Page[Comment]:
    """Comments and replies in the order of time; `parent` says which reply belongs where."""
    rows = _standing(queries.about(_thing(kind, number))).select_related("author", "staff_of", "about_type")
    order = ("created_at", "id") if filters.sort == "oldest" else ("-created_at", "-id")
    return page_of(request, rows, paging, order=order, shown=comment_shown, of=Comment)


class NewComment(Given):
    """A comment to write. Without `language` we recognise it; `stance` where the discussion asks for one, never with a reply."""

    text: str = Field(min_length=1, max_length=LONGEST, examples=["Et un banc à l’ombre, s’il vous plaît."])
    language: Literal["fr", "nl", "en"] | None = Field(None, examples=["fr"])
    stance: Stance | None = Field(None, strict=False)
    parent: int | None = Field(None, ge=1, le=2**63 - 1, description="The comment it replies to.")


@router.post(
    "/discussions/{kind}/{number}/comments", response={201: Comment}, auth=needs(WRITE), summary="Write a comment"
)
def write_comment(
    request: HttpRequest, kind: Kind, number: Number, given: Body[NewComment], response: HttpResponse
) -> Any:
    """Say something, or reply. The same words within a minute are one comment."""
    thing, person, now = _thing(kind, number), signed_in(request), request.now  # type: ignore[attr-defined]

    def make() -> Comment:
        require(may_comment(person, thing, now))
        typed = {
            "text": given.text,
            "stance": given.stance or "",
            "parent": given.parent or "",
            "language": given.language or "",
        }
        form = CommentForm(typed, parents=queries.about(thing), asks_stance=discussion_of(thing).asks_stance(thing))
        if not form.is_valid():
            raise faults_of(form)
        data = form.cleaned_data
        made = actions.comment(
            thing,
            text=data["text"],
            language=data["language"] or detect(data["text"], otherwise=current()),
            stance=Stance(data["stance"]) if data.get("stance") else None,
            parent=data["parent"],
            by=person,
            now=now,
        )
        return comment_shown(_rows().get(pk=made.pk), mine=True)

    shown = once(request, Comment, make)
    response["Location"] = at(f"/comments/{shown.id}")
    return Status(201, shown)


def _comment(number: int, person: Person | None = None) -> CommentRow:
    """A comment about something public; one that waits to be read for its author only. Raises NotFound."""
    row = _rows().select_related("activity__phase__process__organisation").filter(pk=number).first()
    if row is None or row.activity.process.state == ProcessState.DRAFT:
        raise NotFound(_("There is no comment with this number."))
    discussion = discussions.get(f"{row.about_type.app_label}.{row.about_type.model}")
    if discussion is None or discussion.find(row.about_id) is None:
        raise NotFound(_("There is no comment with this number."))
    if row.state == CommentState.WAITING and (person is None or row.author_id != person.pk):
        raise NotFound(_("There is no comment with this number."))
    return row


@router.get("/comments/{number}", response=Comment, summary="One comment")
def comment(request: HttpRequest, number: Number) -> Comment:
    """A comment about something public; with a token that may `read`, also one's own that waits to be read."""
    person = reader(request)
    row = _comment(number, person)
    return comment_shown(row, mine=person is not None and row.author_id == person.pk)


class ChangedComment(Given):
    text: str = Field(min_length=1, max_length=LONGEST, examples=["Et deux bancs à l’ombre."])


@router.patch(
    "/comments/{number}",
    response=Comment,
    auth=needs(WRITE),
    summary="Correct my comment",
)
def correct_comment(request: HttpRequest, number: Number, given: Body[ChangedComment]) -> Comment:
    """For a quarter of an hour after it was written."""
    person, now = signed_in(request), request.now  # type: ignore[attr-defined]
    row = _comment(number, person)
    require(may_edit(person, row, now))
    form = EditForm({"text": given.text})
    if not form.is_valid():
        raise faults_of(form)
    text = form.cleaned_data["text"]
    actions.edit(row, text=text, language=detect(text, otherwise=row.language), by=person, now=now)
    return comment_shown(_rows().get(pk=row.pk), mine=True)


@router.delete("/comments/{number}", response=Comment, auth=needs(WRITE), summary="Delete my comment")
def delete_comment(request: HttpRequest, number: Number) -> Comment:
    """The words are gone, the place in the thread stays. Twice is once."""
    person, now = signed_in(request), request.now  # type: ignore[attr-defined]
    row = _comment(number, person)
    if not (row.author_id == person.pk and row.state == CommentState.DELETED):
        actions.delete(row, by=person, now=now)
    return comment_shown(_rows().get(pk=row.pk), mine=True)


@router.get("/me/comments", response=Page[Comment], auth=needs(READ), summary="My comments")
def my_comments(request: HttpRequest, paging: Query[Paging]) -> Page[Comment]:
    """What I said and still stands or waits to be read, the last one first."""
    mine = _rows().filter(author=signed_in(request), state__in=[CommentState.WAITING, CommentState.PUBLISHED])
    order = ("-created_at", "-id")
    return page_of(request, mine, paging, order=order, shown=lambda row: comment_shown(row, mine=True), of=Comment)


def _represent(number: int, now: datetime) -> Comment | None:
    try:
        row = _comment(number)
    except NotFound:
        return None
    return comment_shown(row) if row.state == CommentState.PUBLISHED else None


resources.register(
    "comments",
    Resource(
        _("Comments"),
        router,
        scopes={WRITE: _("Write, correct and delete comments in my name")},
        represent=_represent,
        about=_("What people say about ideas, in threads of two levels."),
        order=70,
    ),
)
