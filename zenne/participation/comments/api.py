"""What people say about things, for other software. A discussion is named by the kind of thing and its number, as `ideas.idea/12`."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Body, Query, Router, Status
from pydantic import BaseModel, Field

from zenne.core.detection import detect
from zenne.core.errors import NotFound
from zenne.core.languages import current
from zenne.opendata.api.enums import READ
from zenne.opendata.api.errors import Gone, faults_of
from zenne.opendata.api.kinds import Resource, needs, resources, signed_in
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.replays import once
from zenne.opendata.api.representations import Given, Number, absolute, at
from zenne.participation.processes.enums import ProcessState
from zenne.people.access.answers import require

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
MAY_BE_GONE = {"x-answers": [410]}


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
    url: str
    links: CommentLinks


def _rows() -> QuerySet[CommentRow]:
    return CommentRow.objects.select_related("author", "staff_of", "about_type")


def comment_shown(row: CommentRow) -> Comment:
    kind = f"{row.about_type.app_label}.{row.about_type.model}"
    stands = row.state == CommentState.PUBLISHED
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
    """What the page shows: what stands, in a thread that stands or is held open by its replies."""
    answered = CommentRow.objects.filter(parent=OuterRef("pk"), state=CommentState.PUBLISHED)
    return comments.filter(Q(state=CommentState.PUBLISHED) | Q(parent__isnull=True) & Exists(answered))


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
        return comment_shown(_rows().get(pk=made.pk))

    shown = once(request, Comment, make)
    response["Location"] = at(f"/comments/{shown.id}")
    return Status(201, shown)


def _comment(number: int) -> CommentRow:
    """A comment about something public. Raises NotFound, or Gone for one whose place is not kept open either."""
    row = _rows().select_related("activity__phase__process__organisation").filter(pk=number).first()
    if row is None or row.activity.process.state == ProcessState.DRAFT:
        raise NotFound(_("There is no comment with this number."))
    discussion = discussions.get(f"{row.about_type.app_label}.{row.about_type.model}")
    if discussion is None or discussion.find(row.about_id) is None:
        raise NotFound(_("There is no comment with this number."))
    return row


@router.get("/comments/{number}", response=Comment, summary="One comment", openapi_extra=MAY_BE_GONE)
def comment(request: HttpRequest, number: Number) -> Comment:
    """A comment about something public."""
    row = _comment(number)
    if row.state != CommentState.PUBLISHED and not _standing(CommentRow.objects.filter(pk=row.pk)).exists():
        raise Gone(_("This comment is no longer here."))
    return comment_shown(row)


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
    person, now, row = signed_in(request), request.now, _comment(number)  # type: ignore[attr-defined]
    require(may_edit(person, row, now))
    form = EditForm({"text": given.text})
    if not form.is_valid():
        raise faults_of(form)
    text = form.cleaned_data["text"]
    actions.edit(row, text=text, language=detect(text, otherwise=row.language), by=person, now=now)
    return comment_shown(_rows().get(pk=row.pk))


@router.delete("/comments/{number}", response=Comment, auth=needs(WRITE), summary="Delete my comment")
def delete_comment(request: HttpRequest, number: Number) -> Comment:
    """The words are gone, the place in the thread stays. Twice is once."""
    person, now, row = signed_in(request), request.now, _comment(number)  # type: ignore[attr-defined]
    if not (row.author_id == person.pk and row.state == CommentState.DELETED):
        actions.delete(row, by=person, now=now)
    return comment_shown(_rows().get(pk=row.pk))


@router.get("/me/comments", response=Page[Comment], auth=needs(READ), summary="My comments")
def my_comments(request: HttpRequest, paging: Query[Paging]) -> Page[Comment]:
    """What I said and still stands, the last one first."""
    mine = _rows().filter(author=signed_in(request), state=CommentState.PUBLISHED)
    return page_of(request, mine, paging, order=("-created_at", "-id"), shown=comment_shown, of=Comment)


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
