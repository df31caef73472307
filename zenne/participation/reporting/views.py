"""What a process gives back: its reports, and its data."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.core.languages import current
from zenne.opendata.exports.kinds import Audience, Dataset, Wish, datasets, open_datasets
from zenne.opendata.exports.queries import terms_of
from zenne.opendata.exports.writing import csv_stream, json_stream
from zenne.participation.processes.models import Process
from zenne.participation.processes.queries import public
from zenne.people.organisations.queries import wear
from zenne.web.htmx import render

from . import queries, showing
from .enums import ReportState
from .models import Edition, Report


@require_safe
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    process = _process(request, slug)
    context = _around(process) | {"reports": queries.numbered(process)}
    return render(request, "participation/reporting/list.html", context)


@require_safe
def report(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A report as it was frozen; of a withdrawn one, when and why it went."""
    process = _process(request, slug)
    found = queries.numbered(process).filter(number=min(number, 32_000)).first()
    if found is None:
        raise NotFound(_("There is no report with this number."))
    if found.state == ReportState.WITHDRAWN:
        return render(request, "participation/reporting/gone.html", _around(process) | {"report": found}, status=410)
    context = _around(process) | showing.page(found, queries.edition(found, current()))
    return render(request, "participation/reporting/report.html", context)


@require_safe
def pdf(request: HttpRequest, slug: str, number: int) -> FileResponse:
    found, edition = _edition(request, slug, number)
    answer = FileResponse(
        edition.pdf.open(), content_type="application/pdf", filename=showing.file_name(found, edition, "pdf")
    )
    answer["ETag"] = f'"{edition.pdf_digest}"'
    return answer


@require_safe
def data(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The characters that the fingerprint is of."""
    _found, edition = _edition(request, slug, number)
    answer = HttpResponse(edition.text, content_type="application/json")
    answer["ETag"] = f'"{edition.digest}"'
    return answer


@require_safe
def open_data(request: HttpRequest, slug: str) -> HttpResponse:
    """What everyone may take of a process: each table with its columns, its licence, and what was done so that nobody is recognised."""
    process = _process(request, slug)
    wish = _wish(request, process)
    offers = [
        {"key": key, "dataset": dataset, "count": dataset.count(wish), "columns": dataset.columns}
        for key, dataset in open_datasets()
    ]
    context = _around(process) | {"offers": offers, "terms": terms_of(process.organisation)}
    return render(request, "participation/reporting/data.html", context)


@require_safe
def rows(request: HttpRequest, slug: str, dataset: str, ending: str) -> StreamingHttpResponse:
    """The rows as they stand now, read and sent a thousand at a time. An answer that breaks off ends without its last piece: no reader takes
    it for whole."""
    process = _process(request, slug)
    kind = datasets.get(dataset)
    if kind is None or kind.audience != Audience.EVERYONE:
        raise NotFound(_("There is no such data."))
    found = kind.rows(_wish(request, process))
    if ending == "json":
        pieces, content_type = json_stream(_about(process, kind), kind.columns, found), "application/json"
    else:
        semicolons = "excel" in request.GET
        pieces, content_type = csv_stream(kind.columns, found, semicolons=semicolons), "text/csv; charset=utf-8"
    answer = StreamingHttpResponse(pieces, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{process.slug}-{kind.named}.{ending}"'
    answer["Cache-Control"] = "no-cache"
    answer["X-Accel-Buffering"] = "no"
    return answer


def _about(process: Process, kind: Dataset) -> dict[str, Any]:
    terms = terms_of(process.organisation)
    return {
        "process": process.slug,
        "organisation": process.organisation.slug,
        "source": settings.BASE_URL.rstrip("/") + reverse("reporting:open_data", args=[process.slug]),
        "licence": terms.licence,
        "licence_url": terms.address,
        "anonymity": str(kind.anonymity),
    }


def _wish(request: HttpRequest, process: Process) -> Wish:
    return Wish(now=request.now, asked={"process": str(process.pk)})  # type: ignore[attr-defined]


def _process(request: HttpRequest, slug: str) -> Process:
    """A process that everyone may read; drafts have neither reports nor data."""
    process = public().select_related("organisation").filter(slug=slug).first()
    if process is None:
        raise NotFound(_("There is no process at this address."))
    wear(request, process.organisation)
    return process


def _edition(request: HttpRequest, slug: str, number: int) -> tuple[Report, Edition]:
    process = _process(request, slug)
    found = queries.published(process).filter(number=min(number, 32_000)).first()
    edition = queries.edition(found, current()) if found else None
    if found is None or edition is None:
        raise NotFound(_("There is no report with this number."))
    return found, edition


def _around(process: Process) -> dict[str, Any]:
    """What the pages under a process need of it (`processes/base.html`)."""
    return {"process": process, "draft": False, "archived": process.archived_at is not None, "key": ""}
