"""Comments can be reported and hidden."""

from django.utils.translation import gettext_lazy as _

from zenne.people.moderation.kinds import Contribution, contributions

from . import actions
from .enums import CommentState
from .models import Comment


def _find(pk: int) -> Comment | None:
    return (
        Comment.objects.filter(pk=pk)
        .exclude(state=CommentState.DELETED)
        .select_related("author", "activity__phase__process__organisation")
        .first()
    )


contributions.register(
    "comments.comment",
    Contribution(
        label=_("comment"),
        find=_find,
        organisation=lambda comment: comment.activity.process.organisation,
        author=lambda comment: comment.author,
        excerpt=lambda comment: comment.text,
        address=lambda comment: comment.get_absolute_url(),
        hide=actions.hide,
        restore=actions.restore,
    ),
)
