"""Areas come in from files; a person says where they live."""

import csv
import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _
from shapely.geometry import shape

from zenne.core.errors import Invalid
from zenne.people.access.answers import NotAllowed, Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from . import rules
from .enums import AreaKind
from .models import Area, Place, Residence
from .naming import searchable
from .queries import within
from .reading import Fault, Record, plain_outline, shipped

DATA = Path(__file__).parent / "data"
PARENTS = {AreaKind.COMMUNE: AreaKind.REGION, AreaKind.DISTRICT: AreaKind.COMMUNE, AreaKind.SECTOR: AreaKind.DISTRICT}
OUTSIDE = ("outside", "En dehors de la Région bruxelloise", "Buiten het Brussels Gewest")


@dataclass
class Outcome:
    """What an import does, or would do. `changed` names the fields that change, by code."""

    created: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)


FIELDS = (
    "name_fr",
    "name_nl",
    "parent_id",
    "postcodes",
    "population",
    "population_at",
    "outline",
    "west",
    "south",
    "east",
    "north",
)
SHOWN = {"parent_id": "parent", "west": "outline", "south": "outline", "east": "outline", "north": "outline"}


def plan_import(kind: AreaKind, records: Sequence[Record], *, faults: Iterable[Fault] = ()) -> Outcome:
    """What `import_areas` would do, without doing it."""
    outcome, _created, _changed = _compared(kind, records, faults, now=None)
    return outcome


@transaction.atomic
def import_areas(
    kind: AreaKind, records: Sequence[Record], *, by: Person | None, now: datetime, faults: Iterable[Fault] = ()
) -> Outcome:
    """Create and change areas of one kind so that they are what the records say; nothing is deleted, and a second time changes nothing.

    What a record leaves open (None) stays as it is. `by=None` is the platform itself: an installation, the command line.
    """
    if by is not None:
        require(rules.may_import(by))
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('areas import', 7))")
    outcome, created, changed = _compared(kind, records, faults, now=now)
    Area.objects.bulk_create(created, batch_size=500)
    Area.objects.bulk_update(changed, [*FIELDS, "outlined_at"], batch_size=500) if changed else None
    if created or changed:
        details: dict[str, object] = {
            "kind": str(kind),
            "created": len(created),
            "changed": len(changed),
            "left_out": len(outcome.faults),
        }
        record("areas.imported", by=by, now=now, about=(created or changed)[0], details=details)
    return outcome


def _compared(
    kind: AreaKind, records: Sequence[Record], faults: Iterable[Fault], *, now: datetime | None
) -> tuple[Outcome, list[Area], list[Area]]:
    outcome = Outcome(faults=list(faults))
    known = {area.code: area for area in Area.objects.filter(kind=kind).order_by("pk")}
    parents = {
        area.code: area.pk for area in Area.objects.filter(kind=PARENTS.get(kind, "")).only("code").order_by("pk")
    }
    created: list[Area] = []
    changed: list[Area] = []
    for row in records:
        area = known.get(row.code) or Area(kind=kind, code=row.code)
        before = {name: getattr(area, name) for name in FIELDS}
        if row.parent and row.parent not in parents:
            outcome.faults.append(
                Fault(row.number, _("there is no area %(code)s for it to be part of") % {"code": row.parent})
            )
            continue
        _write(area, row, parents)
        different = [name for name in FIELDS if getattr(area, name) != before[name]]
        if "outline" in different:
            area.outlined_at = now
        if area.pk is None:
            outcome.created.append(row.code)
            created.append(area)
        elif different:
            outcome.changed[row.code] = list(dict.fromkeys(SHOWN.get(name, name) for name in different))
            changed.append(area)
        else:
            outcome.unchanged += 1
    outcome.faults.sort(key=lambda fault: fault.number)
    return outcome, created, changed


def _write(area: Area, row: Record, parents: dict[str, int]) -> None:
    area.name_fr, area.name_nl = row.name_fr, row.name_nl
    if row.parent is not None:
        area.parent_id = parents.get(row.parent)
    if row.postcodes is not None:
        area.postcodes = list(row.postcodes)
    if row.population is not None:
        area.population, area.population_at = row.population, row.population_at or area.population_at
    if row.outline is not None and row.bounds is not None:
        area.outline = row.outline
        area.west, area.south, area.east, area.north = row.bounds


@transaction.atomic
def load_brussels(*, now: datetime, by: Person | None = None) -> dict[str, int]:
    """The Region, its 19 communes, 145 districts and 724 sectors, and the gazetteer, from the data that comes with the platform.

    Idempotent. An outline that was imported since, from a better source, stays. Returns how many areas were created or changed, by kind.
    """
    if by is not None:
        require(rules.may_import(by))
    better = set(Area.objects.filter(outline__isnull=False).values_list("kind", "code"))
    outlines = {
        (found["properties"]["kind"], found["properties"]["code"]): found["geometry"]
        for found in shipped(DATA / "outlines.geojson")
    }
    records: dict[AreaKind, list[Record]] = {
        AreaKind.REGION: [],
        AreaKind.COMMUNE: [],
        AreaKind.DISTRICT: [],
        AreaKind.SECTOR: [],
    }
    with (DATA / "areas.tsv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), 1):
            outline = bounds = None
            if (row["kind"], row["code"]) in outlines.keys() - better:
                outline, bounds = plain_outline(shape(outlines[row["kind"], row["code"]]))
            records[AreaKind(row["kind"])].append(
                Record(
                    number=number,
                    code=row["code"],
                    name_fr=row["name_fr"],
                    name_nl=row["name_nl"],
                    parent=row["parent"].partition(":")[2],
                    postcodes=tuple(row["postcodes"].split()),
                    population=int(row["population"]) if row["population"] else None,
                    population_at=date.fromisoformat(row["population_at"]) if row["population_at"] else None,
                    outline=outline,
                    bounds=bounds,
                )
            )
    done: dict[str, int] = {}
    for kind, rows in records.items():
        outcome = import_areas(kind, rows, by=by, now=now)
        done[kind] = len(outcome.created) + len(outcome.changed)
    code, name_fr, name_nl = OUTSIDE
    Area.objects.get_or_create(kind=AreaKind.OUTSIDE, code=code, defaults={"name_fr": name_fr, "name_nl": name_nl})
    load_gazetteer()
    return done


@transaction.atomic
def load_gazetteer() -> int:
    """Replace the places by those that come with the platform, unless they are the same already. Returns how many there are."""
    communes = dict(Area.objects.filter(kind=AreaKind.COMMUNE).values_list("code", "pk"))
    places = []
    with gzip.open(DATA / "gazetteer.tsv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            kind, name_fr, name_nl, commune, lon, lat = line.rstrip("\n").split("\t")
            names = dict.fromkeys((searchable(name_fr), searchable(name_nl)))
            places.append(
                Place(
                    kind=kind,
                    name_fr=name_fr,
                    name_nl=name_nl or name_fr,
                    words=" ".join(names).strip(),
                    commune_id=communes[commune],
                    lon=float(lon),
                    lat=float(lat),
                )
            )
    shown = ("kind", "name_fr", "name_nl", "words", "commune_id", "lon", "lat")
    if {tuple(getattr(place, name) for name in shown) for place in places} != set(Place.objects.values_list(*shown)):
        Place.objects.all().delete()
        Place.objects.bulk_create(places, batch_size=1000)
    return len(places)


@transaction.atomic
def set_residence(
    *,
    person: Person,
    commune: Area,
    district: Area | None = None,
    by: Person | None,
    now: datetime,
    verified: bool = False,
) -> Residence:
    """Where a person lives, as they say, or (`verified`) as a checked identity says. What was checked is not overwritten by saying so."""
    if by is not None and by.pk != person.pk:
        raise NotAllowed(Refused(Reason.NOT_YOURS))
    if commune.kind not in (AreaKind.COMMUNE, AreaKind.OUTSIDE):
        raise Invalid(_("Choose a commune."))
    if district and (
        commune.kind == AreaKind.OUTSIDE or not within(commune, AreaKind.DISTRICT).filter(pk=district.pk).exists()
    ):
        raise Invalid(_("This district does not lie in %(commune)s.") % {"commune": commune})
    Person.objects.select_for_update().get(pk=person.pk)
    known = Residence.objects.filter(person=person).first()
    if known and known.verified and not verified:
        if known.commune_id != commune.pk:
            raise NotAllowed(Refused(Reason.WRONG_STATE))
        verified = True  # the commune was checked; which of its districts, they may say
    if known and (known.commune_id, known.district_id, known.verified) == (
        commune.pk,
        district.pk if district else None,
        verified,
    ):
        return known
    values = {"commune": commune, "district": district, "verified": verified, "changed_at": now}
    residence, _created = Residence.objects.update_or_create(person=person, defaults=values)
    record("residence.set", by=by, now=now, about=person, details={"verified": verified})
    return residence
