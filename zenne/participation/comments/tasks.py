"""What happens after a comment appeared, without making its writer wait."""

from datetime import datetime

from procrastinate.contrib.django import app

from . import notifications
from .enums import CommentState
from .models import Comment


@app.task(name="comments.tell", queue="default", retry=3)
def tell(*, pk: int, at: str) -> None:
    """Tell those whom a comment concerns. Doing it twice changes nothing; what was taken away or hidden by now is not told."""
    rows = Comment.objects.select_related("author", "parent__author", "activity__phase__process__organisation")
    written = rows.filter(pk=pk, state=CommentState.PUBLISHED).first()
    if written is not None and (thing := written.about) is not None:
        notifications.comment_written(written, thing, datetime.fromisoformat(at))
