from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model, Prefetch, QuerySet

from zenne.people.accounts.models import Person

from .enums import CommentState, ReactionKind, Sort
from .kinds import discussions, kind_of
from .models import Comment, Reaction

THREADS_A_PAGE = 20

ORDERS: dict[Sort, tuple[str, ...]] = {
    Sort.OLDEST: ("created_at", "id"),
    Sort.NEWEST: ("-created_at", "-id"),
    Sort.LIKED: ("-reaction_count", "created_at", "id"),
}


@dataclass(frozen=True)
class Page:
    """Some threads of a discussion, and where the next ones begin (None at the end)."""

    threads: Sequence[Comment]
    next_start: int | None


def about(thing: Model) -> QuerySet[Comment]:
    return Comment.objects.filter(about_type=kind_of(thing), about_id=thing.pk)


def threads(thing: Model, *, sort: Sort = Sort.OLDEST, start: int = 0) -> Page:
    """One page of threads with their replies, authors and badges: two queries, however many comments.

    What was hidden or deleted keeps its place, as a dated placeholder; what waits to be read has none yet.
    """
    replies = (
        Comment.objects.exclude(state=CommentState.WAITING)
        .select_related("author", "staff_of")
        .order_by("created_at", "id")
    )
    standing = about(thing).filter(parent__isnull=True).exclude(state=CommentState.WAITING)
    rows = list(
        standing.select_related("author", "staff_of")
        .prefetch_related(Prefetch("replies", queryset=replies, to_attr="shown_replies"))
        .order_by(*ORDERS[sort])[start : start + THREADS_A_PAGE + 1]
    )
    more = len(rows) > THREADS_A_PAGE
    return Page(rows[:THREADS_A_PAGE], start + THREADS_A_PAGE if more else None)


def reactions_of(person: Person, comments: list[Comment]) -> dict[int, ReactionKind]:
    """Which of these comments a person reacted to, and how."""
    if not comments:
        return {}
    asked = [comment.pk for comment in comments]
    rows = Reaction.objects.filter(person_id=person.pk, comment__in=asked).values_list("comment_id", "kind")
    return {comment: ReactionKind(kind) for comment, kind in rows}


def participants(thing: Model) -> QuerySet[Person]:
    """The people who spoke about a thing: those who can be mentioned, besides its author."""
    spoken = about(thing).filter(author__isnull=False).values("author_id")
    return Person.objects.filter(pk__in=spoken, is_active=True).order_by("id")


def hidden(comments: Iterable[int]) -> set[int]:
    """Those of these comments that nobody may read any more: taken back, hidden, or about something that was."""
    rows = Comment.objects.filter(pk__in=set(comments)).values_list(
        "pk", "state", "about_type__app_label", "about_type__model", "about_id"
    )
    gone: set[int] = set()
    standing: dict[str, dict[int, list[int]]] = {}
    for comment, state, app, model, thing in rows:
        if state == CommentState.PUBLISHED:
            standing.setdefault(f"{app}.{model}", {}).setdefault(thing, []).append(comment)
        else:
            gone.add(comment)
    for kind, things in standing.items():
        for thing in discussions[kind].hidden(things):
            gone.update(things[thing])
    return gone


def written_by(person: Person) -> QuerySet[Comment]:
    """What a person said and still stands, newest first."""
    standing = Comment.objects.filter(author_id=person.pk, state=CommentState.PUBLISHED)
    return standing.select_related("about_type", "activity__phase__process").order_by("-created_at", "-id")
