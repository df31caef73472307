"""What a page of a project refers to, and what of it leaves the house: pictures, codes, outlines, the sheet to print, the widget."""

import io

import segno
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zenne.core.clock import in_brussels
from zenne.core.languages import shown
from zenne.places.areas.queries import feature_collection
from zenne.web import embedding
from zenne.web.art.share import share_image

from .. import measured, origins_shown, reading, showing
from ..embeds import embeddable
from .finding import plan_at, project_at, public_project_at
from .project import around, involved

AN_HOUR = "public, max-age=3600"


@require_safe
def picture(request: HttpRequest, plan: str, slug: str) -> HttpResponse:
    project = public_project_at(request, plan, slug)
    organisation = project.plan.organisation
    subtitle = f"{shown(organisation, 'name')[0]} · {shown(project.plan, 'name')[0]}"
    png = share_image(shown(project, "title")[0], subtitle, organisation.brand, organisation.accent)
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": AN_HOUR})


@require_safe
def plan_picture(request: HttpRequest, plan: str) -> HttpResponse:
    found = plan_at(request, plan)
    organisation = found.organisation
    png = share_image(shown(found, "name")[0], shown(organisation, "name")[0], organisation.brand, organisation.accent)
    return HttpResponse(
        png, content_type="image/png", headers={"Cache-Control": AN_HOUR if found.is_public else "private, no-store"}
    )


@require_safe
def qr(request: HttpRequest, plan: str, slug: str) -> HttpResponse:
    """The address of the project as a code to scan, black on white whatever the colours around it."""
    project = project_at(request, plan, slug)
    drawing = io.BytesIO()
    address = request.build_absolute_uri(project.get_absolute_url())
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", scale=8, border=4, light="#fff", xmldecl=False
    )
    return HttpResponse(
        drawing.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=3600"}
    )


@require_safe
def outline(request: HttpRequest, plan: str, slug: str) -> HttpResponse:
    """The districts and communes it concerns, as GeoJSON for its map."""
    project = project_at(request, plan, slug)
    found = project.areas.filter(outline__isnull=False).order_by("kind", "code", "pk")
    return JsonResponse(feature_collection(found), content_type="application/geo+json")


@require_safe
def sheet(request: HttpRequest, plan: str, slug: str) -> HttpResponse:
    """One sheet of paper: what the project is, how far it is, its money, its steps, what it is measured by, and the code that leads here."""
    project = project_at(request, plan, slug)
    now = request.now  # type: ignore[attr-defined]
    found = reading.sheet(project)
    context = around(project) | {
        "why": shown(project, "why"),
        "areas": found["areas"],
        "involved": involved(found["involved"]),
        "money": showing.money(found["lines"]),
        "milestones": showing.milestones(found["milestones"], project, in_brussels(now).date()),
        "indicators": measured.shown_of(measured.of_project(project), now=now),
        "origins": origins_shown.of_project(project) if found["origins"] else (),
        "printed": in_brussels(now),
    }
    return render(request, "strategy/portfolio/print.html", context)


@require_safe
def widget(request: HttpRequest, plan: str, slug: str) -> HttpResponse:
    """The same for everybody, whoever is signed in here: it reads no session."""
    project = public_project_at(request, plan, slug)
    return embedding.widget(request, "strategy/portfolio/widget.html", around(project))


@require_safe
def code(request: HttpRequest, plan: str, slug: str) -> HttpResponse:
    project = public_project_at(request, plan, slug)
    template = "strategy/portfolio/embed.html"
    return embedding.code_page(request, template, around(project), lambda: embeddable(project), ideas=False)
