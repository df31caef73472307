"""What selections add to other pages: to an idea its whole way, to a process what was decided in it."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.core.languages import current
from zenne.core.memory import Remembered
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.web.slots import register

from . import queries, showing

MOST = 4
_shown: Remembered[str] = Remembered()


def of_idea(request: HttpRequest, idea: Idea) -> str:
    """Every decision the idea went through, each with its reason and figures. Nothing before the first."""
    choices = list(queries.way(idea))
    if not choices:
        return ""
    for choice in choices:
        choice.idea = idea
    return render_to_string("participation/selections/of_idea.html", {"steps": showing.way(choices)}, request)


def of_process(request: HttpRequest, process: Process) -> str:
    """The latest decisions; the same for everybody who looks within a moment."""
    if process.state == ProcessState.DRAFT:
        return ""
    return _shown.get((process.pk, current()), lambda: _of_process(request, process))


def _of_process(request: HttpRequest, process: Process) -> str:
    lines = showing.lines(queries.of_process(process)[: MOST + 1])
    if not lines:
        return ""
    context = {"process": process, "lines": lines[:MOST], "more": len(lines) > MOST}
    return render_to_string("participation/selections/of_process.html", context, request)


def head(request: HttpRequest, process: Process) -> str:
    """The feed, for feed readers that look for it."""
    return render_to_string("participation/selections/process_head.html", {"process": process}, request)


def of_desk(request: HttpRequest, process: Process) -> str:
    """The selections on the process's own page of the back office, those being prepared too."""
    context = {"process": process, "selections": list(process.selections.order_by("-id")[:10])}
    return render_to_string("participation/selections/staff/of_process.html", context, request)


register("idea.after", of_idea, shared=True)
register("process.after", of_process, order=40, shared=True)
register("process.head", head, shared=True)
register("process.desk", of_desk)
