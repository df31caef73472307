"""What a page refers to: its QR code, the picture of a shared link, the outline of its area."""

import csv
import io

import segno
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.core.languages import shown
from zenne.people.moderation.queries import figures_of

from .. import queries
from ..models import Process
from ..picture import share_picture
from ..rules import may_see

AN_HOUR = "public, max-age=3600"


@require_safe
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The address of the page as a code to scan, black on white whatever the colours around it."""
    process = _process(request, slug)
    drawing = io.BytesIO()
    address = request.build_absolute_uri(process.get_absolute_url())
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", scale=8, border=4, light="#fff", xmldecl=False
    )
    return HttpResponse(
        drawing.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=3600"}
    )


@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    process = _process(request, slug)
    organisation = process.organisation
    title, name = shown(process, "title")[0], shown(organisation, "name")[0]
    png = share_picture(title, name, process.slug, organisation.brand, organisation.accent)
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": AN_HOUR})


@require_safe
def area(request: HttpRequest, slug: str) -> HttpResponse:
    """The outline of the process's area as GeoJSON."""
    found = _process(request, slug).area
    if found is None or found.outline is None:
        raise NotFound()
    feature = {"type": "Feature", "properties": {"name": str(found), "chosen": True}, "geometry": found.outline}
    collection = {"type": "FeatureCollection", "features": [feature]}
    return JsonResponse(collection, content_type="application/geo+json", headers={"Cache-Control": AN_HOUR})


@require_safe
def moderation(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of the moderators of this process, a line each: `part,key,number`; durations in seconds, empty where nothing was decided."""
    figures = figures_of(process=_process(request, slug).pk)
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(["part", "key", "number"])
    lines.writerows(figures.plain())
    name = f"moderation-{slug}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, max-age=60"}
    return HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def rule(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A frozen rule to the character: the SHA-256 of this answer is its fingerprint."""
    version = queries.rule_versions(_process(request, slug)).filter(pk=pk).first()
    if version is None:
        raise NotFound()
    return HttpResponse(version.text.encode(), content_type="application/json")


def _process(request: HttpRequest, slug: str) -> Process:
    process = Process.objects.select_related("organisation", "area").filter(slug=slug).first()
    if process is None or not may_see(request.user, process, preview_key=request.GET.get("preview", "")):
        raise NotFound()
    return process
