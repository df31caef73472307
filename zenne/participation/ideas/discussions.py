"""Ideas can be discussed."""

from django.db.models import F

from zenne.core.prepared import rows_of
from zenne.participation.comments.kinds import Discussion, discussions

from .enums import LISTED, OPEN_TO_COMMENTS, Moderation
from .models import Idea
from .queries import hidden, in_its_call


def _find(pk: int) -> Idea | None:
    found = rows_of(Idea, "where id = %s and state = any(%s)", [pk, list(LISTED)])
    return in_its_call(found[0]) if found else None


def _count(idea: Idea, delta: int) -> None:
    Idea.objects.filter(pk=idea.pk).update(comment_count=F("comment_count") + delta)


discussions.register(
    "ideas.idea",
    Discussion(
        find=_find,
        hidden=lambda numbers: set(hidden(numbers).values_list("pk", flat=True)),
        activity=lambda idea: idea.activity,
        author=lambda idea: idea.author,
        title=lambda idea: idea.title,
        language=lambda idea: idea.language,
        address=lambda idea: idea.get_absolute_url(),
        count=_count,
        number=lambda idea: idea.comment_count,
        asks_stance=lambda idea: idea.activity.ideation.stance,
        reads_first=lambda idea: idea.activity.ideation.comment_moderation == Moderation.BEFORE,
        open=lambda idea: idea.activity.ideation.comments and idea.state in OPEN_TO_COMMENTS,
    ),
)
