"""What ideas add to the page of a process: its figures, and in each call the ideas most supported."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.core.languages import current
from zenne.core.memory import Remembered
from zenne.participation.processes.models import Activity, Process
from zenne.web.slots import register

from . import queries, showing
from .enums import Sort

MOST = 3
_shown: Remembered[str] = Remembered()
_figures: Remembered[str] = Remembered()


def facts(request: HttpRequest, process: Process) -> str:
    """Ideas and supports, for the hero. Nothing where there is no call for ideas."""
    if not any(activity.kind == "ideation" for phase in process.phases.all() for activity in phase.activities.all()):
        return ""
    return _figures.get((process.pk, current()), lambda: _facts(request, process))


def _facts(request: HttpRequest, process: Process) -> str:
    return render_to_string("participation/ideas/facts.html", {"figures": queries.figures_of(process)}, request)


def activity(request: HttpRequest, call: Activity) -> str:
    """A few ideas of one call: what the list begins with, by number of supports. The same for everybody who looks within a moment."""
    return _shown.get((call.pk, current()), lambda: _activity(request, call))


def _activity(request: HttpRequest, call: Activity) -> str:
    ideas = queries.listed(call, now=request.now).select_related("process").defer("search", "text")  # type: ignore[attr-defined]
    lines = [showing.line(idea) for idea in queries.page_of(ideas, Sort.SUPPORTED, size=MOST).ideas]
    return render_to_string("participation/ideas/activity.html", {"lines": lines}, request)


def widget(request: HttpRequest, process: Process) -> str:
    """Figures and three ideas for the widget of a process: the latest, or as its address asks the most supported."""
    if not any(activity.kind == "ideation" for phase in process.phases.all() for activity in phase.activities.all()):
        return ""
    sort = Sort.SUPPORTED if request.GET.get("ideas") == Sort.SUPPORTED else Sort.NEWEST
    listed = queries.listed(process, now=request.now).select_related("process").defer("search")  # type: ignore[attr-defined]
    context = {
        "figures": queries.figures_of(process),
        "ideas": queries.page_of(listed, sort, size=MOST).ideas,
        "supported": sort == Sort.SUPPORTED,
    }
    return render_to_string("participation/ideas/in_widget.html", context, request)


def head(request: HttpRequest, process: Process) -> str:
    """The feed of its ideas, for feed readers that look for it."""
    return render_to_string("participation/ideas/process_head.html", {"process": process}, request)


register("process.head", head, shared=True)
register("process.widget", widget)
register("process.facts", facts, shared=True)
register("process.activities.ideation", activity, shared=True)
