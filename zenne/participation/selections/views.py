"""What was decided in a process, for everyone: the list of its selections, and each with its reasons."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.opendata.statistics.enums import PageKind
from zenne.participation.processes.models import Process
from zenne.participation.processes.queries import public
from zenne.people.organisations.queries import wear
from zenne.web.htmx import render
from zenne.web.visited import visited

from . import queries, showing


@require_safe
def selections(request: HttpRequest, slug: str) -> HttpResponse:
    process = _process(request, slug)
    lines = showing.lines(queries.counted(queries.of_process(process)))
    return render(request, "participation/selections/list.html", _around(process) | {"lines": lines})


@require_safe
def selection(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A selection as it was published; of an annulled one also when and why."""
    process = _process(request, slug)
    found = queries.of_process(process).select_related("source").filter(number=min(number, 32_000)).first()
    if found is None:
        raise NotFound(_("There is no selection with this number."))
    visited(request, PageKind.THING, process=process.pk, organisation=process.organisation_id)
    found.process = process
    return render(request, "participation/selections/page.html", _around(process) | showing.page(found))


def _process(request: HttpRequest, slug: str) -> Process:
    """A process that everyone may read; in a draft nothing is decided."""
    process = public().select_related("organisation").filter(slug=slug).first()
    if process is None:
        raise NotFound(_("There is no process at this address."))
    wear(request, process.organisation)
    return process


def _around(process: Process) -> dict[str, Any]:
    return {"process": process}
