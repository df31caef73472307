"""A discussion as the page shows it: who may do what with each comment is answered here once, not in the template."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse

from zenne.people.access.answers import Answer
from zenne.people.accounts.models import Person

from .enums import CommentState, ReactionKind, Sort
from .forms import CommentForm
from .kinds import discussion_of
from .models import Comment
from .queries import about, reactions_of, threads
from .rules import may_comment, may_delete, may_edit


@dataclass(frozen=True)
class ShownComment:
    row: Comment
    visible: bool
    mine: bool
    may_edit: bool
    may_delete: bool
    reaction: ReactionKind | None
    by_author_of_thing: bool
    replies: list["ShownComment"] = field(default_factory=list)


@dataclass(frozen=True)
class ShownDiscussion:
    thing: Any
    title: str
    address: str
    post_to: str
    count: int
    threads: list[ShownComment]
    next_start: int | None
    sort: Sort
    sorts: list[tuple[str, Any]]
    answer: Answer
    form: CommentForm
    asks_stance: bool


def shown_discussion(request: HttpRequest, thing: Any, *, form: CommentForm | None = None) -> ShownDiscussion:
    """One page of a discussion for this visitor: three queries more than the threads themselves, however long it is."""
    kind = discussion_of(thing)
    sort = Sort(request.GET["order"]) if request.GET.get("order") in Sort.values else Sort.OLDEST
    start = request.GET.get("from", "")
    page = threads(thing, sort=sort, start=int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 0)
    everyone = [row for thread in page.threads for row in (thread, *thread.shown_replies)]
    mine = reactions_of(request.user, everyone) if isinstance(request.user, Person) else {}
    owner = kind.author(thing)
    owner_id = owner.pk if owner else None
    content_type = ContentType.objects.get_for_model(thing)
    return ShownDiscussion(
        thing=thing,
        title=kind.title(thing),
        address=kind.address(thing),
        post_to=reverse("comments:discussion", args=[f"{content_type.app_label}.{content_type.model}", thing.pk]),
        count=about(thing).filter(state=CommentState.PUBLISHED).count(),
        threads=[
            _shown(request, thread, mine, owner_id, [_shown(request, reply, mine, owner_id) for reply in thread.shown_replies])
            for thread in page.threads
        ],
        next_start=page.next_start,
        sort=sort,
        sorts=list(Sort.choices),
        answer=may_comment(request.user, thing, request.now),
        form=form or CommentForm(parents=about(thing), asks_stance=kind.asks_stance(thing)),
        asks_stance=kind.asks_stance(thing),
    )


def shown_comment(request: HttpRequest, row: Comment) -> ShownComment:
    mine = reactions_of(request.user, [row]) if isinstance(request.user, Person) else {}
    owner = discussion_of(row.about).author(row.about)
    return _shown(request, row, mine, owner.pk if owner else None)


def _shown(
    request: HttpRequest,
    row: Comment,
    reactions: dict[int, ReactionKind],
    owner_id: int | None,
    replies: list[ShownComment] | None = None,
) -> ShownComment:
    return ShownComment(
        row=row,
        visible=row.state == CommentState.PUBLISHED,
        mine=row.author_id is not None and row.author_id == request.user.pk,
        may_edit=bool(may_edit(request.user, row, request.now)),
        may_delete=bool(may_delete(request.user, row)),
        reaction=reactions.get(row.pk),
        by_author_of_thing=row.author_id is not None and row.author_id == owner_id,
        replies=replies or [],
    )
