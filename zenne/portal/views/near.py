"""Near me: what is decided and done around an address, in a district or in a commune."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.places.areas.queries import communes, residence_of
from zenne.web.shared import own, shared

from .. import nearby
from ..enums import Sort
from ..forms import NearForm
from ..nearby import Found, Spot, Thing

A_FEW = 5

NAME_LENGTH = 120


@require_safe
@shared
def near(request: HttpRequest) -> HttpResponse:
    """A form that works without script, and what is near the place that was asked for."""
    form = NearForm(request.GET or None)
    asked = form.asked if form.is_bound else {}
    spot, others = place_of(asked, request.GET.get("name", ""))
    context: dict[str, Any] = {
        "form": form,
        "spot": spot,
        "others": [{"found": found, "url": _address_of(found, asked["radius"])} for found in others],
        "unknown": form.is_bound and spot is None,
        "mine": own(request, _my_place),
    }
    if spot is None:
        context["communes"] = communes()
    else:
        found = nearby.near(spot, organisation=own_host(request), now=request.now)  # type: ignore[attr-defined]
        things = [thing for sort in Sort for thing in found[sort]]
        here = nearby.query_of(spot)
        context |= {
            "groups": [_group(sort, found[sort]) for sort in Sort],
            "count": len(things),
            "pins": nearby.pins(things),
            "table": f"{reverse('portal:kiosk')}?{here}",
        }
    return render(request, "portal/near.html", context)


def _group(sort: Sort, things: list[Thing]) -> dict[str, Any]:
    """What concerns something larger than the place stands apart, so that what is near is seen; a few of them are no crowd."""
    wide = [thing for thing in things if thing.wide]
    if len(wide) <= A_FEW:
        wide = []
    return {
        "sort": sort.value,
        "title": sort.label,
        "things": things,
        "close": things[: len(things) - len(wide)],
        "wide": wide,
    }


def own_host(request: HttpRequest) -> Organisation | None:
    """The organisation whose own host name this is: it shows its own things only."""
    return request.organisation if getattr(request, "own_host", False) else None  # type: ignore[attr-defined, no-any-return]


def place_of(asked: dict[str, Any], name: str = "") -> tuple[Spot | None, list[Found]]:
    """What was asked for, and what else its words may mean. Words go before a list, and a list before coordinates: what somebody typed is
    what they mean."""
    if words := asked.get("q"):
        return nearby.spot_named(words, asked["radius"])
    if code := asked.get("area"):
        area = nearby.area_with(code)
        return (nearby.spot_of(area) if area else None), []
    if "lat" in asked and "lon" in asked:
        return nearby.spot_at(asked["lon"], asked["lat"], asked["radius"], name[:NAME_LENGTH]), []
    return None, []


def _address_of(found: Found, radius: int) -> str:
    named = f"{found.name}, {found.commune}" if found.commune else found.name
    query = {"lat": f"{found.lat:.5f}", "lon": f"{found.lon:.5f}", "radius": radius, "name": named}
    return f"{reverse('portal:near')}?{urlencode(query)}"


def _my_place(request: HttpRequest) -> SafeString | str:
    """The way to where one lives, for who said it."""
    residence = residence_of(request.user.pk) if isinstance(request.user, Person) else None
    place = (residence.district or residence.commune) if residence else None
    return render_to_string("portal/my_place.html", {"place": place}, request) if place else ""
