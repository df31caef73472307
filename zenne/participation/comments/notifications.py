"""What comments tell people: that somebody spoke about their contribution, replied to them or named them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.core.numbers import key_of
from zenne.messaging.notifications.actions import forget_words, notify
from zenne.messaging.notifications.enums import Circle
from zenne.messaging.notifications.kinds import Kind, kinds

from .kinds import discussion_of
from .models import Comment
from .queries import hidden


def _hidden(keys: Collection[str]) -> set[str]:
    """Those of these occasions (`comment:12`) whose comment nobody may read any more, or what it is about."""
    comments = {key: key_of(key.removeprefix("comment:")) for key in keys}
    gone = hidden(comments.values())
    return {key for key, comment in comments.items() if comment in gone}


kinds.register(
    "comments.on-mine",
    Kind(
        _("Comments on what I wrote"),
        _("%(who)s commented on “%(title)s”"),
        circle=Circle.MINE,
        hidden=_hidden,
    ),
)
kinds.register(
    "comments.reply",
    Kind(
        _("Replies to my comments"),
        _("%(who)s replied to you about “%(title)s”"),
        circle=Circle.MINE,
        hidden=_hidden,
    ),
)
kinds.register(
    "comments.mention",
    Kind(
        _("When somebody names me"),
        _("%(who)s named you in a comment about “%(title)s”"),
        circle=Circle.MINE,
        hidden=_hidden,
    ),
)


def comment_written(written: Comment, thing: Any, now: datetime) -> None:
    """Tell each person once, in the most personal of the ways that concern them."""
    discussion = discussion_of(thing)
    told = {written.author_id}
    named = [mention.person for mention in written.mentions.select_related("person")]
    replied = [written.parent.author] if written.parent and written.parent.author else []
    owner = discussion.author(thing)
    for kind, people in (
        ("comments.mention", named),
        ("comments.reply", replied),
        ("comments.on-mine", [owner] if owner else []),
    ):
        hearing = [person for person in people if person.pk not in told]
        told |= {person.pk for person in hearing}
        notify(
            kind,
            to=hearing,
            key=f"comment:{written.pk}",
            scope=f"processes.process:{written.activity.phase.process_id}",
            facts={"who": str(written.author), "title": {discussion.language(thing): discussion.title(thing)}},
            url=written.get_absolute_url(),
            excerpt={written.language: written.text},
            now=now,
        )


def words_gone(written: Comment) -> None:
    """A moderator hid the words: those who were told of the comment find them in no letter and no message either."""
    thing = written.about
    owner = discussion_of(thing).author(thing) if thing is not None else None
    told = [owner, written.parent.author if written.parent else None]
    named = written.mentions.values_list("person", flat=True)
    forget_words(f"comment:{written.pk}", [*named, *(person.pk for person in told if person is not None)])
