"""The touch table: what is decided and done, for whoever stands before it. One page holds every screen, so that it needs no network to go on."""

import io
from collections import defaultdict
from pathlib import Path
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from zenne.core.clock import in_brussels
from zenne.core.languages import LANGUAGES, current
from zenne.places.areas import queries as areas
from zenne.places.areas.models import Area
from zenne.web.shared import shared

from .. import nearby
from ..enums import Sort
from ..forms import NearForm
from ..nearby import Group, Thing
from .near import own_host, place_of

WORKER = (Path(__file__).parent.parent / "static/portal/kiosk-worker.js").read_bytes()
IDLE, GRACE, FRESH = 90, 20, 300  # seconds
LONGEST_ADDRESS = 300
SIGNS = {Sort.PROJECT: "tool", Sort.DECISION: "rosette-discount-check", Sort.PROCESS: "users"}


@require_safe
@shared
def kiosk(request: HttpRequest) -> HttpResponse:
    """Every screen. Given a place as the page of what is near takes it, there is a door to what is near the table itself, and the table
    returns to the language it was set up in."""
    form = NearForm(request.GET or None)
    spot, _others = place_of(form.asked, request.GET.get("name", "")) if form.is_bound else (None, [])
    now, own = request.now, own_host(request)  # type: ignore[attr-defined]
    things = nearby.everything(organisation=own, now=now)
    near = nearby.near(spot, organisation=own, now=now) if spot else {}
    communes = list(areas.communes().filter(outline__isnull=False).prefetch_related("children"))
    by_commune = _by_commune(things, communes)
    first = request.GET.get("home", "")
    first = first if first in LANGUAGES else current()
    query = request.GET.copy()
    query["home"] = first
    addresses = {code: _in(code, query.urlencode()) for code in LANGUAGES}
    context: dict[str, Any] = {
        "doors": [
            {"sort": sort.value, "title": sort.label, "icon": SIGNS[sort], "hue": nearby.HUES[sort], "things": of_sort}
            for sort in Sort
            if (of_sort := [thing for thing in things if thing.sort == sort])
        ],
        "groups": _groups(things),
        "things": _once([*things, *(thing for found in near.values() for thing in found)]),
        "spot": spot,
        "near": [thing for sort in Sort for thing in near.get(sort, ())],
        "communes": [{"area": area, "things": by_commune[area.pk]} for area in communes],
        "links": {area.pk: f"#commune-{area.code}" for area in communes},
        "pins": _counted(communes, by_commune),
        "languages": [{"code": code, "url": url, "current": code == current()} for code, url in addresses.items()],
        "pages": " ".join(addresses.values()),
        "workers": " ".join(_in(code, "", "portal:kiosk-worker") for code in LANGUAGES),
        "foreign": addresses[first] if first != current() else "",
        "idle": IDLE,
        "grace": GRACE,
        "fresh": FRESH,
        "as_of": in_brussels(now),
    }
    return render(request, "portal/kiosk.html", context)


def _in(language: str, query: str, name: str = "portal:kiosk") -> str:
    with override(language):
        address = reverse(name)
    return f"{address}?{query}" if query else address


def _groups(things: list[Thing]) -> list[dict[str, Any]]:
    """The domains of plans with their projects, plan by plan."""
    found: dict[Group, list[Thing]] = defaultdict(list)
    for thing in things:
        if thing.group:
            found[thing.group].append(thing)
    return [{"group": group, "things": found[group]} for group in sorted(found, key=lambda each: each.order)]


def _once(things: list[Thing]) -> list[Thing]:
    return list({thing.key: thing for thing in things}.values())


def _by_commune(things: list[Thing], communes: list[Area]) -> dict[int, list[Thing]]:
    """What lies in a commune, or concerns it or one of its districts."""
    commune_of = {area.pk: area.pk for area in communes}
    commune_of |= {child.pk: area.pk for area in communes for child in area.children.all()}
    found: dict[int, list[Thing]] = defaultdict(list)
    for thing in things:
        for pk in sorted({commune_of[area] for area in thing.areas if area in commune_of}):
            found[pk].append(thing)
    return found


def _counted(communes: list[Area], by_commune: dict[int, list[Thing]]) -> list[dict[str, Any]]:
    """How many things each commune has, as a number in its middle."""
    counted = [(area, areas.middle_of(area), len(by_commune[area.pk])) for area in communes]
    return [
        {"lon": middle[0], "lat": middle[1], "title": str(area), "number": number}
        for area, middle, number in counted
        if middle and number
    ]


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that lets the table go on without a network. Its address decides what it may answer for: the table in one language."""
    return HttpResponse(WORKER, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """An address of ours as a code to scan, so that one takes what one read along on a telephone; without one, the table's own."""
    path = request.GET.get("to") or reverse("portal:kiosk")
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST_ADDRESS:
        raise Http404
    try:
        resolve(path.partition("?")[0])
    except Resolver404 as fault:
        raise Http404 from fault
    drawing = io.BytesIO()
    segno.make(request.build_absolute_uri(path), error="m", micro=False).save(
        drawing, kind="svg", scale=6, border=2, light="#fff", xmldecl=False
    )
    headers = {"Cache-Control": "public, max-age=86400"}
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml", headers=headers)
