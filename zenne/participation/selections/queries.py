"""The reads worth a name."""

from django.db.models import Count, Q, QuerySet

from zenne.participation.ideas.enums import ENDED, LISTED
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Activity, Process

from .enums import PUBLIC, Outcome, SelectionState
from .models import Choice, Selection


def public() -> QuerySet[Selection]:
    """What everybody may read, the newest first; an annulled one stays and says why."""
    found = Selection.objects.filter(state__in=PUBLIC).select_related("process__organisation", "activity__phase")
    return found.order_by("-published_at", "-id")


def of_process(process: Process) -> QuerySet[Selection]:
    return public().filter(process=process)


def counted(selections: QuerySet[Selection]) -> QuerySet[Selection]:
    """With how many ideas each looked at (`among`) and kept (`kept`)."""
    return selections.annotate(kept=Count("choices", filter=Q(choices__outcome=Outcome.KEPT)), among=Count("choices"))


def choices(selection: Selection) -> QuerySet[Choice]:
    """Everything it says, by rank, each with its idea and whose it is."""
    found = Choice.objects.filter(selection=selection)
    found = found.select_related("idea__author", "idea__theme", "idea__process", "idea__merged_into")
    return found.defer("idea__search", "idea__merged_into__search")


def kept(selection: Selection) -> QuerySet[Choice]:
    """What was kept, by rank: what the next activity begins with."""
    return choices(selection).filter(outcome=Outcome.KEPT)


def sources(process: Process) -> QuerySet[Selection]:
    """The published selections of a process that kept something, the newest first: what may feed the next."""
    standing = Selection.objects.filter(process=process, state=SelectionState.PUBLISHED)
    return standing.filter(choices__outcome=Outcome.KEPT).distinct().order_by("-number")


def candidates(source: Selection | Activity) -> QuerySet[Idea]:
    """The ideas that something which decides may begin with: those a selection kept, or the public ones of a call; without those that have ended."""
    found = Idea.objects.filter(state__in=LISTED).exclude(state__in=ENDED).defer("search")
    if isinstance(source, Selection):
        return found.filter(choices__selection=source, choices__outcome=Outcome.KEPT).order_by("pk")
    return found.filter(activity=source).order_by("pk")


def way(idea: Idea) -> QuerySet[Choice]:
    """Every public decision an idea went through, the first one first."""
    found = Choice.objects.filter(idea=idea, selection__state__in=PUBLIC)
    found = found.select_related("selection__process", "selection__activity")
    return found.order_by("selection__published_at", "selection_id")
