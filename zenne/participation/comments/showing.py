"""A discussion as the page shows it: who may do what with each comment is answered here once, not in the template."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zenne.people.access.answers import Answer, Refused, Remedy
from zenne.people.accounts.models import Person
from zenne.web.tags.words import day

from .enums import CommentState, ReactionKind, Sort
from .forms import CommentForm
from .kinds import discussion_of
from .models import Comment
from .queries import about, reactions_of, threads
from .rules import may_comment, may_edit

CURABLE = {Remedy.SIGN_IN, Remedy.CONFIRM_EMAIL, Remedy.ANSWER, Remedy.VERIFY}


@dataclass(frozen=True)
class ShownComment:
    row: Comment
    mine: bool
    may_edit: bool
    may_reply: bool
    reaction: ReactionKind | None
    by_author_of_thing: bool
    replies: list["ShownComment"] = field(default_factory=list)

    @property
    def visible(self) -> bool:
        return self.row.state == CommentState.PUBLISHED

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
class ShownDiscussion:
    title: str
    address: str
    post_to: str
    count: int
    threads: list[ShownComment]
    next_address: str
    sorts: list[dict[str, object]]
    answer: Answer
    form: CommentForm
    reads_first: bool

    @property
    def offers_form(self) -> bool:
        """Whether to show the form: also to whoever only has to sign in or answer something first, since their words are kept."""
        return offers(self.answer)


def offers(answer: Answer) -> bool:
    return not isinstance(answer, Refused) or answer.remedy in CURABLE


def shown_discussion(request: HttpRequest, thing: Any, *, form: CommentForm | None = None) -> ShownDiscussion:
    """One page of a discussion for this visitor; the number of queries does not grow with the number of comments."""
    kind = discussion_of(thing)
    asked = request.GET.get("order")
    sort = Sort(asked) if asked in Sort.values else Sort.OLDEST
    page = threads(thing, sort=sort, start=_start(request.GET.get("from", "")))
    everyone = [row for thread in page.threads for row in (thread, *thread.shown_replies)]
    reactions = reactions_of(request.user, everyone) if isinstance(request.user, Person) else {}
    owner = kind.author(thing)
    answer = may_comment(request.user, thing, request.now)
    here = _Here(request, owner.pk if owner else None, offers(answer), reactions)
    address = reverse("comments:discussion", args=[thing._meta.label_lower, thing.pk])
    return ShownDiscussion(
        title=kind.title(thing),
        address=kind.address(thing),
        post_to=address,
        count=kind.number(thing),
        threads=[here.shown(row, [here.shown(reply) for reply in row.shown_replies]) for row in page.threads],
        next_address=f"{address}?order={sort}&from={page.next_start}" if page.next_start else "",
        sorts=[
            {"label": label, "url": f"?order={value}#comments", "current": value == sort}
            for value, label in Sort.choices
        ],
        answer=answer,
        form=form or CommentForm(parents=about(thing), asks_stance=kind.asks_stance(thing)),
        reads_first=kind.reads_first(thing),
    )


def shown_comment(request: HttpRequest, row: Comment) -> ShownComment:
    """One comment alone, as after a reaction."""
    thing = row.about
    owner = discussion_of(thing).author(thing)
    reactions = reactions_of(request.user, [row]) if isinstance(request.user, Person) else {}
    return _Here(request, owner.pk if owner else None, False, reactions).shown(row)


def _start(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


@dataclass(frozen=True)
class _Here:
    """What is the same for all comments of one page."""

    request: HttpRequest
    owner_id: int | None
    open_to_replies: bool
    reactions: dict[int, ReactionKind]

    def shown(self, row: Comment, replies: list[ShownComment] | None = None) -> ShownComment:
        person = self.request.user
        return ShownComment(
            row=row,
            mine=row.author_id is not None and row.author_id == person.pk,
            may_edit=bool(may_edit(person, row, self.request.now)),
            may_reply=self.open_to_replies and row.state == CommentState.PUBLISHED,
            reaction=self.reactions.get(row.pk),
            by_author_of_thing=row.author_id is not None and row.author_id == self.owner_id,
            replies=replies or [],
        )
