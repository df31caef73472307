"""What studies add to other pages: to an idea what its services found, to a process how far its studies are."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.core.clock import in_brussels
from zenne.core.languages import current
from zenne.core.memory import Remembered
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Activity
from zenne.web.slots import register

from . import queries, showing
from .enums import OPEN, StudyState
from .models import Study
from .rules import may_adapt

_shown: Remembered[str] = Remembered()


def of_idea(request: HttpRequest, idea: Idea) -> str:
    """Each service that studies the idea, and what it found; to its author, the way to adapt it. Nothing before the first study."""
    studies = list(queries.of_idea(idea))
    if not studies:
        return ""
    for study in studies:
        study.idea = idea
    today = in_brussels(request.now).date()  # type: ignore[attr-defined]
    context = {
        "rows": showing.rows(studies, today),
        "idea": idea,
        "to_adapt": [
            study.pk for study in studies if study.state == StudyState.ADAPTATION and may_adapt(request.user, study)
        ],
    }
    return render_to_string("participation/feasibility/of_idea.html", context, request)


def activity(request: HttpRequest, studied: Activity) -> str:
    """How many were answered, for the page of the process; the same for everybody who looks within a moment."""
    return _shown.get((studied.pk, current()), lambda: _activity(request, studied))


def _activity(request: HttpRequest, studied: Activity) -> str:
    states = list(Study.objects.filter(feasibility=studied.pk).order_by().values_list("state", flat=True))
    if not states:
        return ""
    context = {
        "total": len(states),
        "answered": sum(state not in OPEN for state in states),
        "feasible": states.count(StudyState.FEASIBLE),
        "refused": states.count(StudyState.REFUSED),
    }
    return render_to_string("participation/feasibility/activity.html", context, request)


register("idea.after", of_idea, order=45)
register("process.activities.feasibility", activity)
