"""What is said in the room, and how the secretariat keeps it civil."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import current
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from .. import notifications
from ..enums import PostState
from ..errors import Ended, ReasonNeeded
from ..models import Amendment, Panel, Post, Seat, Thread
from ..models.talk import POST_LENGTH, TITLE_LENGTH
from ..rules import may_delete, may_serve
from .holding import note, voice


@transaction.atomic
def open_thread(panel: Panel, *, title: str, text: str, by: Person, now: datetime) -> Thread:
    """A new topic with its first words."""
    seat = voice(panel, by, now)
    title = " ".join(title.split())
    if not title or len(title) > TITLE_LENGTH:
        raise Invalid(_("Give the topic a name of at most %(most)s characters.") % {"most": TITLE_LENGTH})
    made = Thread.objects.create(panel=panel, title=title, seat=seat, opened_at=now, moved_at=now)
    _say(made, seat, text, now)
    transaction.on_commit(lambda: notifications.topic_opened(made, by, now))
    return made


@transaction.atomic
def say(thread: Thread, *, text: str, by: Person, now: datetime) -> Post:
    """Add to a topic, while it is open."""
    seat = voice(thread.panel, by, now)
    held = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    if held.closed_at is not None:
        raise Ended(_("This topic is closed."))
    made = _say(held, seat, text, now)
    held.moved_at = now
    held.save(update_fields=["moved_at"])
    return made


@transaction.atomic
def say_of(amendment: Amendment, *, text: str, by: Person, now: datetime) -> Post:
    """Say what one thinks of an amendment; its thread begins with the first word."""
    panel = amendment.draft.panel
    seat = voice(panel, by, now)
    Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    title = _("Amendment %(number)s") % {"number": amendment.number}
    thread, _new = Thread.objects.get_or_create(
        amendment=amendment,
        defaults={"panel": panel, "title": title, "seat": seat, "opened_at": now, "moved_at": now},
    )
    return say(thread, text=text, by=by, now=now)


@transaction.atomic
def hide_post(post: Post, *, reason: str, by: Person, now: datetime) -> Post:
    """Hide words with a reason that stands in their place."""
    require(may_serve(by, post.thread.panel))
    held = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if not reason.strip():
        raise ReasonNeeded(_("Give the reason: it stands in the place of the words."))
    if held.state == PostState.SHOWN:
        held.state, held.reason = PostState.HIDDEN, reason.strip()[:1000]
        held.save(update_fields=["state", "reason"])
        note("panel.post_hidden", post.thread, post.thread.panel, by, now, post=post.pk)
    return held


@transaction.atomic
def show_post(post: Post, *, by: Person, now: datetime) -> Post:
    """Show again what was hidden."""
    require(may_serve(by, post.thread.panel))
    held = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if held.state == PostState.HIDDEN:
        held.state, held.reason = PostState.SHOWN, ""
        held.save(update_fields=["state", "reason"])
        note("panel.post_shown", post.thread, post.thread.panel, by, now, post=post.pk)
    return held


@transaction.atomic
def delete_post(post: Post, *, by: Person, now: datetime) -> Post:
    """Take one's own words back; the place stays."""
    held = Post.objects.select_for_update(of=("self",)).select_related("thread__panel__process__organisation")
    post = held.get(pk=post.pk)
    require(may_delete(by, post, now))
    post.state, post.text = PostState.DELETED, ""
    post.save(update_fields=["state", "text"])
    return post


@transaction.atomic
def close_thread(thread: Thread, *, closed: bool, by: Person, now: datetime) -> Thread:
    """Close a topic, or open it again."""
    require(may_serve(by, thread.panel))
    held = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    if closed != (held.closed_at is not None):
        held.closed_at = now if closed else None
        held.save(update_fields=["closed_at"])
        note("panel.topic_closed" if closed else "panel.topic_opened_again", thread, thread.panel, by, now)
    return held


def _say(thread: Thread, seat: Seat | None, text: str, now: datetime) -> Post:
    text = text.strip()
    if not text:
        raise Invalid(_("Say something first."))
    if len(text) > POST_LENGTH:
        raise Invalid(_("At most %(most)s characters, please.") % {"most": POST_LENGTH})
    return Post.objects.create(thread=thread, seat=seat, text=text, language=current(), said_at=now)
