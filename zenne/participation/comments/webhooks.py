"""What other software hears of comments."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zenne.core.languages import DEFAULT
from zenne.opendata.api.representations import absolute, at
from zenne.opendata.webhooks.kinds import Event, Facts, webhooks

from .enums import CommentState
from .kinds import discussions
from .models import Comment


def data(key: int, facts: Facts) -> dict[str, Any] | None:
    """The words and where they stand; not by whom. Nothing once they are hidden or deleted, or what they are about is."""
    rows = Comment.objects.filter(state=CommentState.PUBLISHED).select_related("activity__phase__process", "staff_of")
    comment = rows.filter(pk=key).first()
    if comment is None:
        return None
    model = comment.about_type.model_class()
    kind = model._meta.label_lower if model else ""
    discussion = discussions.get(kind)
    if discussion is None or discussion.find(comment.about_id) is None:
        return None
    with override(DEFAULT):
        address = absolute(comment.get_absolute_url())
    return {
        "comment": {
            "id": comment.pk,
            "about": {"kind": kind, "id": comment.about_id},
            "reply_to": comment.parent_id,
            "text": comment.text,
            "language": comment.language,
            "stance": comment.stance,
            "official": comment.staff_of is not None,
            "created_at": comment.created_at.isoformat(),
            "process": comment.activity.process.slug,
            "url": address,
            "api": at(f"/comments/{comment.pk}"),
        }
    }


webhooks.register("comment.published", Event(_("A comment is published"), data))
