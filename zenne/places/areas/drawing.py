"""A map drawn on the server, for whoever has no script, and for paper: outlines and numbered pins as one SVG."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

WIDTH = 800.0
MARGIN = 16.0
FLATTEN = math.cos(math.radians(50.84))  # a degree of longitude in Brussels, in degrees of latitude


@dataclass(frozen=True)
class Pin:
    number: int
    x: float
    y: float
    title: str
    category: int | None


@dataclass(frozen=True)
class Drawn:
    """What the template needs. `paths` are (d, chosen) pairs."""

    width: int
    height: int
    paths: list[tuple[str, bool]]
    pins: list[Pin]


@dataclass(frozen=True)
class Ground:
    """Outlines as drawn, and how a place is found on them."""

    west: float
    north: float
    scale: float
    height: float
    paths: tuple[str, ...]

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        x, y = MARGIN + (lon - self.west) * FLATTEN * self.scale, MARGIN + (self.north - lat) * self.scale
        return min(max(x, MARGIN), WIDTH - MARGIN), min(max(y, MARGIN), self.height - MARGIN)


def ground(outlines: Iterable[Mapping[str, Any]]) -> Ground | None:
    """Of GeoJSON geometries; None when there is no outline to draw."""
    shapes = [_rings(outline) for outline in outlines]
    corners = [corner for rings in shapes for ring in rings for corner in ring]
    if not corners:
        return None
    west, east = min(x for x, *_ in corners), max(x for x, *_ in corners)
    south, north = min(y for _, y, *_ in corners), max(y for _, y, *_ in corners)
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * FLATTEN, 1e-6)
    bare = Ground(west, north, scale, (north - south) * scale + 2 * MARGIN, ())
    paths = (" ".join(_path([bare.place(x, y) for x, y, *_ in ring]) for ring in rings) for rings in shapes)
    return replace(bare, paths=tuple(paths))


def draw(on: Ground, chosen: Iterable[bool], pins: Iterable[Mapping[str, Any]] = ()) -> Drawn:
    """The map: which of its outlines stand out, and each pin ({lat, lon, title, ...}) numbered in its order; one outside the outlines at the edge."""
    drawn = []
    for number, pin in enumerate(pins, 1):
        x, y = on.place(pin["lon"], pin["lat"])
        drawn.append(Pin(int(pin.get("number", number)), round(x, 1), round(y, 1), pin["title"], pin.get("category")))
    return Drawn(round(WIDTH), round(on.height), list(zip(on.paths, chosen, strict=True)), drawn)


def _rings(outline: Mapping[str, Any]) -> list[list[list[float]]]:
    if outline["type"] == "Polygon":
        return list(outline["coordinates"])
    return [ring for polygon in outline["coordinates"] for ring in polygon]


def _path(points: list[tuple[float, float]]) -> str:
    """Whole units are fine enough at this size; corners that fall together are one."""
    kept: list[tuple[int, int]] = []
    for x, y in points:
        corner = (round(x), round(y))
        if not kept or kept[-1] != corner:
            kept.append(corner)
    return "M" + "L".join(f"{x} {y}" for x, y in kept) + "Z"
