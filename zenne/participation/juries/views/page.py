"""The public page of a jury: who sits, what they judge by, what is before them, where there were conflicts of interest, and what came of it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zenne.opendata.statistics.enums import PageKind
from zenne.web.htmx import render
from zenne.web.visited import visited

from .. import queries, showing
from ..enums import Comments, Stage
from ..rules import may_lead, seat_of, selection_of, stage
from .finding import jury_at


@require_safe
def page(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    jury = jury_at(request, process, pk)
    now = request.now  # type: ignore[attr-defined]
    at = stage(jury, now)
    visited(request, PageKind.THING, process=jury.process.pk, organisation=jury.process.organisation_id)
    candidates, made = queries.standing(jury), selection_of(jury)
    progress = queries.progress(jury) if at in (Stage.SCORING, Stage.WAITING) else []
    context = showing.around(jury, at) | {
        "criteria": showing.criteria(queries.criteria(jury)),
        "members": [(seat, showing.said(seat, "capacity")) for seat in queries.seated(jury)],
        "lines": showing.lines(jury, candidates, made),
        "done": sum(each.submitted + each.recused for each in progress),
        "expected": sum(each.submitted + each.recused + each.missing for each in progress),
        "selection": made,
        "over": at == Stage.PUBLISHED,
        "statement": showing.said(made or jury, "statement") if at == Stage.PUBLISHED else None,
        "comments": showing.comments(jury) if at == Stage.PUBLISHED and jury.comments == Comments.PUBLISHED else [],
        "seat": seat_of(request.user, jury),
        "leads": bool(may_lead(request.user, jury)),
        "window": jury.activity.window(),
    }
    return render(request, "participation/juries/page.html", context)
