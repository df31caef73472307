"""What citizens advise and what bodies answer, for everyone: the list of a process, one advice, and everything addressed to one body."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.clock import in_brussels
from zenne.core.errors import NotFound
from zenne.core.languages import shown
from zenne.opendata.statistics.enums import PageKind
from zenne.participation.decisions.models import Body
from zenne.participation.processes.models import Process
from zenne.participation.processes.queries import public
from zenne.people.organisations.queries import wear
from zenne.web.htmx import render
from zenne.web.visited import visited

from . import queries, showing


@require_safe
def advices(request: HttpRequest, slug: str) -> HttpResponse:
    process = _process(request, slug)
    context = {
        "process": process,
        "lines": showing.lines(queries.counted(queries.of_process(process)), _today(request)),
    }
    return render(request, "participation/advices/list.html", context)


@require_safe
def advice(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An advice as it was issued, with the answer once that is public; of a withdrawn one when and why."""
    process = _process(request, slug)
    found = queries.of_process(process).select_related("file", "answer_file").filter(number=min(number, 32_000)).first()
    if found is None:
        raise NotFound(_("There is no advice with this number."))
    visited(request, PageKind.THING, process=process.pk, organisation=process.organisation_id)
    found.process = process
    today = _today(request)
    context = {
        "process": process,
        "advice": found,
        "issuer": shown(found, "issuer"),
        "title": shown(found, "title"),
        "text": shown(found, "text"),
        "statement": shown(found, "statement"),
        "withdrawal": shown(found, "withdrawal"),
        "standing": showing.standing(found, today),
        "rows": showing.rows(found, today),
        "dates": showing.dates(found),
        "answered": found.answered_at is not None,
    }
    return render(request, "participation/advices/page.html", context)


@require_safe
def body(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What a body was asked and how it answered, what is late first."""
    found = Body.objects.select_related("organisation").filter(
        pk=min(pk, 2**62), organisation__slug=slug, organisation__opened_at__isnull=False
    )
    addressed = found.first()
    if addressed is None:
        raise NotFound(_("There is no body at this address."))
    wear(request, addressed.organisation)
    today = _today(request)
    lines = sorted(
        showing.lines(queries.counted(queries.of_body(addressed)), today),
        key=lambda line: -line.standing.late if line.advice.state == "issued" else 0,
    )
    context = {
        "body": addressed,
        "organisation": addressed.organisation,
        "lines": lines,
        "figures": showing.tiles(showing.figures((line.advice for line in lines), today)),
    }
    return render(request, "participation/advices/body.html", context)


def _today(request: HttpRequest) -> date:
    return in_brussels(request.now).date()  # type: ignore[attr-defined]


def _process(request: HttpRequest, slug: str) -> Process:
    process = public().select_related("organisation").filter(slug=slug).first()
    if process is None:
        raise NotFound(_("There is no process at this address."))
    wear(request, process.organisation)
    return process
