"""Who is concerned by a project: who asked to hear of it, and who stands behind what it answers.

Nobody is told as a voter, because nobody knows who voted: what a vote, a decision or an advice set off is told to those who follow its process, which every
voter is asked beside the receipt. So is what takes up an idea that a vote, a jury or a body kept.
"""

from django.db.models import Q, QuerySet

from zenne.participation.ideas.models import Idea, Support
from zenne.participation.processes.models import Follow as ProcessFollow
from zenne.participation.selections.enums import Outcome, SelectionState
from zenne.participation.selections.models import Choice
from zenne.people.accounts.models import Person

from .models import Follow, Origin, Project


def people(project: Project) -> QuerySet[Person]:
    """Followers of the project, authors and supporters of its ideas, followers of the processes that led to it; each of them once."""
    origins = Origin.objects.filter(project=project)
    ideas = Q(pk__in=origins.values("idea")) | Q(merged_into__in=origins.values("idea"))
    followers = Q(pk__in=Follow.objects.filter(project=project).values("person"))
    return Person.objects.filter(followers | _behind(ideas) | _following(origins), is_active=True).order_by("pk")


def behind(origin: Origin) -> QuerySet[Person]:
    """The same for one origin alone: those whose idea, vote, decision or advice becomes a project."""
    ideas = Q(pk=origin.idea_id) | Q(merged_into=origin.idea_id) if origin.idea_id else Q(pk__in=())
    following = _following(Origin.objects.filter(pk=origin.pk))
    return Person.objects.filter(_behind(ideas) | following, is_active=True).order_by("pk")


def _behind(ideas: Q) -> Q:
    """Who wrote or supports these; who wrote something that was joined to one of them is behind it too."""
    rows = Idea.objects.filter(ideas, author__isnull=False)
    supports = Support.objects.filter(idea__in=Idea.objects.filter(ideas).values("pk"), value=1)
    return Q(pk__in=rows.order_by().values("author")) | Q(pk__in=supports.order_by().values("person"))


def _following(origins: QuerySet[Origin]) -> Q:
    kept = Choice.objects.filter(
        idea__in=origins.values("idea"), outcome=Outcome.KEPT, selection__state=SelectionState.PUBLISHED
    )
    found = Q(pk__in=ProcessFollow.objects.filter(process__in=kept.values("selection__process")).values("person"))
    for way in ("selection__process", "decision__process", "recommendation__advice__process"):
        processes = origins.filter(**{f"{way}__isnull": False}).values(way)
        found |= Q(pk__in=ProcessFollow.objects.filter(process__in=processes).values("person"))
    return found
