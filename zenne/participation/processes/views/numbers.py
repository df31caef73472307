from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from zenne.opendata.statistics import queries as statistics
from zenne.opendata.statistics.enums import PageKind
from zenne.opendata.statistics.kinds import Scope
from zenne.web.htmx import render
from zenne.web.visited import visited

from .. import queries
from .page import around, process_at


@require_safe
def numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """A process in numbers: who takes part, with what, and whether the answers come."""
    process = process_at(request, slug, queries.alone())
    period = statistics.period_asked(request.GET.get("period", ""))
    board = statistics.board(Scope.process(process.pk), period, now=request.now)  # type: ignore[attr-defined]
    base = reverse("processes:numbers", args=[slug])
    visited(request, PageKind.NUMBERS, process=process.pk, organisation=process.organisation_id)
    context = around(request, process) | {"board": board, "base": base}
    return render(request, "participation/processes/numbers.html", context)


@require_safe
def numbers_file(request: HttpRequest, slug: str, period: str, table: str, kind: str) -> HttpResponse:
    """One table as CSV or JSON, hidden where the page hides."""
    process = process_at(request, slug, queries.alone())
    asked = statistics.period_asked(period)
    board = statistics.board(Scope.process(process.pk), asked, now=request.now)  # type: ignore[attr-defined]
    found = statistics.sheet(board, table, kind)
    if found is None or asked != period:
        raise Http404
    return statistics.as_file(found, f"{slug}-{table}.{kind}")
