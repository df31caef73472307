"""Which ideas joined which."""

from django.db.models import QuerySet

from zenne.people.accounts.models import Person

from ..enums import LISTED, IdeaState
from ..models import Idea, Merge


def lineage_of(idea: Idea) -> list[Idea]:
    """The ideas that live on in this one, directly or through another, in the order they joined."""
    found: list[Idea] = []
    level = [idea.pk]
    while level:
        joined = list(
            Idea.objects.filter(merged_into__in=level)
            .select_related("process", "author", "merged_into")
            .defer("search")
            .order_by("id")
        )
        found += joined
        level = [one.pk for one in joined]
    return found


def open_merge_of(idea: Idea) -> Merge | None:
    """The proposal to merge this idea that stands: asked, or completed."""
    return (
        Merge.objects.filter(source=idea, declined_at__isnull=True, undone_at__isnull=True)
        .select_related("source__process", "target__process")
        .first()
    )


def questions_for(person: Person) -> QuerySet[Merge]:
    """The proposals that wait for this person's yes or no."""
    return (
        Merge.objects.filter(
            consents__person=person,
            consents__agreed__isnull=True,
            declined_at__isnull=True,
            completed_at__isnull=True,
            undone_at__isnull=True,
        )
        .select_related("source__process", "target__process")
        .order_by("proposed_at", "id")
    )


def before_hiding(idea: Idea) -> tuple[IdeaState, Idea | None]:
    """Where a refused idea stood before, and which idea it had joined: what it returns to when the refusal is taken back.

    What was never public becomes so; what had joined an idea that was since taken away or hidden stands on its own.
    """
    last = idea.changes.filter(after=IdeaState.REJECTED).order_by("-changed_at", "-id").first()
    before = IdeaState(last.before) if last else IdeaState.SUBMITTED
    if before == IdeaState.MERGED:
        merge = open_merge_of(idea)
        if merge is not None and merge.completed_at is not None and merge.target.is_public:
            return before, merge.target
    return (before if before in LISTED else IdeaState.PUBLISHED), None
