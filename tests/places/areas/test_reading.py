"""Files as offices and tools write them, good and broken."""

import gzip
import json
import math
import sqlite3
import struct
from pathlib import Path
from typing import Any

import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import Polygon, box, mapping, shape

from zenne.places.areas.reading import Fields, Unreadable, properties_of, read, rows_of

FIELDS = Fields(code="nis", name_fr="fr", name_nl="nl")
JETTE = box(4.31, 50.87, 4.34, 50.89)


def feature(geometry: Any = JETTE, **properties: Any) -> dict[str, Any]:
    given = {"nis": "21010", "fr": "Jette", "nl": "Jette"} | properties
    return {
        "type": "Feature",
        "properties": given,
        "geometry": mapping(geometry) if hasattr(geometry, "geom_type") else geometry,
    }


def geojson(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def geopackage(
    folder: Path, *outlines: Any, srs: int = 4326, envelope: int = 0, header_srs: int | None = None
) -> bytes:
    path = folder / "made.gpkg"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("create table gpkg_geometry_columns (table_name text, column_name text, srs_id integer)")
    connection.execute('create table "my areas" (fid integer primary key, nis text, fr text, nl text, geom blob)')
    connection.execute("insert into gpkg_geometry_columns values ('my areas', 'geom', ?)", [srs])
    for number, outline in enumerate(outlines):
        blob = outline
        if hasattr(outline, "geom_type"):
            bounds = struct.pack("<4d", *outline.bounds) if envelope else b""
            blob = (
                b"GP\x00"
                + bytes([1 | envelope << 1])
                + struct.pack("<i", header_srs or srs)
                + bounds
                + shapely.to_wkb(outline)
            )
        connection.execute('insert into "my areas" (nis, fr, geom) values (?, ?, ?)', [f"2101{number}", "Jette", blob])
    connection.commit()
    connection.close()
    return path.read_bytes()


def test_geojson_becomes_records_with_outline_and_box() -> None:
    reading = read(rows_of(geojson(feature())), FIELDS)
    (record,) = reading.records
    assert (record.code, record.name_fr, record.name_nl, record.bounds) == (
        "21010",
        "Jette",
        "Jette",
        (4.31, 50.87, 4.34, 50.89),
    )
    assert shape(record.outline).equals(JETTE) and not reading.faults


def test_a_file_without_outlines_gives_facts_only() -> None:
    (record,) = read(
        rows_of(geojson(feature(None, population="52 728"))), Fields("nis", "fr", population="population")
    ).records
    assert (record.outline, record.population, record.name_nl, record.parent) == (None, 52728, "Jette", None)


def test_numbers_as_codes_lose_no_digit_and_gain_no_point() -> None:
    (record,) = read(rows_of(geojson(feature(nis=72.0))), FIELDS).records
    assert record.code == "72"


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::31370", "EPSG:31370"])
def test_lambert_72_is_turned_into_degrees(name: str) -> None:
    to_lambert = Transformer.from_crs(4326, 31370, always_xy=True)
    there = shapely.transform(JETTE, to_lambert.transform, interleaved=False)
    (record,) = read(
        rows_of(geojson(feature(there), crs={"type": "name", "properties": {"name": name}})), FIELDS
    ).records
    assert record.bounds == pytest.approx(JETTE.bounds, abs=1e-6)


def test_metres_that_do_not_say_so_are_a_fault_and_not_a_place_in_the_ocean() -> None:
    reading = read(rows_of(geojson(feature(box(148_000, 170_000, 149_000, 171_000)))), FIELDS)
    assert not reading.records and "degr" in reading.faults[0].message


def test_a_crossed_outline_is_mended() -> None:
    bow = Polygon([(4.3, 50.8), (4.4, 50.9), (4.4, 50.8), (4.3, 50.9)])
    (record,) = read(rows_of(geojson(feature(bow))), FIELDS).records
    assert shape(record.outline).is_valid and shape(record.outline).area == pytest.approx(0.005)


def test_each_wrong_row_is_told_with_its_number_and_the_good_ones_are_kept() -> None:
    content = geojson(
        feature(),
        feature(nis=None),
        feature(nis="1", fr=""),
        feature(nis="21010"),
        feature({"type": "Polygon", "coordinates": [[["x", 1]]]}, nis="2"),
        feature({"type": "Point", "coordinates": [4.3, 50.8]}, nis="3"),
        feature({"type": "Polygon", "coordinates": []}, nis="4"),
        feature(nis="5", people="many"),
        feature(nis="6" * 13),
        None,
        feature(nis="7"),
    )
    reading = read(rows_of(content), Fields("nis", "fr", "nl", population="people"))
    assert [record.code for record in reading.records] == ["21010", "7"]
    assert [fault.number for fault in reading.faults] == [2, 3, 4, 5, 6, 7, 8, 9, 10]


def test_topojson_is_put_together_from_quantised_arcs_with_holes_and_both_directions() -> None:
    # two squares side by side, their common edge once, the left one with a hole; one grid step is 0.01 degree
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.01, 0.01], "translate": [4.0, 50.0]},
        "arcs": [
            [[10, 0], [0, 10]],
            [[10, 10], [-10, 0], [0, -10], [10, 0]],
            [[10, 0], [10, 0], [0, 10], [-10, 0]],
            [[2, 2], [4, 0], [0, 4], [-4, -4]],
        ],
        "objects": {
            "communes": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1], [3]], "properties": {"nis": "1", "fr": "Left"}},
                    {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"nis": "2", "fr": "Right"}},
                    {"type": "Polygon", "arcs": [[99]], "properties": {"nis": "3", "fr": "Broken"}},
                ],
            }
        },
    }
    reading = read(rows_of(json.dumps(topology).encode()), FIELDS)
    left, right = (shape(record.outline) for record in reading.records)
    assert left.area == pytest.approx(0.01 - 0.0008) and right.area == pytest.approx(0.01)
    assert left.touches(right) and [fault.number for fault in reading.faults] == [3]
    with pytest.raises(Unreadable, match="communes"):
        rows_of(json.dumps(topology).encode(), layer="provinces")


@pytest.mark.parametrize(("srs", "envelope"), [(4326, 0), (4326, 1), (31370, 1), (3812, 0)])
def test_geopackage_is_read_in_every_system_belgium_uses(tmp_path: Path, srs: int, envelope: int) -> None:
    there = JETTE
    if srs != 4326:
        there = shapely.transform(JETTE, Transformer.from_crs(4326, srs, always_xy=True).transform, interleaved=False)
    (record,) = read(rows_of(geopackage(tmp_path, there, srs=srs, envelope=envelope)), FIELDS).records
    assert record.bounds == pytest.approx(JETTE.bounds, abs=1e-6)


def test_a_broken_geometry_in_a_geopackage_is_one_fault(tmp_path: Path) -> None:
    reading = read(
        rows_of(geopackage(tmp_path, JETTE, b"GP\x00\x01\xe6\x10\x00\x00\x01\x02", b"nonsense", None)), FIELDS
    )
    assert [record.code for record in reading.records] == ["21010", "21013"] and [
        fault.number for fault in reading.faults
    ] == [2, 3]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"nis,name\n1,x",
        b"[1, 2]",
        b'{"type": "Nonsense"}',
        b'{"type": "FeatureCollection"}',
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "Topology", "objects": {}, "arcs": 3}',
        b"[" * 100_000,
        b"SQLite format 3\x00 and nothing more",
        gzip.compress(b"{}", mtime=0)[:12] + b"x" * 20,
        geojson(feature(), crs={"type": "name", "properties": {"name": "EPSG:999999"}}),
    ],
)
def test_what_is_no_file_of_areas_is_told_so(content: bytes) -> None:
    with pytest.raises(Unreadable):
        rows_of(content)


def test_a_packed_bomb_is_not_unpacked() -> None:
    with pytest.raises(Unreadable, match="100 M"):
        rows_of(gzip.compress(bytes(150 * 1024 * 1024), 1))


def test_the_real_topojson_of_belgium_has_the_communes_of_brussels(sources: Path) -> None:
    content = (sources / "belgium_municipalities_2020.topojson.json.gz").read_bytes()
    rows = [
        row for row in rows_of(content, layer="municipalities") if str(row.properties.get("nis", "")).startswith("210")
    ]
    reading = read(rows, Fields("nis", "name_fr", "name_nl", population="population"))
    assert len(reading.records) == 19 and not reading.faults
    assert sum(record.population or 0 for record in reading.records) == 1_218_255
    to_metres = Transformer.from_crs(4326, 3812, always_xy=True)
    area = sum(
        shapely.transform(shape(record.outline), to_metres.transform, interleaved=False).area
        for record in reading.records
    )
    assert math.isclose(area, 162.4e6, rel_tol=0.05), "this file is generalised for screens"


def test_the_real_geopackage_of_urbis_has_the_145_districts(sources: Path) -> None:
    rows = rows_of((sources / "urbadm_md.gpkg").read_bytes())
    assert {"mdrc", "name_fr", "name_nl"} <= set(properties_of(rows))
    reading = read(rows, Fields("mdrc", "name_fr", "name_nl"))
    assert len(reading.records) == 145 and not reading.faults
