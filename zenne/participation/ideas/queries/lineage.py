"""Which ideas joined which."""

from django.db.models import QuerySet

from zenne.people.accounts.models import Person

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
