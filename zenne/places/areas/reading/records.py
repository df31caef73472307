"""Rows as areas: which property means what, each row checked by itself, outlines as we keep them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy
import shapely
from django.utils.translation import gettext as _
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from .rows import Row

DIGITS = 7  # of a degree: a centimetre


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
