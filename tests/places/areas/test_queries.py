"""Where a point lies, what lies within what, and what an address means."""

import time
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
import shapely
from django.db.models import Count, Sum
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from shapely.geometry import Point, shape

from tests.places.areas.conftest import NOW
from zenne.places.areas import queries
from zenne.places.areas.actions import import_areas, load_brussels
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area, Place
from zenne.places.areas.reading import Fields, read, rows_of

pytestmark = pytest.mark.django_db

TOWN_HALLS = {
    "Anderlecht": (4.3073, 50.8365),
    "Bruxelles": (4.3517, 50.8466),
    "Etterbeek": (4.3886, 50.8369),
    "Forest": (4.3243, 50.8109),
    "Ixelles": (4.3667, 50.8333),
    "Jette": (4.3259, 50.8776),
    "Molenbeek-Saint-Jean": (4.3385, 50.8546),
    "Saint-Gilles": (4.3459, 50.8265),
    "Saint-Josse-ten-Noode": (4.3707, 50.8508),
    "Schaerbeek": (4.3735, 50.8677),
    "Uccle": (4.3386, 50.8022),
    "Woluwe-Saint-Pierre": (4.4318, 50.8350),
}


def test_the_territory_is_whole(brussels: None) -> None:
    counts = dict(Area.objects.values_list("kind").annotate(Count("pk")).order_by("kind"))
    assert counts == {"region": 1, "commune": 19, "district": 145, "sector": 724, "outside": 1}
    assert Area.objects.filter(kind=AreaKind.COMMUNE).aggregate(total=Sum("population"))["total"] == 1_218_255
    assert Area.objects.get(kind=AreaKind.REGION).population == 1_218_255
    assert not Area.objects.filter(kind__in=[AreaKind.COMMUNE, AreaKind.DISTRICT], outline__isnull=True).exists()
    assert not Area.objects.exclude(kind__in=[AreaKind.REGION, AreaKind.OUTSIDE]).filter(parent__isnull=True).exists()
    assert not Area.objects.exclude(kind=AreaKind.OUTSIDE).exclude(kind=AreaKind.REGION).filter(postcodes=[]).exists()


@pytest.mark.parametrize(("commune", "place"), TOWN_HALLS.items())
def test_a_town_hall_lies_in_its_commune(brussels: None, commune: str, place: tuple[float, float]) -> None:
    assert queries.area_at(*place).name_fr == commune


def test_a_point_lies_in_one_area_of_each_kind_with_an_outline(brussels: None) -> None:
    found = queries.areas_at(4.3517, 50.8466)
    assert [(kind, area.name_fr) for kind, area in found.items()] == [
        ("region", "Région de Bruxelles-Capitale"),
        ("commune", "Bruxelles"),
        ("district", "Grand-Place"),
    ]


@pytest.mark.parametrize("place", [(3.2247, 51.2089), (4.4, 50.70), (-4.35, -50.84), (0, 0)])
def test_elsewhere_lies_nowhere(brussels: None, place: tuple[float, float]) -> None:
    assert queries.area_at(*place) is None and queries.areas_at(*place) == {}


def test_without_outlines_there_is_no_answer(brussels: None) -> None:
    assert queries.area_at(4.3517, 50.8466, AreaKind.SECTOR) is None


@pytest.mark.parametrize("kind", [AreaKind.COMMUNE, AreaKind.DISTRICT])
def test_every_area_holds_its_own_middle(brussels: None, kind: AreaKind) -> None:
    for area in Area.objects.filter(kind=kind).order_by("pk"):
        assert queries.area_at(*queries.middle_of(area), kind) == area


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lon=st.floats(4.22, 4.50), lat=st.floats(50.75, 50.93))
def test_any_point_lies_exactly_where_shapely_says(brussels: None, lon: float, lat: float) -> None:
    outlines = {area.code: shape(area.outline) for area in Area.objects.filter(kind=AreaKind.DISTRICT).order_by("code")}
    holding = [code for code, outline in outlines.items() if outline.intersects(Point(lon, lat))]
    found = queries.area_at(lon, lat, AreaKind.DISTRICT)
    assert (found.code if found else None) in (holding or [None])
    assert (
        len(holding) <= 1
        or not any(outlines[code].contains(Point(lon, lat)) for code in holding)
        or found.code in holding
    )


def test_a_border_belongs_to_one_side_always_the_same(brussels: None) -> None:
    first, second = (shape(Area.objects.get(kind=AreaKind.COMMUNE, code=code).outline) for code in ("21010", "21008"))
    common = shapely.intersection(first, second)
    corner = shapely.get_coordinates(common)[0]
    assert {queries.area_at(*corner).code for _n in range(3)} <= {"21008", "21010", "21003", "21011"}


def test_coarse_outlines_agree_with_the_full_ones_away_from_the_borders(brussels: None, sources: Path) -> None:
    content = (sources / "quartiers_monitoring_145.geojson.gz").read_bytes()
    full = {str(row.properties["mdrc"]): row.geometry for row in rows_of(content)}
    tree = shapely.STRtree(list(full.values()))
    codes, random, asked = list(full), Random(7), 0  # noqa: S311 - the same points every time
    borders = shapely.union_all([outline.boundary for outline in full.values()])
    while asked < 400:
        point = Point(random.uniform(4.245, 4.482), random.uniform(50.764, 50.913))
        inside = tree.query(point, predicate="intersects")
        if len(inside) == 1 and borders.distance(point) > 0.0008:  # some 60 m
            asked += 1
            assert queries.area_at(point.x, point.y, AreaKind.DISTRICT).code == codes[inside[0]]


def test_the_coarse_region_covers_what_the_region_covers(brussels: None) -> None:
    to_metres = Transformer.from_crs(4326, 3812, always_xy=True)
    for kind in (AreaKind.REGION, AreaKind.COMMUNE, AreaKind.DISTRICT):
        outlines = [shape(area.outline) for area in Area.objects.filter(kind=kind).order_by("pk")]
        metres = [shapely.transform(outline, to_metres.transform, interleaved=False) for outline in outlines]
        assert sum(outline.area for outline in metres) == pytest.approx(162.4e6, rel=0.003)
        assert shapely.union_all(metres).area == pytest.approx(sum(outline.area for outline in metres), rel=0.0002)


def test_a_lookup_reads_each_outline_once(brussels: None, django_assert_num_queries: object) -> None:
    queries.area_at(4.3259, 50.8776)
    with django_assert_num_queries(1):
        assert queries.area_at(4.3259, 50.8776).name_fr == "Jette"


def test_a_new_outline_is_seen_at_once(brussels: None, now: datetime) -> None:
    assert queries.area_at(4.3259, 50.8776).code == "21010"
    square = b'{"type":"Feature","properties":{"c":"21010","n":"Jette"},"geometry":{"type":"Polygon","coordinates":[[[4.30,50.70],[4.31,50.70],[4.31,50.71],[4.30,50.70]]]}}'
    import_areas(AreaKind.COMMUNE, read(rows_of(square), Fields("c", "n")).records, by=None, now=now.replace(year=2027))
    assert queries.area_at(4.3259, 50.8776) is None


def test_communes_stand_in_the_order_of_their_names(brussels: None) -> None:
    with override("fr"):
        assert [area.name_fr for area in queries.communes()][:4] == [
            "Anderlecht",
            "Auderghem",
            "Berchem-Sainte-Agathe",
            "Bruxelles",
        ]
    with override("nl"):
        assert [area.name_nl for area in queries.communes()][:3] == ["Anderlecht", "Brussel", "Elsene"]
    with override("fr"):
        names = [area.name_fr for area in queries.by_name(Area.objects.filter(kind=AreaKind.DISTRICT))]
    assert names.index("Étangs d'Ixelles") < names.index("Flagey - Malibran")


def test_what_lies_within(brussels: None) -> None:
    region = Area.objects.get(kind=AreaKind.REGION)
    jette = Area.objects.get(kind=AreaKind.COMMUNE, code="21010")
    assert queries.within(region, AreaKind.COMMUNE).count() == 19
    assert queries.within(region, AreaKind.DISTRICT).count() == 145
    assert queries.within(region, AreaKind.SECTOR).count() == 724
    assert {"72", "73"} <= {area.code for area in queries.within(jette, AreaKind.DISTRICT)}
    assert queries.within(jette, AreaKind.SECTOR).count() == 19
    assert sum(queries.within(commune, AreaKind.SECTOR).count() for commune in queries.communes()) == 724
    assert sum(queries.within(commune, AreaKind.DISTRICT).count() for commune in queries.communes()) == 204
    assert not queries.within(jette, AreaKind.REGION).exists()
    assert queries.with_postcode("1090").get() == jette
    assert queries.with_postcode("1130").get().name_fr == "Bruxelles"


@pytest.mark.parametrize(
    ("text", "name", "commune"),
    [
        ("avenue de tervueren", "Avenue de Tervueren", None),
        ("Tervurenlaan 120", "Avenue de Tervueren", None),
        ("tervurenlaan, 1150", "Avenue de Tervueren", "Woluwe-Saint-Pierre"),
        ("Avenue de Tervuren 12b, 1040 Etterbeek", "Avenue de Tervueren", "Etterbeek"),
        ("chaussee de ninove, molenbeek saint jean", "Chaussée de Ninove", "Molenbeek-Saint-Jean"),
        ("jete", None, None),
        ("Jette", "Jette", ""),
        ("etangs d'ixelles", "Étangs d'Ixelles", ""),
        ("Warandepark", "Parc de Bruxelles", "Bruxelles"),
    ],
)
def test_an_address_is_found_as_people_type_it(
    brussels: None, text: str, name: str | None, commune: str | None
) -> None:
    with override("fr"):
        found = queries.search_places(text)
    if name is not None:
        assert found[0].name == name
    if commune is not None:
        assert found[0].commune == commune


@pytest.mark.parametrize("text", ["", " ", "a", "%%%", "'; drop table", "zzzzqqqq xxyy", "1" * 500, "\x00"])
def test_nonsense_finds_nothing_and_breaks_nothing(brussels: None, text: str) -> None:
    assert all(found.name for found in queries.search_places(text))


def test_a_place_is_told_in_the_language_of_the_page(brussels: None) -> None:
    with override("nl"):
        found = queries.search_places("avenue de tervueren")[0]
    assert (found.name, found.other_name) == ("Tervurenlaan", "Avenue de Tervueren")


def test_every_place_of_the_gazetteer_lies_in_its_commune(brussels: None) -> None:
    assert Place.objects.count() > 3000
    for place in Place.objects.select_related("commune").order_by("pk")[::25]:
        assert queries.area_at(place.lon, place.lat) == place.commune


def test_loading_takes_less_than_three_seconds(db: None) -> None:
    started = time.perf_counter()
    load_brussels(now=NOW)
    assert time.perf_counter() - started < 3
