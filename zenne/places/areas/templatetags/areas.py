"""`{% load areas %}`: maps drawn on the server, and what a map needs to know of this installation."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ..drawing import draw
from ..enums import AreaKind
from ..models import Area
from ..queries import base_map as the_base_map

register = template.Library()


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
    shown = list(areas if areas is not None else Area.objects.filter(kind=AreaKind.COMMUNE).order_by("code", "pk"))
    shown += [area for area in lit if area not in shown]
    outlined = [area for area in shown if area.outline]
    drawn = draw([(area.outline, area in lit) for area in outlined], pins)
    if drawn is None:
        return SafeString("")
    ways = [(links or {}).get(area.pk, "") for area in outlined]
    paths = [(path, on, way, str(area)) for (path, on), way, area in zip(drawn.paths, ways, outlined, strict=True)]
    return render_to_string("places/areas/map.svg", {"map": drawn, "paths": paths, "label": label, "linked": any(ways)})
