"""What selections add to other pages: to an idea its whole way, to a process what was decided in it."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.participation.ideas.models import Idea
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.web.slots import register

from . import queries, showing
from .models import Choice, Selection

MOST = 4


def of_idea(request: HttpRequest, idea: Idea, choices: "QuerySet[Choice]") -> str:
    """Every decision the idea went through, each with its reason and figures."""
    for choice in choices:
        choice.idea = idea
    return render_to_string("participation/selections/of_idea.html", {"steps": showing.way(choices)}, request)


def _latest(process: Process) -> "QuerySet[Selection]":
    return queries.counted(queries.of_process(process))[: MOST + 1]


def of_process(request: HttpRequest, process: Process, latest: "QuerySet[Selection]") -> str:
    """The latest decisions."""
    if process.state == ProcessState.DRAFT:
        return ""
    lines = showing.lines(latest)
    context = {"process": process, "lines": lines[:MOST], "more": len(lines) > MOST}
    return render_to_string("participation/selections/of_process.html", context, request)


def head(request: HttpRequest, process: Process) -> str:
    """The feed, for feed readers that look for it."""
    return render_to_string("participation/selections/process_head.html", {"process": process}, request)


def of_desk(request: HttpRequest, process: Process) -> str:
    """The selections on the process's own page of the back office, those being prepared too."""
    context = {"process": process, "selections": list(process.selections.order_by("-id")[:10])}
    return render_to_string("participation/selections/staff/of_process.html", context, request)


register("idea.after", of_idea, shared=True, when=queries.way)
register("process.after", of_process, order=40, shared=True, when=_latest)
register("process.head", head, shared=True)
register("process.desk", of_desk)
