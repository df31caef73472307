"""Indicators for everyone: the list, one with everything that is known of it, its values as a file, its frozen definitions."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.core.search import asked, says
from zenne.opendata.exports.writing import csv_stream
from zenne.opendata.statistics.enums import PageKind
from zenne.people.organisations.queries import wear
from zenne.places.areas.models import Area
from zenne.web.htmx import render
from zenne.web.visited import visited

from . import drawing, queries, rows, showing
from .models import Indicator

A_PAGE = 30


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """In the order of their addresses, `after` one of them; `q` finds words of their names and meanings."""
    words = request.GET.get("q", "")[:200]
    found = queries.shown_list(request)
    for word in asked(words):
        found = found.filter(says(word, "name", "meaning"))
    after = request.GET.get("after", "")[:80]
    page = list(found.filter(slug__gt=after)[: A_PAGE + 1])
    more = page[A_PAGE - 1].slug if len(page) > A_PAGE else ""
    context = {
        "cards": drawing.cards(page[:A_PAGE], now=request.now, level=2, drawn=False),  # type: ignore[attr-defined]
        "words": words,
        "after": after,
        "more": more,
    }
    return render(request, "strategy/indicators/list.html", context)


@require_safe
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """Of the whole, or with `area` (an official code) of one area."""
    found = _indicator(request, slug)
    visited(request, PageKind.OTHER, organisation=found.organisation_id)
    context = showing.page(found, _area(request, found), request.now)  # type: ignore[attr-defined]
    return render(request, "strategy/indicators/page.html", context)


@require_safe
def values(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Every value that ever was published, sent a thousand at a time."""
    found = _indicator(request, slug)
    pieces = csv_stream(rows.COLUMNS, rows.published(queries.all_published(found)), semicolons="excel" in request.GET)
    answer = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}.csv"'
    answer["X-Accel-Buffering"] = "no"
    return answer


@require_safe
def definition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The characters that the checksum is of."""
    frozen = _indicator(request, slug).definitions.filter(number=min(number, 2**31 - 1)).first()
    if frozen is None:
        raise NotFound(_("There is no definition with this number."))
    answer = HttpResponse(frozen.canonical, content_type="application/json")
    answer["ETag"] = f'"{frozen.sha256}"'
    return answer


def _indicator(request: HttpRequest, slug: str) -> Indicator:
    found = queries.public().filter(slug=slug).first()
    if found is None:
        raise NotFound(_("There is no indicator at this address."))
    wear(request, found.organisation)
    return found


def _area(request: HttpRequest, indicator: Indicator) -> Area | None:
    code = request.GET.get("area", "")
    if not code:
        return None
    area = queries.areas_of(indicator).filter(code=code[:12]).first()
    if area is None:
        raise NotFound(_("Nothing is known of this area."))
    return area
