"""What comments bring to the numbers. What the administration itself says in a discussion is not participation, and isn't counted."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.opendata.statistics.enums import ScopeKind, Split
from zenne.opendata.statistics.kinds import Measure, Scope, measures

from .enums import CommentState
from .models import Comment

OF = {
    ScopeKind.PROCESS: "activity__phase__process_id",
    ScopeKind.ORGANISATION: "activity__phase__process__organisation_id",
}


def _comments(scope: Scope) -> QuerySet[Comment]:
    return Comment.objects.filter(state=CommentState.PUBLISHED, staff_of=None, **{OF[scope.kind]: scope.key})


measures.register(
    "comments",
    Measure(
        _("Comments"),
        "message-circle",
        rows=_comments,
        moment="created_at",
        person="author_id",
        splits={Split.PROCESS: "activity__phase__process_id", Split.LANGUAGE: "language"},
        order=20,
    ),
)
