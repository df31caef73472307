"""What studies add to other pages: to an idea what its services found, to a process how far its studies are."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.core.clock import in_brussels
from zenne.core.languages import current
from zenne.core.memory import Remembered
from zenne.participation.ideas.enums import ENDED
from zenne.participation.ideas.models import Idea
from zenne.participation.ideas.rules import is_author
from zenne.participation.processes.models import Activity
from zenne.web.slots import register

from . import queries, showing
from .enums import OPEN, StudyState
from .models import Study
from .rules import may_adapt

_shown: Remembered[str] = Remembered()


def of_idea(request: HttpRequest, idea: Idea, studies: "QuerySet[Study]") -> str:
    """Each service that studies the idea, and what it found."""
    for study in studies:
        study.idea = idea
    today = in_brussels(request.now).date()  # type: ignore[attr-defined]
    return render_to_string("participation/feasibility/of_idea.html", {"rows": showing.rows(studies, today)}, request)


def to_adapt(request: HttpRequest, idea: Idea) -> str:
    """For the author, the way to adapt what a service asks to adapt."""
    if not is_author(request.user, idea):
        return ""
    asked = list(queries.of_idea(idea).filter(state=StudyState.ADAPTATION))
    for study in asked:
        study.idea = idea
    context = {"idea": idea, "studies": [study for study in asked if may_adapt(request.user, study)]}
    return render_to_string("participation/feasibility/to_adapt.html", context, request)


def activity(request: HttpRequest, studied: Activity) -> str:
    """How many were answered, for the page of the process; the same for everybody who looks within a moment."""
    return _shown.get((studied.pk, current()), lambda: _activity(request, studied))


def _activity(request: HttpRequest, studied: Activity) -> str:
    awaited = Study.objects.filter(feasibility=studied.pk).exclude(state__in=OPEN, idea__state__in=ENDED)
    states = list(awaited.order_by().values_list("state", flat=True))
    if not states:
        return ""
    context = {
        "total": len(states),
        "answered": sum(state not in OPEN for state in states),
        "feasible": states.count(StudyState.FEASIBLE),
        "refused": states.count(StudyState.REFUSED),
    }
    return render_to_string("participation/feasibility/activity.html", context, request)


register("idea.after", of_idea, order=45, shared=True, when=queries.of_idea)
register("idea.after", to_adapt, order=46)
register("process.activities.feasibility", activity, shared=True)
