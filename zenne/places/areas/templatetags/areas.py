"""`{% load areas %}`: maps drawn on the server, and what a map needs to know of this installation."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zenne.core.memory import Remembered

from ..drawing import Ground, draw, ground
from ..enums import AreaKind
from ..models import Area
from ..queries import base_map as the_base_map

register = template.Library()
#: The communes, drawn: most maps are of them, whatever pins they show.
_communes: Remembered[tuple[list[Area], Ground | None]] = Remembered()


def _outlined(areas: Iterable[Area]) -> tuple[list[Area], Ground | None]:
    outlined = [area for area in areas if area.outline]
    return outlined, ground(area.outline for area in outlined)


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
    communes = Area.objects.filter(kind=AreaKind.COMMUNE).order_by("code", "pk")
    if areas is None and not lit:
        outlined, on = _communes.get(None, lambda: _outlined(communes))
    else:
        shown = list(communes if areas is None else areas)
        outlined, on = _outlined([*shown, *(area for area in lit if area not in shown)])
    if on is None:
        return SafeString("")
    drawn = draw(on, [area in lit for area in outlined], pins)
    ways = [(links or {}).get(area.pk, "") for area in outlined]
    paths = [(path, on, way, str(area)) for (path, on), way, area in zip(drawn.paths, ways, outlined, strict=True)]
    return render_to_string("places/areas/map.svg", {"map": drawn, "paths": paths, "label": label, "linked": any(ways)})
