import hashlib
import json
from dataclasses import asdict

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.counting import count
from zenne.core.errors import TooMany
from zenne.core.languages import current
from zenne.web.htmx import render, wants_fragment

from . import queries
from .enums import AreaKind
from .forms import SearchForm
from .models import Area

SEARCHES_A_MINUTE = 90
AN_HOUR = "public, max-age=3600"
A_DAY = "public, max-age=86400, stale-while-revalidate=604800"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The places a text may mean: JSON for who asks for JSON, a fragment for HTMX, a page for everybody else."""
    typed = request.GET.get("q") or request.GET.get(
        "address", ""
    )  # `address`: a form elsewhere that asks while one types
    words = " ".join(typed.replace("\x00", " ").split())[:120]
    key = f"places:{current()}:{hashlib.sha256(words.lower().encode()).hexdigest()[:32]}"
    found = cache.get(key) if words else []
    if found is None:
        _hold_off(request)
        found = [asdict(place) for place in queries.search_places(words)]
        cache.set(key, found, 3600)
    if request.accepts("text/html") and "application/json" not in request.headers.get("Accept", ""):
        # numbers in attributes are for programs: never with a comma
        shown = [
            {**place, "latitude": f"{place['lat']:.6f}", "longitude": f"{place['lon']:.6f}", "title": place["name"]}
            for place in found
        ]
        context = {
            "form": SearchForm(initial={"q": words}),
            "words": words,
            "found": shown,
            "picking": wants_fragment(request),
        }
        response = render(request, "places/areas/search.html", context, partial="found")
    else:
        response = JsonResponse(
            {"places": found, "credit": _("Names of streets and parks: © OpenStreetMap contributors (ODbL).")}
        )
        response["Cache-Control"] = AN_HOUR
    patch_vary_headers(response, ["Accept"])
    return response


def _hold_off(request: HttpRequest) -> None:
    """New searches of one address in a minute; only a digest of the address is kept, for that minute."""
    address = get_adapter().get_client_ip(request) or ""
    key = "places:from:" + hashlib.sha256(f"{settings.SECRET_KEY}{address}".encode()).hexdigest()[:32]
    if count(key, 60) > SEARCHES_A_MINUTE:
        raise TooMany(_("Please wait a minute, then search again."))


@require_safe
def communes(request: HttpRequest) -> HttpResponse:
    """The communes' outlines, for maps."""
    areas = Area.objects.filter(kind=AreaKind.COMMUNE, outline__isnull=False)
    state = areas.aggregate(count=Count("pk"), last=Max("outlined_at"))
    etag = hashlib.sha256(f"{current()} {state['count']} {state['last']}".encode()).hexdigest()[:20]
    response = get_conditional_response(request, etag=f'"{etag}"')
    if response is None:
        collection = queries.feature_collection(areas.order_by("code", "pk"))
        response = HttpResponse(
            json.dumps(collection, ensure_ascii=False, separators=(",", ":")), content_type="application/geo+json"
        )
    response["ETag"] = f'"{etag}"'
    response["Cache-Control"] = A_DAY
    return response
