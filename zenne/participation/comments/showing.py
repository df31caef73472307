"""A discussion as the page shows it: who may do what with each comment is answered here once, not in the template."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zenne.core.numbers import whole_number
from zenne.people.access.answers import ALLOWED, Answer, Refused, Remedy
from zenne.people.accounts.models import Person
from zenne.people.moderation.queries import blocked
from zenne.web.pieces import frozen
from zenne.web.tags.words import day

from .enums import CommentState, ReactionKind, Sort
from .forms import CommentForm
from .kinds import discussion_of
from .models import Comment
from .queries import Page, about, reactions_of, threads
from .rules import may_comment, may_edit

CURABLE = {Remedy.SIGN_IN, Remedy.CONFIRM_EMAIL, Remedy.ANSWER, Remedy.VERIFY}


@dataclass(frozen=True)
class ShownComment:
    row: Comment
    mine: bool
    may_edit: bool
    may_reply: bool
    may_react: bool
    reaction: ReactionKind | None
    by_author_of_thing: bool
    replies: list["ShownComment"] = field(default_factory=list)

    @property
    def visible(self) -> bool:
        return self.row.state == CommentState.PUBLISHED

    @property
    def hidden(self) -> bool:
        return self.row.state == CommentState.HIDDEN

    @property
    def waits(self) -> bool:
        return self.row.state == CommentState.WAITING

    @property
    def placeholder(self) -> str:
        """What stands where the words were: who took them away, when, and on which ground."""
        facts = {"on": day(self.row.ended_at), "ground": self.row.get_hidden_for_display()}
        if self.waits:
            return _("This comment waits to be read by a moderator. Only you and the staff can see it.")
        if self.row.state == CommentState.DELETED:
            return pgettext("comment", "Deleted by its author on %(on)s") % facts
        if self.row.hidden_for:
            return pgettext("comment", "Hidden by moderation on %(on)s: %(ground)s") % facts
        return pgettext("comment", "Hidden by moderation on %(on)s") % facts

    @property
    def official(self) -> bool:
        return self.row.staff_of_id is not None

    @property
    def anchor(self) -> str:
        return f"comment-{self.row.pk}"

    @property
    def name(self) -> str:
        """The name above the comment; nobody's once the words are gone."""
        if not self.visible or self.row.author is None:
            return _("Somebody")
        return str(self.row.author)

    @property
    def badge(self) -> str:
        if self.row.staff_of:
            return str(self.row.staff_of)
        return _("author") if self.by_author_of_thing else ""

    @property
    def note(self) -> str:
        stance = self.row.get_stance_display() if self.row.stance else ""
        return " · ".join(part for part in (stance, _("edited") if self.row.edited_at else "") if part)


@dataclass(frozen=True)
class Read:
    """One page of a discussion as it was read for everybody. `digest` changes with whatever of it is drawn."""

    thing: Any
    page: Page
    sort: Sort
    digest: str

    @property
    def rows(self) -> list[Comment]:
        return [row for thread in self.page.threads for row in (thread, *thread.shown_replies)]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Reader:
    """What one person finds in a discussion that not everybody does: one value, by which what was drawn for one serves all who find the same."""

    mine: tuple[int, ...]
    editable: tuple[int, ...]
    reactions: tuple[tuple[int, ReactionKind], ...]
    answer: Answer
    kept_out: bool = False

    @property
    def offers_form(self) -> bool:
        """Whether to show the form: also to whoever only has to sign in or answer something first, since their words are kept."""
        return offers(self.answer)


@dataclass(frozen=True)
class ShownDiscussion:
    title: str
    language: str
    address: str
    post_to: str
    count: int
    threads: list[ShownComment]
    next_address: str
    sorts: list[dict[str, object]]
    answer: Answer
    offers_form: bool
    form: CommentForm
    reads_first: bool


def offers(answer: Answer) -> bool:
    return not isinstance(answer, Refused) or answer.remedy in CURABLE


def read(request: HttpRequest, thing: Any) -> Read:
    """The page of a discussion that the address asks for; the number of queries does not grow with the number of comments."""
    asked = request.GET.get("order")
    sort = Sort(asked) if asked in Sort.values else Sort.OLDEST
    page = threads(thing, sort=sort, start=whole_number(request.GET.get("from"), 6) or 0)
    kind = discussion_of(thing)
    owner = kind.author(thing)
    drawn = (kind.number(thing), kind.asks_stance(thing), kind.reads_first(thing), owner.pk if owner else None)
    rows = [(row, tuple(row.shown_replies)) for row in page.threads]  # type: ignore[attr-defined]
    whole = frozen((thing._meta.label_lower, thing.pk, sort.value, page.next_start, drawn, rows))
    return Read(thing, page, sort, hashlib.blake2b(repr(whole).encode(), digest_size=16).hexdigest())


def reader(request: HttpRequest, read: Read) -> Reader:
    """What this visitor may do with each comment, and did."""
    answer, person = may_comment(request.user, read.thing, request.now), request.user  # type: ignore[attr-defined]
    if not isinstance(person, Person):
        return Reader((), (), (), answer)
    mine = [row for row in read.rows if row.author_id == person.pk]
    return Reader(
        mine=tuple(row.pk for row in mine),
        editable=tuple(row.pk for row in mine if may_edit(person, row, request.now)),  # type: ignore[attr-defined]
        reactions=tuple(sorted(reactions_of(person, read.rows).items())),
        answer=answer,
        kept_out=not blocked(person, discussion_of(read.thing).activity(read.thing).process.organisation, request.now),  # type: ignore[attr-defined]
    )


def shown_discussion(read: Read, reader: Reader, *, form: CommentForm | None = None) -> ShownDiscussion:
    """One page of a discussion as this reader finds it."""
    thing, page, sort = read.thing, read.page, read.sort
    kind = discussion_of(thing)
    owner = kind.author(thing)
    here = _Here(reader, owner.pk if owner else None, reader.offers_form)
    address = reverse("comments:discussion", args=[thing._meta.label_lower, thing.pk])
    return ShownDiscussion(
        title=kind.title(thing),
        language=kind.language(thing),
        address=kind.address(thing),
        post_to=address,
        count=kind.number(thing),
        threads=[here.shown(row, [here.shown(reply) for reply in row.shown_replies]) for row in page.threads],  # type: ignore[attr-defined]
        next_address=f"{address}?order={sort}&from={page.next_start}" if page.next_start else "",
        sorts=[
            {"label": label, "url": f"?order={value}#comments", "current": value == sort}
            for value, label in Sort.choices
        ],
        answer=reader.answer,
        offers_form=reader.offers_form,
        form=form or CommentForm(parents=about(thing), asks_stance=kind.asks_stance(thing)),
        reads_first=kind.reads_first(thing),
    )


def shown_comment(request: HttpRequest, row: Comment) -> ShownComment:
    """One comment alone, as after a reaction."""
    thing, person = row.about, request.user
    owner = discussion_of(thing).author(thing)
    mine = (row.pk,) if isinstance(person, Person) and row.author_id == person.pk else ()
    editable = mine if may_edit(person, row, request.now) else ()  # type: ignore[attr-defined]
    reactions = reactions_of(person, [row]) if isinstance(person, Person) else {}
    reader = Reader(mine, editable, tuple(reactions.items()), ALLOWED)
    return _Here(reader, owner.pk if owner else None, False).shown(row)


class _Here:
    """What is the same for all comments of one page."""

    def __init__(self, reader: Reader, owner_id: int | None, open_to_replies: bool) -> None:
        self.mine, self.editable, self.reactions = set(reader.mine), set(reader.editable), dict(reader.reactions)
        self.kept_out = reader.kept_out
        self.owner_id = owner_id
        self.open_to_replies = open_to_replies

    def shown(self, row: Comment, replies: list[ShownComment] | None = None) -> ShownComment:
        return ShownComment(
            row=row,
            mine=row.pk in self.mine,
            may_edit=row.pk in self.editable,
            may_reply=self.open_to_replies and row.state == CommentState.PUBLISHED,
            may_react=row.pk not in self.mine and not self.kept_out,
            reaction=self.reactions.get(row.pk),
            by_author_of_thing=row.author_id is not None and row.author_id == self.owner_id,
            replies=replies or [],
        )
