"""What advices add to the page of a process: what was asked in it, what is late first."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.core.clock import in_brussels
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.web.slots import register

from . import queries, showing
from .models import Advice

MOST = 4


def _asked(process: Process) -> "QuerySet[Advice]":
    return queries.counted(queries.of_process(process).order_by("answered_at", "-issued_at", "-id"))


def of_process(request: HttpRequest, process: Process, asked: "QuerySet[Advice]") -> str:
    if process.state == ProcessState.DRAFT:
        return ""
    today = in_brussels(request.now).date()  # type: ignore[attr-defined]
    lines = showing.lines(asked, today)
    lines.sort(key=lambda line: -line.standing.late if line.advice.state == "issued" else 0)
    late = sum(bool(line.standing.late) for line in lines if line.advice.state == "issued")
    context = {"process": process, "lines": lines[:MOST], "more": len(lines) > MOST, "late": late}
    return render_to_string("participation/advices/of_process.html", context, request)


def head(request: HttpRequest, process: Process) -> str:
    """The feed, for feed readers that look for it."""
    return render_to_string("participation/advices/process_head.html", {"process": process}, request)


def of_desk(request: HttpRequest, process: Process) -> str:
    """The advices on the process's own page of the back office, those being prepared too."""
    today = in_brussels(request.now).date()  # type: ignore[attr-defined]
    found = process.advices.order_by("-id")[:10]
    rows = [{"advice": each, "late": each.days_late(today) if each.state == "issued" else 0} for each in found]
    return render_to_string("participation/advices/staff/of_process.html", {"process": process, "rows": rows}, request)


register("process.after", of_process, order=42, shared=True, when=_asked)
register("process.head", head, shared=True)
register("process.desk", of_desk)
