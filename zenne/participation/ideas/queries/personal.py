"""What belongs to one person: for their own page."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from zenne.people.accounts.models import Person

from ..models import Draft, Idea, Support

KEPT_FOR = timedelta(days=60)


def ideas_of(person: Person) -> QuerySet[Idea]:
    """Everything they sent, in whatever state, newest first."""
    return (
        Idea.objects.filter(author=person)
        .select_related("process", "theme")
        .defer("search")
        .order_by("-submitted_at", "-id")
    )


def drafts_of(person: Person) -> QuerySet[Draft]:
    """What they began and did not send, the last one touched first."""
    return Draft.objects.filter(person=person).select_related("activity__phase__process").order_by("-updated_at", "key")


def abandoned_drafts(now: datetime) -> QuerySet[Draft]:
    """What nobody touched for two months."""
    return Draft.objects.filter(updated_at__lt=now - KEPT_FOR).order_by("updated_at", "key")


def supported_by(person: Person) -> QuerySet[Support]:
    return (
        Support.objects.filter(person=person, carried_from__isnull=True)
        .select_related("idea__process")
        .defer("idea__search")
        .order_by("-given_at", "-id")
    )


def voices_of(person: Person | None, ideas: Iterable[Idea]) -> dict[int, int]:
    """What a person said to each of these ideas: +1 or -1."""
    if person is None:
        return {}
    rows = Support.objects.filter(person=person, idea__in=[idea.pk for idea in ideas])
    return dict(rows.values_list("idea_id", "value"))


def voice_of(person: Person | None, idea: Idea) -> int:
    """+1, -1, or 0 for nothing said."""
    return voices_of(person, [idea]).get(idea.pk, 0)
