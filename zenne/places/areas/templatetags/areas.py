"""`{% load areas %}`: maps drawn on the server, and what a map needs to know of this installation."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zenne.core.memory import Remembered

from ..drawing import Ground, draw, ground
from ..enums import AreaKind
from ..models import Area
from ..queries import base_map as the_base_map

register = template.Library()
#: The communes, drawn: most maps are of them, whatever pins they show.
_communes: Remembered[tuple[list[Area], Ground | None, SafeString]] = Remembered()


def _outlined(areas: Iterable[Area]) -> tuple[list[Area], Ground | None]:
    outlined = [area for area in areas if area.outline]
    return outlined, ground(area.outline for area in outlined)


def _communes_now() -> tuple[list[Area], Ground | None, SafeString]:
    """With their outlines as words: a map on which nothing stands out and nothing leads anywhere has these."""
    outlined, on = _outlined(_all_communes())
    paths = [(path, False, "", "") for path in on.paths] if on else []
    return outlined, on, render_to_string("places/areas/outlines.svg", {"paths": paths})


def _all_communes() -> QuerySet[Area]:
    return Area.objects.filter(kind=AreaKind.COMMUNE).order_by("code", "pk")


@register.simple_tag
def base_map() -> dict[str, str]:
    """`{% base_map as base %}`: `base.url` and `base.credit` for `{% map tiles=base.url credit=base.credit %}`."""
    return the_base_map()


@register.simple_tag
def svg_map(
    label: str,
    pins: Iterable[Mapping[str, Any]] = (),
    areas: Iterable[Area] | None = None,
    chosen: Area | Sequence[Area] | None = None,
    links: Mapping[int, str] | None = None,
) -> SafeString:
    """A map without script: the communes, or `areas`, with numbered pins ({lat, lon, title, category}); the list beside it says the rest.

    `chosen`, an area or several, stands out; what is none of the drawn ones is drawn on top. `links` leads on from areas, by their keys; a map
    with links is a group of them, not one picture.
    """
    lit = [chosen] if isinstance(chosen, Area) else list(chosen or ())
    outlines = SafeString("")
    if areas is None and not lit:
        outlined, on, outlines = _communes.get(None, _communes_now)
    else:
        shown = list(_all_communes() if areas is None else areas)
        outlined, on = _outlined([*shown, *(area for area in lit if area not in shown)])
    if on is None:
        return SafeString("")
    drawn = draw(on, [area in lit for area in outlined], pins)
    ways = [(links or {}).get(area.pk, "") for area in outlined]
    if lit or any(ways) or not outlines:
        paths = [(path, on, way, str(area)) for (path, on), way, area in zip(drawn.paths, ways, outlined, strict=True)]
        outlines = render_to_string("places/areas/outlines.svg", {"paths": paths})
    given = {"map": drawn, "outlines": outlines, "label": label, "linked": any(ways)}
    return render_to_string("places/areas/map.svg", given)
