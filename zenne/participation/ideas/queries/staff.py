"""What staff see: the ideas of the organisations they work for, and no other."""

from django.db.models import QuerySet

from zenne.people.accounts.models import Person
from zenne.people.organisations.queries import organisations_of

from ..enums import IdeaState
from ..models import Idea


def manageable(person: Person) -> QuerySet[Idea]:
    """Every idea, in whatever state, of the organisations this person works for."""
    return (
        Idea.objects.filter(process__organisation__in=organisations_of(person))
        .select_related(
            "process__organisation", "activity__phase", "theme", "author", "assigned_to", "commune", "entered_by"
        )
        .defer("search")
        .order_by("-submitted_at", "-id")
    )


def inbox(person: Person) -> QuerySet[Idea]:
    """What waits to be read before anybody else may."""
    return manageable(person).filter(state=IdeaState.SUBMITTED)
