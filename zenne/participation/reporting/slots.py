"""What reporting adds to the page of a process: its reports, and the way to its data."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.web.slots import register

from . import queries

MOST = 3


def of_process(request: HttpRequest, process: Process) -> str:
    """Nothing on a draft: it has neither."""
    if process.state == ProcessState.DRAFT:
        return ""
    context = {"process": process, "reports": list(queries.published(process)[:MOST])}
    return render_to_string("participation/reporting/of_process.html", context, request)


register("process.after", of_process, shared=True)


def of_desk(request: HttpRequest, process: Process) -> str:
    """The reports on the process's own page of the back office."""
    context = {"process": process, "reports": list(process.reports.order_by("-id")[:10])}
    return render_to_string("participation/reporting/staff/of_process.html", context, request)


register("process.desk", of_desk)
