"""TopoJSON: outlines share arcs, which are steps on a grid. https://github.com/topojson/topojson-specification"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from .rows import Unreadable


class Topology:
    """A document with its arcs laid out; gives features as GeoJSON has them."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        try:
            self.objects: dict[str, Any] = dict(document["objects"])
            transform = document.get("transform")
            self.arcs = [self._arc(arc, transform) for arc in document["arcs"]]
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise Unreadable(_("This TopoJSON is broken.")) from error

    @staticmethod
    def _arc(points: Sequence[Sequence[float]], transform: Mapping[str, Any] | None) -> list[tuple[float, float]]:
        if transform is None:
            return [(float(point[0]), float(point[1])) for point in points]
        (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
        x = y = 0.0
        arc = []
        for step in points:
            x, y = x + step[0], y + step[1]
            arc.append((x * scale_x + move_x, y * scale_y + move_y))
        return arc

    def features(self, layer: str) -> Iterator[dict[str, Any]]:
        name = layer or next(iter(self.objects), "")
        if name not in self.objects:
            raise Unreadable(
                _("There is no layer “%(layer)s”; the file has %(layers)s.")
                % {"layer": layer, "layers": ", ".join(self.objects)}
            )
        chosen = self.objects[name]
        for thing in chosen.get("geometries", []) if chosen.get("type") == "GeometryCollection" else [chosen]:
            yield {
                "properties": thing.get("properties") or {},
                "geometry": _Lazily(self, thing),
                **({"id": thing["id"]} if "id" in thing else {}),
            }

    def geometry(self, thing: Mapping[str, Any]) -> BaseGeometry:
        match thing.get("type"):
            case "Polygon":
                return self._polygon(thing["arcs"])
            case "MultiPolygon":
                return MultiPolygon([self._polygon(rings) for rings in thing["arcs"]])
        raise ValueError(_("the outline is a point or a line, not an area"))

    def _polygon(self, rings: Sequence[Sequence[int]]) -> Polygon:
        outer, *holes = [self._ring(ring) for ring in rings]
        return Polygon(outer, holes)

    def _ring(self, indexes: Sequence[int]) -> list[tuple[float, float]]:
        ring: list[tuple[float, float]] = []
        for index in indexes:
            arc = self.arcs[index] if index >= 0 else self.arcs[~index][::-1]
            ring += arc[1:] if ring else arc
        return ring


class _Lazily:
    """A TopoJSON geometry that is put together only when shapely asks, so that one broken outline is one fault."""

    def __init__(self, topology: Topology, thing: Mapping[str, Any]) -> None:
        self.topology = topology
        self.thing = thing

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        return dict(mapping(self.topology.geometry(self.thing)))
