"""Files of areas, as the world writes them, turned into plain rows: GeoJSON, TopoJSON, GeoPackage. Knows no database.

Coordinates come out as WGS 84 degrees, longitude first. A file that cannot be read at all raises Unreadable; a row that is wrong is a
`Fault` beside the good ones.
"""

import gzip
import json
import sqlite3
import struct
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy
import shapely
from django.utils.translation import gettext as _
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from zenne.core.errors import Invalid

MOST_BYTES = 100 * 1024 * 1024
MOST_ROWS = 50_000
DIGITS = 7  # of a degree: a centimetre


class Unreadable(Invalid):
    """The file is none of the kinds we read, or is broken."""

    code = "areas-unreadable"


@dataclass(frozen=True)
class Row:
    """One feature as the file has it: where it stands in the file, its properties, its geometry in degrees or a fault."""

    number: int
    properties: Mapping[str, Any]
    geometry: BaseGeometry | None
    fault: str = ""


@dataclass(frozen=True)
class Fields:
    """Which property of the file means what. Only `code` and `name_fr` must be named."""

    code: str
    name_fr: str
    name_nl: str = ""
    parent: str = ""
    population: str = ""
    postcodes: str = ""


@dataclass(frozen=True)
class Record:
    """An area as we keep it. None means: the file says nothing about it, what is known stays."""

    number: int
    code: str
    name_fr: str
    name_nl: str
    parent: str | None = None
    postcodes: tuple[str, ...] | None = None
    population: int | None = None
    population_at: date | None = None
    outline: dict[str, Any] | None = None
    bounds: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Fault:
    """Why a row was left out. `number` counts the file's features from 1."""

    number: int
    message: str


@dataclass
class Reading:
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def properties_of(rows: Iterable[Row]) -> list[str]:
    """The names of the file's properties, in the order met: what a person chooses `Fields` from."""
    return list(dict.fromkeys(name for row in rows for name in row.properties))


def rows_of(content: bytes, *, layer: str = "") -> list[Row]:
    """Every feature of a file of any kind we read. `layer` names the table or TopoJSON object, when there are several."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("This file is larger than 100 MB."))
    if content.startswith(b"\x1f\x8b"):
        content = _unpacked(content)
    found = _geopackage(content, layer) if content.startswith(b"SQLite format 3\x00") else _json(content, layer)
    rows = list(islice(found, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("This file has more than 50,000 features."))
    if not rows:
        raise Unreadable(_("This file has no features."))
    return rows


def read(rows: Iterable[Row], fields: Fields) -> Reading:
    """The rows as records, each checked by itself; the second of two rows with one code is a fault."""
    reading, seen = Reading(), set()
    for row in rows:
        try:
            record = _record(row, fields)
            if record.code in seen:
                raise ValueError(_("the code %(code)s was there already") % {"code": record.code})
        except ValueError as error:
            reading.faults.append(Fault(row.number, str(error)))
        else:
            seen.add(record.code)
            reading.records.append(record)
    return reading


def _record(row: Row, fields: Fields) -> Record:
    if row.fault:
        raise ValueError(row.fault)
    texts = {name: _text(row.properties.get(of)) if of else "" for name, of in vars(fields).items()}
    if not texts["code"]:
        raise ValueError(_("there is no code in “%(field)s”") % {"field": fields.code})
    if not texts["name_fr"]:
        raise ValueError(_("there is no name in “%(field)s”") % {"field": fields.name_fr})
    if len(texts["code"]) > 12 or max(len(texts["name_fr"]), len(texts["name_nl"])) > 120:
        raise ValueError(_("the code or the name is too long"))
    population = None
    if texts["population"]:
        try:
            population = int(float(texts["population"].replace(" ", "")))
        except (ValueError, OverflowError):
            population = -1
        if not 0 <= population < 2_000_000_000:
            raise ValueError(_("“%(text)s” is no number of inhabitants") % {"text": texts["population"]})
    outline = bounds = None
    if row.geometry is not None:
        outline, bounds = plain_outline(row.geometry)
    return Record(
        number=row.number,
        code=texts["code"],
        name_fr=texts["name_fr"],
        name_nl=texts["name_nl"] or texts["name_fr"],
        parent=texts["parent"] if fields.parent else None,
        postcodes=tuple(dict.fromkeys(texts["postcodes"].replace(",", " ").replace(";", " ").split()))
        if fields.postcodes
        else None,
        population=population,
        outline=outline,
        bounds=bounds,
    )


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def plain_outline(geometry: BaseGeometry) -> tuple[dict[str, Any], tuple[float, float, float, float]]:
    """A valid Polygon or MultiPolygon as GeoJSON, and its box. Raises ValueError with words for the row."""
    if geometry.is_empty:
        raise ValueError(_("the outline is empty"))
    points = shapely.get_coordinates(geometry)
    if not numpy.isfinite(points).all() or numpy.abs(points[:, 0]).max() > 180 or numpy.abs(points[:, 1]).max() > 90:
        raise ValueError(_("the coordinates are not degrees: the file does not say in which system it measures"))
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry)
    polygons = [part for part in _parts(geometry) if isinstance(part, Polygon) and part.area > 0]
    if not polygons:
        raise ValueError(_("the outline is a point or a line, not an area"))
    flat = shapely.force_2d(polygons[0] if len(polygons) == 1 else MultiPolygon(polygons))
    rounded = shapely.transform(flat, lambda corners: corners.round(DIGITS))
    whole = rounded if rounded.is_valid else flat
    return json.loads(json.dumps(mapping(whole))), whole.bounds


def _parts(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in getattr(geometry, "geoms", [geometry]):
        if hasattr(part, "geoms"):
            yield from _parts(part)
        else:
            yield part


def _unpacked(content: bytes) -> bytes:
    try:
        unpacking = zlib.decompressobj(wbits=31)
        unpacked = unpacking.decompress(content, MOST_BYTES)
    except zlib.error as error:
        raise Unreadable(_("This file is broken: it cannot be unpacked.")) from error
    if unpacking.unconsumed_tail:
        raise Unreadable(_("This file is larger than 100 MB."))
    return unpacked


# GeoJSON and TopoJSON


def _json(content: bytes, layer: str) -> Iterator[Row]:
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unreadable(
            _("We read GeoJSON, TopoJSON and GeoPackage; this file is none of them, or is broken.")
        ) from error
    match document.get("type") if isinstance(document, dict) else None:
        case "FeatureCollection" if isinstance(document.get("features"), list):
            return _features(document["features"], _to_degrees(_declared(document)))
        case "Feature":
            return _features([document], _to_degrees(_declared(document)))
        case "Topology":
            return _features(_Topology(document).features(layer), None)
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
            geometry = _in_degrees(shape(given), to_degrees) if given else None
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


def _to_degrees(crs: str | int) -> Transformer | None:
    """The way from a named system to degrees; None when it measures in WGS 84 already. Belgium: 31370 (Lambert 72), 3812 (Lambert 2008)."""
    if not crs or "CRS84" in str(crs):
        return None
    try:
        system = CRS.from_user_input(crs)
    except CRSError as error:
        raise Unreadable(_("This file measures in a system we do not know: %(system)s.") % {"system": crs}) from error
    return None if system.to_epsg() == 4326 else Transformer.from_crs(system, 4326, always_xy=True)


def _in_degrees(geometry: BaseGeometry, to_degrees: Transformer | None) -> BaseGeometry:
    if to_degrees is None or geometry.is_empty:
        return geometry
    return shapely.transform(shapely.force_2d(geometry), to_degrees.transform, interleaved=False)


class _Topology:
    """TopoJSON: outlines share arcs, which are steps on a grid. https://github.com/topojson/topojson-specification"""

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

    def __init__(self, topology: _Topology, thing: Mapping[str, Any]) -> None:
        self.topology = topology
        self.thing = thing

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        return dict(mapping(self.topology.geometry(self.thing)))


# GeoPackage: an SQLite file, geometries as a small header and WKB


def _geopackage(content: bytes, layer: str) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="zenne-areas-") as folder:
        path = Path(folder) / "areas.gpkg"
        path.write_bytes(content)
        try:
            connection = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
            connection.row_factory = sqlite3.Row
            try:
                yield from _layer(connection, layer)
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise Unreadable(_("This GeoPackage is broken.")) from error


def _layer(connection: sqlite3.Connection, layer: str) -> Iterator[Row]:
    layers = {
        row["table_name"]: row
        for row in connection.execute(
            "select table_name, column_name, srs_id from gpkg_geometry_columns order by table_name"
        )
    }
    if not layers or (layer and layer not in layers):
        raise Unreadable(
            _("There is no layer “%(layer)s”; the file has %(layers)s.") % {"layer": layer, "layers": ", ".join(layers)}
        )
    chosen = layers[layer or next(iter(layers))]
    transformers: dict[int, Transformer | None] = {}
    table = '"' + chosen["table_name"].replace('"', '""') + '"'
    for number, row in enumerate(connection.execute(f"select * from {table}"), 1):  # noqa: S608 - a quoted name of the file's own table
        properties = {name: row[name] for name in row.keys() if name != chosen["column_name"]}  # noqa: SIM118 - Row iterates values
        blob = row[chosen["column_name"]]
        try:
            yield Row(number, properties, _blob(blob, chosen["srs_id"], transformers) if blob else None)
        except (struct.error, shapely.errors.ShapelyError, ValueError, TypeError, IndexError):
            yield Row(number, properties, None, _("the outline cannot be read"))


ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def _blob(blob: bytes, layer_srs: int, transformers: dict[int, Transformer | None]) -> BaseGeometry | None:
    if blob[:2] != b"GP":
        raise ValueError("no GeoPackage geometry")
    flags = blob[3]
    (srs,) = struct.unpack_from("<i" if flags & 1 else ">i", blob, 4)
    srs = srs if srs > 0 else layer_srs
    if flags & 0x10:
        return None  # said to be empty
    if srs not in transformers:
        transformers[srs] = _to_degrees(srs) if srs > 0 else None
    return _in_degrees(shapely.from_wkb(blob[8 + ENVELOPES[flags >> 1 & 7] :]), transformers[srs])


def shipped(path: Path) -> list[dict[str, Any]]:
    """The features of a GeoJSON file of our own."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return json.load(file)["features"]
