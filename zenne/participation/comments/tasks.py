"""What happens after a comment appeared, without making its writer wait."""

from datetime import datetime

from zenne.core.errands import errand

from . import notifications
from .enums import CommentState
from .models import Comment

TELL = "comments.tell"


@errand(TELL)
def tell(*, pk: int, at: str) -> None:
    """Tell those whom a comment concerns. Doing it twice changes nothing; what was taken away or hidden by now is not told."""
    rows = Comment.objects.select_related("author", "parent__author", "activity__phase__process__organisation")
    written = rows.filter(pk=pk, state=CommentState.PUBLISHED).first()
    if written is not None and (thing := written.about) is not None:
        notifications.comment_written(written, thing, datetime.fromisoformat(at))
