"""What reporting adds to the page of a process: its reports, and the way to its data."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.web.slots import register

from . import queries
from .models import Report

MOST = 3


def _latest(process: Process) -> "QuerySet[Report]":
    return queries.published(process)[:MOST]


def of_process(request: HttpRequest, process: Process, latest: "QuerySet[Report]") -> str:
    """The latest reports, and the data."""
    return _drawn(request, process, list(latest))


def data_of_process(request: HttpRequest, process: Process) -> str:
    """The data alone, as long as there is no report; nothing on a draft, which has neither."""
    return "" if process.state == ProcessState.DRAFT else _drawn(request, process, [])


def _drawn(request: HttpRequest, process: Process, reports: list[Report]) -> str:
    for each in reports:
        each.process = process
    context = {"process": process, "reports": reports}
    return render_to_string("participation/reporting/of_process.html", context, request)


register("process.after", of_process, shared=True, when=_latest)
register("process.after", data_of_process, shared=True, unless=_latest)


def of_desk(request: HttpRequest, process: Process) -> str:
    """The reports on the process's own page of the back office."""
    context = {"process": process, "reports": list(process.reports.order_by("-id")[:10])}
    return render_to_string("participation/reporting/staff/of_process.html", context, request)


register("process.desk", of_desk)
