"""What panels add to other pages: to a process its panels, to one's own pages the rooms one may enter.

Offered: `panel.drawn`, given the panel, on the page for observers: how those who sit were drawn.
"""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.people.accounts.models import Person
from zenne.web.slots import register

from . import queries, showing
from .models import Panel


def of_process(request: HttpRequest, process: Process, rows: "QuerySet[Panel]") -> str:
    if process.state == ProcessState.DRAFT:
        return ""
    panels = [{"panel": each, "name": showing.said(each, "name"), "address": each.get_absolute_url()} for each in rows]
    return render_to_string("participation/panels/of_process.html", {"panels": panels}, request)


def mine(request: HttpRequest) -> str:
    """A way into each room."""
    if not isinstance(request.user, Person):
        return ""
    rows = list(queries.seats_of(request.user, request.now))  # type: ignore[attr-defined]
    return render_to_string("participation/panels/ways.html", {"seats": rows}, request) if rows else ""


register("process.after", of_process, order=38, shared=True, when=queries.of_process)
register("accounts.ways", mine, order=60)
