"""Files of areas, as the world writes them, turned into plain rows: GeoJSON, TopoJSON, GeoPackage. Knows no database.

Coordinates come out as WGS 84 degrees, longitude first. A file that cannot be read at all raises Unreadable; a row that is wrong is a
`Fault` beside the good ones.
"""

import gzip
import json
import zlib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .geojson import features_of_json
from .geopackage import features_of_geopackage
from .records import Fault, Fields, Reading, Record, plain_outline, read
from .rows import Row, Unreadable

__all__ = [
    "Fault",
    "Fields",
    "Reading",
    "Record",
    "Row",
    "Unreadable",
    "plain_outline",
    "properties_of",
    "read",
    "rows_of",
    "shipped",
]

MOST_BYTES = 100 * 1024 * 1024
MOST_ROWS = 50_000


def properties_of(rows: Iterable[Row]) -> list[str]:
    """The names of the file's properties, in the order met: what a person chooses `Fields` from."""
    return list(dict.fromkeys(name for row in rows for name in row.properties))


def rows_of(content: bytes, *, layer: str = "") -> list[Row]:
    """Every feature of a file of any kind we read. `layer` names the table or TopoJSON object, when there are several."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("This file is larger than 100 MB."))
    if content.startswith(b"\x1f\x8b"):
        content = _unpacked(content)
    found = (
        features_of_geopackage(content, layer)
        if content.startswith(b"SQLite format 3\x00")
        else features_of_json(content, layer)
    )
    rows = list(islice(found, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("This file has more than 50,000 features."))
    if not rows:
        raise Unreadable(_("This file has no features."))
    return rows


def _unpacked(content: bytes) -> bytes:
    try:
        unpacking = zlib.decompressobj(wbits=31)
        unpacked = unpacking.decompress(content, MOST_BYTES)
    except zlib.error as error:
        raise Unreadable(_("This file is broken: it cannot be unpacked.")) from error
    if unpacking.unconsumed_tail:
        raise Unreadable(_("This file is larger than 100 MB."))
    return unpacked


def shipped(path: Path) -> list[dict[str, Any]]:
    """The features of a GeoJSON file of our own."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return json.load(file)["features"]
