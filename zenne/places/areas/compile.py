"""Make `data/areas.tsv`, `data/inhabitants.tsv`, `data/outlines.geojson` and `data/gazetteer.tsv.gz` from public sources. Run once a year, by hand:

    .venv/bin/python -m zenne.places.areas.compile FOLDER_OF_BRUSSELS_GEO FOLDER_OF_OSM_BRUSSELS

The sources, their licences and what is done to them are in data/README.md. The same sources always give the same files, byte for byte.
`data/districts.tsv` is written by hand: the source's names have lost their capitals and accents.
"""

import csv
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import shapely
import shapely.prepared
from pyproj import Transformer
from shapely.geometry import LineString, Point, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, unary_union

HERE = Path(__file__).parent / "data"
REGION = ("region", "04000", "Région de Bruxelles-Capitale", "Brussels Hoofdstedelijk Gewest")
POPULATION_AT = "2020-01-01"
COARSE = 25.0  # metres: how far a simplified border may stray
DIGITS = 5  # of a degree: about a metre
TO_METRES = Transformer.from_crs(4326, 3812, always_xy=True).transform
TO_DEGREES = Transformer.from_crs(3812, 4326, always_xy=True).transform


def main(geo: Path, osm: Path) -> None:
    pieces = coarse_pieces(geo)
    communes = {code: unary_union(parts) for code, parts in grouped(pieces, 0).items()}
    districts = {code: unary_union(parts) for code, parts in grouped(pieces, 1).items()}
    write_areas(geo, pieces)
    write_inhabitants(geo)
    write_outlines(communes, districts)
    write_gazetteer(geo, osm, communes)


def rows(path: Path) -> list[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def features(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return json.load(file)["features"]


def write_inhabitants(geo: Path) -> None:
    """Men, women and age by decade (from 80: no end) in each commune, checked against its total."""
    sexes = {
        row["NIS code"]: (int(row["Mannen"]), int(row["Vrouwen"])) for row in rows(geo / "population_by_sex_2020.csv")
    }
    with (HERE / "inhabitants.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(["code", "at", "men", "women", *range(0, 90, 10)])
        for row in rows(geo / "population_by_age_decade_2020.csv"):
            men, women = sexes[row["NIS"]]
            ages = [int(number) for name, number in row.items() if name.startswith("[")]
            if not men + women == sum(ages) == int(row["total"]):
                raise ValueError(f"{row['NIS']}: sexes and ages do not add up to the same total")
            writer.writerow([row["NIS"], POPULATION_AT, men, women, *ages])


# Outlines: the 204 pieces of district and commune share their edges; simplified together, they still do.


def coarse_pieces(geo: Path) -> dict[tuple[str, str], BaseGeometry]:
    """(commune, district) -> piece, in degrees, simplified as one coverage so that neighbours keep one common border."""
    source = sorted(
        features(geo / "wijken_brussels_ggw7_2024.geojson"), key=lambda feature: feature["properties"]["geoitem"]
    )
    keys = [tuple(feature["properties"]["geoitem"].split("_")) for feature in source]
    metres = [shapely.transform(shape(feature["geometry"]), TO_METRES, interleaved=False) for feature in source]
    simple = shapely.coverage_simplify(metres, COARSE)
    degrees = [shapely.transform(piece, TO_DEGREES, interleaved=False) for piece in simple]
    return {key: _rounded(piece) for key, piece in zip(keys, degrees, strict=True)}


def _rounded(piece: BaseGeometry) -> BaseGeometry:
    # rounding moves a shared corner to one and the same place in both neighbours
    return shapely.make_valid(shapely.transform(piece, lambda points: points.round(DIGITS)))


def grouped(pieces: dict[tuple[str, str], BaseGeometry], part: int) -> dict[str, list[BaseGeometry]]:
    groups: dict[str, list[BaseGeometry]] = defaultdict(list)
    for key, piece in pieces.items():
        groups[key[part]].append(piece)
    return groups


def write_outlines(communes: dict[str, BaseGeometry], districts: dict[str, BaseGeometry]) -> None:
    found = [(REGION[0], REGION[1], unary_union(list(communes.values())))]
    found += [("commune", code, outline) for code, outline in sorted(communes.items())]
    found += [("district", code, outline) for code, outline in sorted(districts.items(), key=lambda pair: int(pair[0]))]
    lines = [
        json.dumps(
            {"type": "Feature", "properties": {"kind": kind, "code": code}, "geometry": _plain(outline)},
            separators=(",", ":"),
        )
        for kind, code, outline in found
    ]
    (HERE / "outlines.geojson").write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n")


def _plain(outline: BaseGeometry) -> dict[str, Any]:
    """Only polygons, without the slivers that rounding leaves, in a fixed order."""
    polygons = [
        part for part in getattr(outline, "geoms", [outline]) if part.geom_type == "Polygon" and part.area > 1e-8
    ]
    polygons = [
        shapely.Polygon(part.exterior, [ring for ring in part.interiors if shapely.Polygon(ring).area > 1e-8])
        for part in polygons
    ]
    clean = shapely.normalize(polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons))
    return json.loads(json.dumps(mapping(clean)), parse_float=lambda text: round(float(text), DIGITS))


# Facts


def write_areas(geo: Path, pieces: dict[tuple[str, str], BaseGeometry]) -> None:
    standard = {row["postcode"] for row in rows(geo / "postcodes_brussels.csv")}
    district_of = {
        row["statsec2024"]: row["ggw72024"].partition("_")[2]
        for row in rows(geo / "sector2024_to_wijk.csv")
        if "_" in row["ggw72024"]
    }
    sectors: dict[str, tuple[str, set[str]]] = {}
    for row in rows(geo / "statistical_sectors_brussels.csv"):
        sectors.setdefault(row["NIS9"], (sector_name(row["StatisticalSector"]), set()))[1].add(row["PostCode"])
    communes = rows(geo / "municipalities_names_zip_population_2020.csv")
    main = {row["NIS_code"]: row["zip"] for row in communes}
    counted = Counter(
        (code[:5], postcode) for code, (_name, postcodes) in sectors.items() for postcode in postcodes & standard
    )
    of_sector = {code: sorted(postcodes & standard) or [main[code[:5]]] for code, (_name, postcodes) in sectors.items()}
    of_commune = {
        code: [zip_, *sorted(p for (nis, p), n in counted.items() if nis == code and n > 1 and p != zip_)]
        for code, zip_ in main.items()
    }
    of_district: dict[str, set[str]] = defaultdict(set)
    for code, postcodes in of_sector.items():
        of_district[district_of[code]].update(set(postcodes) & set(of_commune[code[:5]]))
    largest: dict[str, str] = {}
    for (commune, district), _piece in sorted(pieces.items(), key=lambda pair: pair[1].area):
        largest[district] = commune

    with (HERE / "areas.tsv").open("w", newline="") as file:
        out = csv.writer(file, delimiter="\t", lineterminator="\n")
        out.writerow(["kind", "code", "name_fr", "name_nl", "parent", "postcodes", "population", "population_at"])
        total = sum(int(row["inhabitants"]) for row in communes)
        out.writerow([*REGION, "", "", total, POPULATION_AT])
        for row in communes:
            code = row["NIS_code"]
            facts = [f"region:{REGION[1]}", " ".join(of_commune[code]), row["inhabitants"], POPULATION_AT]
            out.writerow(["commune", code, row["municipality_FR"], row["municipality_NL"], *facts])
        for line in (HERE / "districts.tsv").read_text().splitlines():
            code, name_fr, name_nl = line.split("\t")
            out.writerow(
                [
                    "district",
                    code,
                    name_fr,
                    name_nl,
                    f"commune:{largest[code]}",
                    " ".join(sorted(of_district[code])),
                    "",
                    "",
                ]
            )
        for code, (name, _postcodes) in sorted(sectors.items()):
            out.writerow(
                ["sector", code, name, name, f"district:{district_of[code]}", " ".join(of_sector[code]), "", ""]
            )


SMALL = {
    "de",
    "du",
    "des",
    "la",
    "le",
    "les",
    "l",
    "d",
    "et",
    "aux",
    "au",
    "rue",
    "avenue",
    "place",
    "boulevard",
    "square",
    "chaussee",
    "parc",
    "quai",
}
SMALL |= {"van", "der", "den", "ten", "ter", "het", "en"}


def sector_name(shouted: str) -> str:
    """`SENNE (RUE DE LA)` -> `Senne (rue de la)`. The source has one name, in capitals and without accents."""
    words = re.split(r"([^A-Z]+)", shouted.strip())
    shown = [
        word.lower()
        if word.lower() in SMALL and place
        else (word if word in ("ULB", "U", "L", "B", "VUB") else word.capitalize())
        for place, word in enumerate(words)
    ]
    return re.sub(r"\s+", " ", "".join(shown))


# The gazetteer: a name in two languages and a point, so that an address is found with no network

PLACES = {
    "school": "facility",
    "library": "facility",
    "theatre": "facility",
    "community_centre": "facility",
    "townhall": "facility",
    "hospital": "facility",
    "university": "facility",
    "cinema": "facility",
    "post_office": "facility",
    "police": "facility",
}


def write_gazetteer(geo: Path, osm: Path, communes: dict[str, BaseGeometry]) -> None:
    tree = [(code, shapely.prepared.prep(outline)) for code, outline in sorted(communes.items())]

    def commune_at(point: Point) -> str:
        return next((code for code, outline in tree if outline.contains(point)), "")

    found: list[tuple[str, str, str, str, float, float]] = []
    placed: set[str] = set()
    for name, commune, point in streets(geo, commune_at):
        placed.add(name)
        found.append(("street", *two_names(name), commune, point.x, point.y))
    facilities = rows(osm / "brussels_poi_osm.csv.gz")
    known = {row["name"] for file in ("streets_gender.csv", "streets_other.csv") for row in rows(geo / file)}
    for name, commune, point in addressed(facilities, known - placed, commune_at):
        found.append(("street", *two_names(name), commune, point.x, point.y))
    for row in facilities:
        point = Point(float(row["lon"]), float(row["lat"]))
        if row["name"] and (row["amenity"] in PLACES or row["tourism"] == "museum") and (commune := commune_at(point)):
            name_fr, name_nl = two_names(row["name"])
            found.append(("facility", row["name:fr"] or name_fr, row["name:nl"] or name_nl, commune, point.x, point.y))
    for name_fr, name_nl, point in parks(osm / "brussels_overpass.osm.json.gz"):
        if commune := commune_at(point):
            found.append(("park", name_fr, name_nl, commune, point.x, point.y))
    lines = {
        f"{kind}\t{fr[:120]}\t{nl[:120] if nl != fr else ''}\t{commune}\t{lon:.5f}\t{lat:.5f}\n"
        for kind, fr, nl, commune, lon, lat in found
    }
    (HERE / "gazetteer.tsv.gz").write_bytes(gzip.compress("".join(sorted(lines)).encode(), 9, mtime=0))


def two_names(name: str) -> tuple[str, str]:
    """`Rue Haute - Hoogstraat` -> both; a name in one language stands for both."""
    name = re.sub(r"\s+", " ", name.replace("\t", " ")).strip()
    french, separator, dutch = name.partition(" - ")
    return (french.strip(), dutch.strip()) if separator and " - " not in dutch else (name, name)


def streets(geo: Path, commune_at: Any) -> Iterator[tuple[str, str, Point]]:
    """One point a street and commune: the middle of its longest stretch there."""
    ways: dict[tuple[str, str], list[LineString]] = defaultdict(list)
    for feature in features(geo / "streets_ways.geojson.gz"):
        line = shape(feature["geometry"])
        if commune := commune_at(line.interpolate(0.5, normalized=True)):
            ways[feature["properties"]["name"], commune].append(line)
    for (name, commune), lines in sorted(ways.items(), key=lambda pair: pair[0]):
        merged = linemerge(lines) if len(lines) > 1 else lines[0]
        longest = max(getattr(merged, "geoms", [merged]), key=lambda part: part.length)
        yield name, commune, longest.interpolate(0.5, normalized=True)


def addressed(
    facilities: Iterable[dict[str, str]], names: set[str], commune_at: Any
) -> Iterator[tuple[str, str, Point]]:
    """Streets with no geometry in the source, placed where a known house stands in them."""
    by_part = {part.lower(): name for name in names for part in (name, *two_names(name))}
    houses: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for row in facilities:
        if name := by_part.get(row["addr:street"].lower()):
            point = Point(float(row["lon"]), float(row["lat"]))
            if commune := commune_at(point):
                houses[name, commune].append(point)
    for (name, commune), points in sorted(houses.items(), key=lambda pair: pair[0]):
        middle = unary_union(points).centroid
        yield name, commune, min(points, key=lambda point: (point.distance(middle), point.x, point.y))


def parks(path: Path) -> Iterator[tuple[str, str, Point]]:
    with gzip.open(path, "rt") as file:
        elements = json.load(file)["elements"]
    nodes = {element["id"]: (element["lon"], element["lat"]) for element in elements if element["type"] == "node"}
    for element in elements:
        tags = element.get("tags") or {}
        corners = [nodes[node] for node in element.get("nodes", []) if node in nodes]
        if tags.get("leisure") == "park" and tags.get("name") and len(corners) > 3:
            name_fr, name_nl = two_names(tags["name"])
            point = shapely.make_valid(shapely.Polygon(corners)).representative_point()
            yield tags.get("name:fr", name_fr), tags.get("name:nl", name_nl), point


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
