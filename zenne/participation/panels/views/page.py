"""The page for observers: what the panel is asked, who sits as far as each lets it be known, what it does in public, what it advised."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zenne.opendata.statistics.enums import PageKind
from zenne.web.htmx import render
from zenne.web.visited import visited

from .. import queries, showing
from ..rules import day_of, may_enter
from .finding import panel_at


@require_safe
def page(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    panel = panel_at(request, process, pk)
    now = request.now  # type: ignore[attr-defined]
    visited(request, PageKind.THING, process=panel.process_id, organisation=panel.process.organisation_id)
    sitting = list(queries.sitting(panel, now))
    meetings = list(queries.public_meetings(panel))
    context = {
        "panel": panel,
        "process": panel.process,
        "name": showing.said(panel, "name"),
        "mandate": showing.said(panel, "mandate"),
        **showing.public_seats(sitting),
        "vacant": max(0, panel.size - len(sitting)),
        "terms": showing.terms(panel, now),
        "to_come": [each for each in meetings if not each.is_over(now)],
        "past": [each for each in reversed(meetings) if each.is_over(now)],
        "papers": queries.public_papers(panel),
        "advices": list(queries.advices(panel)),
        "today": day_of(now),
        "enters": bool(may_enter(request.user, panel, now)),
    }
    return render(request, "participation/panels/page.html", context)
