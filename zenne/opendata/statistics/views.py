from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import visible_to, wear
from zenne.web.htmx import render
from zenne.web.visited import visited

from . import queries
from .enums import PageKind
from .kinds import Scope


@require_safe
def of_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """The numbers of everything that an organisation runs."""
    organisation = _organisation(request, slug)
    period = queries.period_asked(request.GET.get("period", ""))
    board = queries.board(Scope.organisation(organisation.pk), period, now=request.now)  # type: ignore[attr-defined]
    base = reverse("statistics:organisation", args=[slug])
    visited(request, PageKind.NUMBERS, organisation=organisation.pk)
    context = {"organisation": organisation, "board": board, "base": base}
    return render(request, "opendata/statistics/organisation.html", context)


@require_safe
def file_of_organisation(request: HttpRequest, slug: str, period: str, table: str, kind: str) -> HttpResponse:
    """One table as CSV or JSON."""
    organisation = _organisation(request, slug)
    asked = queries.period_asked(period)
    board = queries.board(Scope.organisation(organisation.pk), asked, now=request.now)  # type: ignore[attr-defined]
    found = queries.sheet(board, table, kind)
    if found is None or asked != period:
        raise Http404
    return queries.as_file(found, f"{slug}-{table}.{kind}")


def _organisation(request: HttpRequest, slug: str) -> Organisation:
    organisation = get_object_or_404(visible_to(request.user), slug=slug)
    wear(request, organisation)
    return organisation
