"""GeoPackage: an SQLite file, geometries as a small header and WKB."""

import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path

import shapely
from django.utils.translation import gettext as _
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from .rows import Row, Unreadable, in_degrees, to_degrees

ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def features_of_geopackage(content: bytes, layer: str) -> Iterator[Row]:
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


def _blob(blob: bytes, layer_srs: int, transformers: dict[int, Transformer | None]) -> BaseGeometry | None:
    if blob[:2] != b"GP":
        raise ValueError("no GeoPackage geometry")
    flags = blob[3]
    (srs,) = struct.unpack_from("<i" if flags & 1 else ">i", blob, 4)
    srs = srs if srs > 0 else layer_srs
    if flags & 0x10:
        return None  # said to be empty
    if srs not in transformers:
        transformers[srs] = to_degrees(srs) if srs > 0 else None
    return in_degrees(shapely.from_wkb(blob[8 + ENVELOPES[flags >> 1 & 7] :]), transformers[srs])
