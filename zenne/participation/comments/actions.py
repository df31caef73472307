from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from zenne.core import errands
from zenne.core.errors import Invalid
from zenne.core.prepared import prepared, rows_of
from zenne.opendata.webhooks import actions as webhooks
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history
from zenne.people.moderation import actions as moderation
from zenne.people.moderation.models import Decision
from zenne.people.organisations.rules import works_for

from .enums import CommentState, ReactionKind, Stance
from .kinds import discussion_of, kind_of
from .mentions import mentioned
from .models import Comment, Mention, Reaction
from .notifications import words_gone
from .queries import participants
from .rules import may_comment, may_delete, may_edit, may_react
from .tasks import TELL

A_MOMENT = timedelta(minutes=1)
STANDING = [CommentState.PUBLISHED, CommentState.WAITING]
SAID_BEFORE = """
    where author_id = %s and about_type_id = %s and about_id = %s and parent_id is not distinct from %s and text = %s
      and state = any(%s) and created_at > %s
    order by id limit 1
"""


def comment(
    thing: Any,
    *,
    text: str,
    language: str,
    stance: Stance | None = None,
    parent: Comment | None = None,
    by: Person,
    now: datetime,
) -> Comment:
    """Say something about a thing, or reply to what somebody said. A reply to a reply joins the same thread.

    Saying the same twice within a minute is saying it once.
    """
    words = text.strip()
    # asked before: a rule of a moment ago is as good, and inside nothing is remembered
    doubted = moderation.must_wait(discussion_of(thing).activity(thing).process.organisation, words, language)
    with transaction.atomic(), prepared():
        works = isinstance(by, Person) and moderation.meet(by, now)
        require(may_comment(by, thing, now))
        discussion = discussion_of(thing)
        if not words:
            raise Invalid(_("Write something first."))
        if parent is not None:
            parent = _thread(thing, parent)
        if said := _just_said(thing, words, parent, by, now):
            return said
        activity = discussion.activity(thing)
        organisation = activity.process.organisation
        staff = works and works_for(by, organisation)
        waits = not staff and (doubted or discussion.reads_first(thing))
        made = Comment.objects.create(
            activity=activity,
            about_type=kind_of(thing),
            about_id=thing.pk,
            parent=parent,
            author=by,
            staff_of=organisation if staff else None,
            state=CommentState.WAITING if waits else CommentState.PUBLISHED,
            text=words,
            language=language,
            stance=stance if stance and discussion.asks_stance(thing) and parent is None else "",
            created_at=now,
        )
        history.record("comment.written", by=by, now=now, about=made, organisation=organisation)
        if not staff:
            moderation.submitted(made, is_new=True, now=now)
        if not waits:
            _appear(made, thing, now)
        return made


def _appear(made: Comment, thing: Any, now: datetime) -> None:
    """It is public from now on: it counts, and those it concerns are told."""
    _mention(made, thing)
    webhooks.announce("comment.published", made.pk, organisation=made.activity.process.organisation_id, now=now)
    errands.leave(TELL, pk=made.pk, at=now.isoformat())
    # last: whoever speaks about the same thing waits for this row, and so only until the commit
    discussion_of(thing).count(thing, +1)


def _just_said(thing: Any, words: str, parent: Comment | None, by: Person, now: datetime) -> Comment | None:
    """The same words by the same person, a moment ago: a form that was sent twice."""
    values = [by.pk, kind_of(thing).pk, thing.pk, parent.pk if parent else None, words, STANDING, now - A_MOMENT]
    said = rows_of(Comment, SAID_BEFORE, values)
    return said[0] if said else None


def _thread(thing: Any, parent: Comment) -> Comment:
    """The first comment of the thread that `parent` belongs to. It must be about the same thing and still stand."""
    if (parent.about_type_id, parent.about_id) != (kind_of(thing).pk, thing.pk):
        raise Invalid(_("This reply belongs to another discussion."))
    if parent.state != CommentState.PUBLISHED:
        require(Refused(Reason.WRONG_STATE))
    return parent.parent or parent


def _mention(written: Comment, thing: Any) -> None:
    if "@" not in written.text:  # nobody is named, so nobody need be read
        return
    author = discussion_of(thing).author(thing)
    candidates = {person.pk: person for person in participants(thing)} | ({author.pk: author} if author else {})
    people = [person for person in mentioned(written.text, candidates.values()) if person.pk != written.author_id]
    Mention.objects.bulk_create([Mention(comment=written, person=person) for person in people], ignore_conflicts=True)


@transaction.atomic
def edit(written: Comment, *, text: str, language: str, by: Person, now: datetime) -> Comment:
    """Correct one's own words while the edit window is open; the page says that it was edited."""
    written = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("activity__phase__process__organisation")
        .get(pk=written.pk)
    )
    require(may_edit(by, written, now))
    if not text.strip():
        raise Invalid(_("Write something first."))
    written.text, written.language, written.edited_at = text.strip(), language, now
    written.save(update_fields=["text", "language", "edited_at"])
    history.record("comment.edited", by=by, now=now, about=written, organisation=written.activity.process.organisation)
    if written.staff_of_id is None:
        moderation.submitted(written, now=now)
    return written


@transaction.atomic
def delete(written: Comment, *, by: Person, now: datetime) -> None:
    """Take one's own words back: they are gone, their place in the thread stays."""
    written = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("activity__phase__process__organisation")
        .get(pk=written.pk)
    )
    require(may_delete(by, written))
    if written.state == CommentState.PUBLISHED:
        _count(written, -1)
    written.text, written.state, written.ended_at, written.hidden_for = "", CommentState.DELETED, now, ""
    written.save(update_fields=["text", "state", "ended_at", "hidden_for"])
    moderation.drop(written, now=now)
    words_gone(written)
    history.record("comment.deleted", by=by, now=now, about=written, organisation=written.activity.process.organisation)


def _count(written: Comment, delta: int) -> None:
    """Tell the thing that is commented on, unless it is gone."""
    if (thing := written.about) is not None:
        discussion_of(thing).count(thing, delta)


def publish(written: Comment, now: datetime) -> None:
    """Moderation's verb: a comment that waited is read, and public. Runs in the caller's transaction."""
    if written.state == CommentState.WAITING:
        written.state = CommentState.PUBLISHED
        written.save(update_fields=["state"])
        if (thing := written.about) is not None:
            _appear(written, thing, now)


def hide(written: Comment, decision: Decision) -> None:
    """Moderation's verb: the words are kept for an appeal, and shown to nobody. Runs in the caller's transaction."""
    if written.state == CommentState.PUBLISHED:
        _count(written, -1)
    written.state, written.ended_at, written.hidden_for = CommentState.HIDDEN, decision.decided_at, decision.ground
    written.save(update_fields=["state", "ended_at", "hidden_for"])


def restore(written: Comment, decision: Decision) -> None:
    """Moderation's verb: what was hidden is visible again. Runs in the caller's transaction."""
    if written.state == CommentState.HIDDEN:
        written.state, written.ended_at, written.hidden_for = CommentState.PUBLISHED, None, ""
        written.save(update_fields=["state", "ended_at", "hidden_for"])
        _count(written, +1)


@transaction.atomic
def react(written: Comment, kind: ReactionKind | None, *, by: Person, now: datetime) -> int:
    """React to a comment, change the reaction, or take it back with None. Gives the number of reactions; exact under any race."""
    require(may_react(by, written, now))
    written = Comment.objects.select_for_update().get(pk=written.pk)
    if kind is None:
        gone, _rows = Reaction.objects.filter(comment=written, person=by).delete()
        delta = -1 if gone else 0
    else:
        try:
            with transaction.atomic():
                _row, made = Reaction.objects.update_or_create(
                    comment=written, person=by, defaults={"kind": kind, "given_at": now}
                )
        except IntegrityError:
            made = False
        delta = 1 if made else 0
    Comment.objects.filter(pk=written.pk).update(reaction_count=F("reaction_count") + delta)
    return written.reaction_count + delta
