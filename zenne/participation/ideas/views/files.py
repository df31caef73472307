"""What a page of an idea refers to: the picture of a shared link, and its QR code."""

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.core.languages import shown
from zenne.web.art.share import share_image

from ..models import Idea
from ..rules import may_see
from .finding import idea_at

AN_HOUR = "public, max-age=3600"


def _public(request: HttpRequest, pk: int) -> Idea:
    idea = idea_at(request, pk)
    if not may_see(request.user, idea):
        raise NotFound
    return idea


@require_safe
def picture(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    idea = _public(request, pk)
    organisation = idea.process.organisation
    subtitle = f"{shown(organisation, 'name')[0]} · {shown(idea.process, 'title')[0]}"
    png = share_image(idea.title, subtitle, organisation.brand, organisation.accent)
    cache = AN_HOUR if idea.is_public else "private, no-store"
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": cache})


@require_safe
def qr(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """The address of the idea as a code to scan, black on white whatever the colours around it."""
    idea = _public(request, pk)
    drawing = io.BytesIO()
    address = request.build_absolute_uri(idea.get_absolute_url())
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", scale=8, border=4, light="#fff", xmldecl=False
    )
    return HttpResponse(
        drawing.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=3600"}
    )
