"""GeoJSON, and what else is JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import shapely
from django.utils.translation import gettext as _
from pyproj import Transformer
from shapely.geometry import shape

from .rows import Row, Unreadable, in_degrees, to_degrees
from .topojson import Topology


def features_of_json(content: bytes, layer: str) -> Iterator[Row]:
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unreadable(
            _("We read GeoJSON, TopoJSON and GeoPackage; this file is none of them, or is broken.")
        ) from error
    match document.get("type") if isinstance(document, dict) else None:
        case "FeatureCollection" if isinstance(document.get("features"), list):
            return _features(document["features"], to_degrees(_declared(document)))
        case "Feature":
            return _features([document], to_degrees(_declared(document)))
        case "Topology":
            return _features(Topology(document).features(layer), None)
    raise Unreadable(_("We read GeoJSON, TopoJSON and GeoPackage; this file is none of them, or is broken."))


def _declared(document: Mapping[str, Any]) -> str:
    """The old `crs` member, which many exports still write."""
    crs = document.get("crs")
    named = crs.get("properties") if isinstance(crs, dict) else None
    return str(named.get("name") or "") if isinstance(named, dict) else ""


def _features(features: Iterable[Any], to_degrees: Transformer | None) -> Iterator[Row]:
    for number, feature in enumerate(features, 1):
        properties: Mapping[str, Any] = {}
        try:
            properties = feature.get("properties") or {}
            if not isinstance(properties, dict):
                raise TypeError
            given = feature.get("geometry")
            geometry = in_degrees(shape(given), to_degrees) if given else None
        except (
            ValueError,
            TypeError,
            AttributeError,
            KeyError,
            IndexError,
            OverflowError,
            shapely.errors.ShapelyError,
        ):
            yield Row(number, properties if isinstance(properties, dict) else {}, None, _("the outline cannot be read"))
        else:
            identity = {"id": feature["id"]} if "id" in feature and "id" not in properties else {}
            yield Row(number, {**properties, **identity}, geometry)
