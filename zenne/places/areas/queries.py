"""Where: which area a point lies in, what lies within an area, and which place a text means."""

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from django.conf import settings
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Func, Q, QuerySet, TextField
from django.db.models.functions import Length
from shapely.geometry import Point

from zenne.core.languages import current

from .enums import AreaKind
from .models import Area, Place, Residence
from .naming import searchable
from .shapes import kept

INSIDE_FIRST = {AreaKind.REGION: 0, AreaKind.COMMUNE: 1, AreaKind.DISTRICT: 2, AreaKind.SECTOR: 3}


def sort_key(field: str) -> Func:
    """How people order names: without accents and capitals."""
    return Func(F(field), function="sort_key", output_field=TextField())


def by_name(areas: QuerySet[Area]) -> QuerySet[Area]:
    """In the order of their names, in the language of the page."""
    return areas.order_by(sort_key("name_nl" if current() == "nl" else "name_fr"), "code", "pk")


def without_outlines(areas: QuerySet[Area]) -> QuerySet[Area]:
    """For lists: outlines are long."""
    return areas.defer("outline")


def communes() -> QuerySet[Area]:
    """The communes, by name, without their outlines."""
    return by_name(without_outlines(Area.objects.filter(kind=AreaKind.COMMUNE)))


def outside() -> Area | None:
    """The one area for people who live elsewhere."""
    return Area.objects.filter(kind=AreaKind.OUTSIDE).order_by("code", "pk").first()


def within(area: Area, kind: AreaKind) -> QuerySet[Area]:
    """The areas of a smaller kind that lie in it, wholly or in part, by name.

    A sector's code begins with its commune's; districts cross communes, so a commune has every district in which it has a sector.
    """
    found = Area.objects.filter(kind=kind)
    sectors = Area.objects.filter(kind=AreaKind.SECTOR)
    match (AreaKind(area.kind), kind):
        case (AreaKind.REGION, AreaKind.COMMUNE):
            found = found.filter(parent=area)
        case (AreaKind.REGION, _):
            found = found.filter(Q(parent__parent=area) | Q(parent__parent__parent=area))
        case (AreaKind.COMMUNE, AreaKind.DISTRICT):
            found = found.filter(
                Q(pk__in=sectors.filter(code__startswith=area.code).values("parent_id")) | Q(parent=area)
            )
        case (AreaKind.COMMUNE, AreaKind.SECTOR):
            found = found.filter(code__startswith=area.code)
        case (AreaKind.DISTRICT, AreaKind.SECTOR):
            found = found.filter(parent=area)
        case _:
            found = found.none()
    return by_name(without_outlines(found))


def with_postcode(postcode: str) -> QuerySet[Area]:
    """The communes of a postcode."""
    return communes().filter(postcodes__contains=[postcode])


@dataclass(frozen=True)
class Inhabitants:
    """Who lives in an area, by official figures: men, women, and everybody by the decade of their age (0, 10, … 80 and over)."""

    at: date
    men: int
    women: int
    ages: Mapping[int, int]


def inhabitants_of(area: Area) -> Inhabitants | None:
    """The figures that come with the platform, for a commune or the Region; None for smaller areas, of which they say nothing."""
    figures = _inhabitants()
    match area.kind:
        case AreaKind.COMMUNE:
            return figures.get(area.code)
        case AreaKind.REGION:
            every = list(figures.values())
            ages = {first: sum(one.ages[first] for one in every) for first in every[0].ages}
            return Inhabitants(every[0].at, sum(one.men for one in every), sum(one.women for one in every), ages)
    return None


@cache
def _inhabitants() -> dict[str, Inhabitants]:
    with (Path(__file__).parent / "data" / "inhabitants.tsv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Inhabitants(
                date.fromisoformat(row["at"]),
                int(row["men"]),
                int(row["women"]),
                {int(name): int(number) for name, number in row.items() if name.isdigit()},
            )
            for row in csv.DictReader(file, delimiter="\t")
        }


# A point


def area_at(lon: float, lat: float, kind: AreaKind = AreaKind.COMMUNE) -> Area | None:
    """The area of this kind that a point (WGS 84 degrees) lies in; None outside all of them, or where no outlines are known.

    On a border between two, the one with the lower code.
    """
    return next(iter(_at(lon, lat, (kind,)).values()), None)


def areas_at(lon: float, lat: float) -> dict[str, Area]:
    """Every area a point lies in, by kind, the widest first."""
    found = _at(lon, lat, tuple(INSIDE_FIRST))
    return {kind: found[kind] for kind in sorted(found, key=lambda kind: INSIDE_FIRST[AreaKind(kind)])}


def _at(lon: float, lat: float, kinds: Iterable[AreaKind]) -> dict[str, Area]:
    point = Point(lon, lat)
    boxes = Area.objects.filter(kind__in=list(kinds), west__lte=lon, east__gte=lon, south__lte=lat, north__gte=lat)
    candidates = list(without_outlines(boxes).order_by("kind", "code", "pk"))
    outlines = kept.of((area.pk, area.outlined_at) for area in candidates)
    inside: dict[str, Area] = {}
    on_border: dict[str, Area] = {}
    for area in candidates:
        if (outline := outlines.get(area.pk)) is None:
            continue
        if area.kind not in inside and shapely.contains(outline, point):
            inside[area.kind] = area
        elif area.kind not in on_border and shapely.intersects(outline, point):
            on_border[area.kind] = area
    return {**on_border, **inside}


def middle_of(area: Area) -> tuple[float, float] | None:
    """A point that surely lies in the area (lon, lat); None when its outline isn't known."""
    outline = kept.of([(area.pk, area.outlined_at)]).get(area.pk)
    if outline is None:
        return None
    point = outline.representative_point()
    return point.x, point.y


# A text


@dataclass(frozen=True)
class Found:
    """A place that a text may mean. `name` is in the page's language, `other_name` in the other when it differs."""

    kind: str
    name: str
    other_name: str
    commune: str
    lon: float
    lat: float


NUMBER = re.compile(r"\b\d{1,4}\s?[a-z]?\b")
POSTCODE = re.compile(r"\b(1[0-2]\d\d)\b")


def search_places(text: str, limit: int = 8) -> list[Found]:
    """The places that `text` may mean, best first: a commune, a district, a street, a park, a building; French or Dutch, without accents.

    A house number is left aside; a postcode or a commune's name behind the street (`Rue Haute 12, 1000 Bruxelles`) narrows the search.
    """
    query, within_communes = _understood(text)
    if len(query) < 2:
        return []
    found = _areas_named(query, limit) if within_communes is None else []
    places = Place.objects.annotate(alike=TrigramWordSimilarity(query, "words")).select_related("commune")
    places = places.defer("commune__outline").order_by("-alike", "kind", Length("words"), "words", "pk")
    if within_communes is not None:
        places = places.filter(commune__in=within_communes)
    as_typed = Q()
    for word in query.split():
        as_typed &= Q(words__contains=word)
    room = limit - len(found)
    named = list(places.filter(as_typed)[:room])
    # only what nobody is called as typed is looked for by likeness: a misspelt name
    named = named or list(places.filter(words__trigram_word_similar=query)[:room])
    return [*found, *map(_as_found, named)]


def _understood(text: str) -> tuple[str, list[int] | None]:
    """What to look for, and in which communes when the text says so."""
    street, _comma, rest = text[:120].partition(",")
    query, behind = searchable(street), searchable(rest)
    chosen: list[int] | None = None
    known = [(area.pk, area.postcodes, {searchable(area.name_fr), searchable(area.name_nl)}) for area in communes()]
    if code := POSTCODE.search(behind) or (POSTCODE.search(query) if " " in query else None):
        chosen = [pk for pk, postcodes, _names in known if code[1] in postcodes] or None
        query = query.replace(code[1], " ")
    elif behind:
        named = NUMBER.sub(" ", behind).strip()
        chosen = [pk for pk, _postcodes, names in known if named in names] or None
    if len(query.split()) > 1:
        shorter = " ".join(NUMBER.sub(" ", query).split())
        query = shorter if len(shorter) > 2 else query
    return " ".join(query.split()), chosen


def _areas_named(query: str, limit: int) -> list[Found]:
    areas = Area.objects.filter(kind__in=[AreaKind.COMMUNE, AreaKind.DISTRICT], outline__isnull=False)
    matches = [area for area in by_name(without_outlines(areas)) if _named(area, query)]
    widest_first = sorted(matches, key=lambda area: INSIDE_FIRST[AreaKind(area.kind)])[: max(limit // 2, 1)]
    return [Found(area.kind, *_names(area), "", *point) for area in widest_first if (point := middle_of(area))]


def _named(area: Area, query: str) -> bool:
    names = (searchable(area.name_fr), searchable(area.name_nl))
    return any(name.startswith(query) or (len(query) > 3 and f" {query}" in name) for name in names)


def _names(thing: Area | Place) -> tuple[str, str]:
    ours, other = (thing.name_nl, thing.name_fr) if current() == "nl" else (thing.name_fr, thing.name_nl)
    return ours, other if other != ours else ""


def _as_found(place: Place) -> Found:
    return Found(place.kind, *_names(place), str(place.commune), place.lon, place.lat)


# A person


def residence_of(person_id: int) -> Residence | None:
    residences = Residence.objects.filter(person_id=person_id).select_related("commune", "district")
    return residences.defer("commune__outline", "district__outline").first()


# A map


def base_map() -> dict[str, str]:
    """What lies behind the outlines on a map: `url` with {z}, {x}, {y}, and the `credit` it must show; both empty without one."""
    url = settings.BASEMAP_URL
    if current() == "nl":
        url = url.replace("/urbisFRGray/", "/urbisNLGray/")
    return {"url": url, "credit": settings.BASEMAP_CREDIT}


def feature_collection(areas: Iterable[Area], chosen: Collection[int] = ()) -> dict[str, Any]:
    """Areas as GeoJSON for a map, named in the page's language; those in `chosen` (ids) are marked."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": area.code, "name": str(area), **({"chosen": True} if area.pk in chosen else {})},
                "geometry": area.outline,
            }
            for area in areas
            if area.outline
        ],
    }
