"""An invented population register, as many entries as wished, spread as the official figures of a commune say. Made in memory, and nowhere kept.

Age and gender follow the figures of the commune, districts those of its statistical sectors; streets exist, names, numbers and who lives where are drawn from a
seed: equal seeds give equal registers, byte for byte.
"""

import csv
import io
from collections import Counter
from random import Random

from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.places.areas.queries import inhabitants_of

from ..drawn import Register

HEADER = ("id", "name", "street", "postcode", "city", "language", "birth_year", "gender", "place")
YOUNGEST, OLDEST_DECADE, OLDEST = 16, 80, 95
NUMBERS = 150
HOMES = 4  # at one number


def register(commune: Area, said: Register, *, year: int) -> bytes:
    """The register as a file, as it stands in `year`: CSV with the columns of HEADER."""
    random = Random(said.seed)  # noqa: S311 - a demonstration that repeats itself
    given = {"woman": said.women, "man": said.men}
    places = _places(commune)
    ages = _ages(commune)
    genders = _genders(commune)
    drawn_places = random.choices(list(places), weights=list(places.values()), k=said.entries)
    drawn_ages = random.choices(list(ages), weights=list(ages.values()), k=said.entries)
    drawn_genders = random.choices(list(genders), weights=list(genders.values()), k=said.entries)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEADER)
    for number, (place, age, gender) in enumerate(zip(drawn_places, drawn_ages, drawn_genders, strict=True), 1):
        name = f"{random.choice(given[gender])} {random.choice(said.family)}"
        home = f"{random.choice(said.streets)} {random.randint(1, NUMBERS)} / {random.randint(1, HOMES)}"
        language = "nl" if random.randrange(100) < said.dutch else "fr"
        rows.writerow((f"SG{number:05d}", name, home, "1060", "Saint-Gilles", language, year - age, gender, place))
    return out.getvalue().encode()


def _places(commune: Area) -> dict[str, int]:
    """The districts in which the sectors of the commune lie, by the inhabitants of these sectors; a sector without a figure counts as one."""
    sectors = Area.objects.filter(kind=AreaKind.SECTOR, code__startswith=commune.code).select_related("parent")
    counted: Counter[str] = Counter()
    for sector in sectors.order_by("code"):
        if sector.parent is not None and sector.parent.kind == AreaKind.DISTRICT:
            counted[sector.parent.code.lower()] += sector.population or 1
    return dict(counted)


def _ages(commune: Area) -> dict[int, float]:
    """How many there are of each age; within ten years as many of each."""
    figures = inhabitants_of(commune)
    assert figures is not None
    found: dict[int, float] = {}
    for decade, living in figures.ages.items():
        last = OLDEST if decade == OLDEST_DECADE else decade + 9
        for age in range(decade, last + 1):
            if age >= YOUNGEST:
                found[age] = living / (last - decade + 1)
    return found


def _genders(commune: Area) -> dict[str, int]:
    figures = inhabitants_of(commune)
    assert figures is not None
    return {"woman": figures.women, "man": figures.men}
