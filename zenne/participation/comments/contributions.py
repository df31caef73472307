"""Comments can be reported, read before they are public, hidden and shown again."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.moderation.kinds import Contribution, contributions
from zenne.people.moderation.models import Decision

from . import actions, notifications
from .enums import CommentState
from .models import Comment


def _load(pk: int) -> Comment | None:
    found = Comment.objects.select_related("author", "staff_of", "activity__phase__process__organisation")
    return found.filter(pk=pk).first()


def _find(pk: int) -> Comment | None:
    found = _load(pk)
    return found if found and found.state == CommentState.PUBLISHED else None


def _publish(comment: Comment, by: Person, now: datetime) -> None:
    actions.publish(comment, now)


def _hide(comment: Comment, decision: Decision) -> None:
    actions.hide(comment, decision)
    notifications.words_gone(comment)


contributions.register(
    "comments.comment",
    Contribution(
        label=_("comment"),
        find=_find,
        load=_load,
        organisation=lambda comment: comment.activity.process.organisation,
        process=lambda comment: comment.activity.process.pk,
        author=lambda comment: comment.author,
        excerpt=lambda comment: comment.text,
        language=lambda comment: comment.language,
        written_at=lambda comment: comment.created_at,
        address=lambda comment: comment.get_absolute_url(),
        waits=lambda comment: comment.state == CommentState.WAITING,
        gone=lambda comment: comment.state == CommentState.DELETED,
        publish=_publish,
        hide=_hide,
        restore=actions.restore,
    ),
)
