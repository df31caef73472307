"""What is decided and done at a place: projects of a strategy, decisions about ideas, processes one can take part in.

A place is a point with a radius, or a whole commune or district. What has a point of its own is near by its distance; what concerns an area
is near where the place lies in that area, or holds it.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Case, Prefetch, Q, QuerySet, When
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.languages import current, shown
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.processes import queries as processes
from zenne.participation.processes.enums import Stage
from zenne.participation.processes.models import Process
from zenne.participation.selections.enums import Outcome, SelectionState
from zenne.participation.selections.models import Choice
from zenne.people.organisations.models import Organisation
from zenne.places.areas import queries as areas
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.places.areas.queries import Found
from zenne.strategy.portfolio.enums import DomainKind
from zenne.strategy.portfolio.looks import STATES
from zenne.strategy.portfolio.models import Project, Site
from zenne.strategy.portfolio.queries import public_projects

from .enums import Sort

MOST = 60  # of each sort on one page
MOST_ON_THE_TABLE = 120
A_DEGREE = 111_195.0  # metres, of latitude
DECIDED = (IdeaState.SELECTED, IdeaState.IN_DELIVERY, IdeaState.DONE)
IDEA_LOOKS = {IdeaState.IN_DELIVERY: ("info", "tool"), IdeaState.DONE: ("ok", "circle-check")}
STAGE_LOOKS = {Stage.OPEN: ("ok", "circle-check"), Stage.UPCOMING: ("info", "calendar-event")}
HUES = {Sort.PROJECT: 2, Sort.DECISION: 1, Sort.PROCESS: 3}


@dataclass(frozen=True)
class Spot:
    """A place somebody asks about. `radius` in metres, None for a whole area; `area` where one was asked for; `within` are the areas it lies in or
    holds, by their keys, `here` those of them that are no larger than the place: its district, or the area itself and what lies in it."""

    name: str
    lon: float
    lat: float
    radius: int | None
    area: Area | None
    within: frozenset[int]
    here: frozenset[int] = frozenset()

    @property
    def point(self) -> str:
        """Latitude, longitude and radius for a map; nothing of a whole area, whose middle is nobody's place."""
        return f"{self.lat:.6f} {self.lon:.6f} {self.radius}" if self.radius else ""


@dataclass(frozen=True)
class Group:
    """What things of one sort are put together by: the domain of a project. `order` is where it stands among others."""

    key: str
    name: str
    icon: str
    hue: int
    order: tuple[int, ...]


@dataclass(frozen=True)
class Thing:
    """One project, decision or process as a place's page and the touch table show it."""

    sort: Sort
    pk: int
    title: str
    language: str
    url: str
    text: str
    state: str
    kind: str
    icon: str
    note: str
    day: date | None
    lon: float | None = None
    lat: float | None = None
    place: str = ""
    areas: frozenset[int] = field(default_factory=frozenset)
    metres: int | None = None
    wide: bool = False
    """Whether it concerns something larger than the place: a whole commune, the region."""
    facts: tuple[tuple[str, str], ...] = ()
    group: Group | None = None

    @property
    def key(self) -> str:
        return f"{self.sort}-{self.pk}"

    @property
    def hue(self) -> int:
        return self.group.hue if self.group else HUES[self.sort]

    @property
    def distance(self) -> str:
        return distance_words(self.metres)


def distance_words(metres: int | None) -> str:
    """`350 m`, `1.2 km`; nothing where there is no distance."""
    if metres is None:
        return ""
    if metres < 1000:
        return _("%(number)d m") % {"number": max(10, round(metres, -1))}
    return _("%(number)s km") % {"number": _decimal(metres / 1000)}


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", "." if current() == "en" else ",")


# The place


def spot_at(lon: float, lat: float, radius: int, name: str = "") -> Spot:
    found = areas.areas_at(lon, lat)
    named = name or next((str(found[kind]) for kind in (AreaKind.DISTRICT, AreaKind.COMMUNE) if kind in found), "")
    here = frozenset(area.pk for kind, area in found.items() if kind == AreaKind.DISTRICT)
    within = frozenset(area.pk for area in found.values())
    return Spot(named or _("The place you chose"), lon, lat, radius, None, within, here)


def spot_of(area: Area) -> Spot | None:
    """A whole commune or district: what lies in it, and what concerns an area that holds it."""
    middle = areas.middle_of(area)
    if middle is None:
        return None
    holding = {area.pk, area.parent_id, area.parent.parent_id if area.parent else None}
    inside = (
        set(areas.within(area, AreaKind.DISTRICT).values_list("pk", flat=True))
        if area.kind == AreaKind.COMMUNE
        else set()
    )
    within = frozenset(pk for pk in holding | inside if pk is not None)
    return Spot(str(area), *middle, None, area, within, frozenset({area.pk, *inside}))


def spot_named(words: str, radius: int) -> tuple[Spot | None, list[Found]]:
    """The place that words mean best, and what else they may mean."""
    found = areas.search_places(words)
    if not found:
        return None, []
    best, *others = found
    if best.kind in (AreaKind.COMMUNE, AreaKind.DISTRICT) and (
        area := areas.area_at(best.lon, best.lat, AreaKind(best.kind))
    ):
        return spot_of(area), others
    return spot_at(best.lon, best.lat, radius, f"{best.name}, {best.commune}" if best.commune else best.name), others


def area_with(code: str) -> Area | None:
    """A commune or a district by its official code, without its outline."""
    found = areas.without_outlines(Area.objects.filter(code=code, kind__in=[AreaKind.COMMUNE, AreaKind.DISTRICT]))
    return found.select_related("parent").defer("outline", "parent__outline").order_by("kind", "pk").first()


# What is there


def near(spot: Spot, *, organisation: Organisation | None, now: datetime) -> dict[Sort, list[Thing]]:
    """By sort: what is nearest first, then what concerns the district, then what concerns something larger."""
    found: dict[Sort, list[Thing]] = {sort: [] for sort in Sort}
    there = [*_projects(organisation, spot), *_decisions(organisation, spot), *_processes(organisation, now, spot)]
    for thing in there:
        placed = _placed(thing, spot)
        if placed is not None:
            found[thing.sort].append(placed)
    return {sort: sorted(things, key=_nearest)[:MOST] for sort, things in found.items()}


def everything(*, organisation: Organisation | None, now: datetime) -> list[Thing]:
    """What the touch table shows, sort by sort, what changed last first."""
    return [*_projects(organisation, None), *_decisions(organisation, None), *_processes(organisation, now, None)]


def _placed(thing: Thing, spot: Spot) -> Thing | None:
    """The thing with its distance; None where it is not near."""
    if thing.lon is not None and thing.lat is not None and spot.radius is not None:
        metres = round(metres_between(spot.lon, spot.lat, thing.lon, thing.lat))
        return replace(thing, metres=metres) if metres <= spot.radius else None
    return replace(thing, wide=not thing.areas & spot.here) if thing.areas & spot.within else None


def _nearest(thing: Thing) -> tuple[bool, bool, int, float, int]:
    newest = -thing.day.toordinal() if thing.day else 0
    return thing.wide, thing.metres is None, thing.metres or 0, newest, -thing.pk


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """On a plane that touches the earth there: exact to a thousandth within a city."""
    east = (other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(east, other_lat - lat) * A_DEGREE


def box_around(spot: Spot) -> tuple[float, float, float, float]:
    """West, south, east, north of the circle of a spot."""
    north = (spot.radius or 0) / A_DEGREE
    east = north / math.cos(math.radians(spot.lat))
    return spot.lon - east, spot.lat - north, spot.lon + east, spot.lat + north


def _projects(organisation: Organisation | None, spot: Spot | None) -> Iterator[Thing]:
    """Public projects of plans: by their nearest site, else by the areas they name."""
    found = public_projects()
    if organisation:
        found = found.filter(plan__organisation=organisation)
    if spot:
        named = Project.areas.through.objects
        close = Q(pk__in=named.filter(area__in=spot.here).values("project"))
        here = Q(pk__in=named.filter(area__in=spot.within).values("project"))
        if spot.radius is not None:
            west, south, east, north = box_around(spot)
            sites = Q(pk__in=Site.objects.filter(lon__range=(west, east), lat__range=(south, north)).values("project"))
            close, here = sites | close, sites | here & Q(sites__isnull=True)
        found = found.filter(here).annotate(far=Case(When(close, then=0), default=1))
    rows = found.prefetch_related("sites", Prefetch("areas", areas.without_outlines(Area.objects.order_by("pk"))))
    for project in rows.order_by(*(["far"] if spot else []), "-changed_at", "-pk")[
        : MOST if spot else MOST_ON_THE_TABLE
    ]:
        yield _project(project, spot)


def _project(project: Project, spot: Spot | None) -> Thing:
    title, language = shown(project, "title")
    kind, icon = STATES[project.state]
    sites = list(project.sites.all())
    site = min(sites, key=lambda each: (_away(each, spot), each.pk), default=None)
    named = list(project.areas.all())
    return Thing(
        sort=Sort.PROJECT,
        pk=project.pk,
        title=title,
        language=language,
        url=project.get_absolute_url(),
        text=shown(project, "summary")[0],
        state=project.get_state_display(),
        kind=kind,
        icon=icon,
        note=shown(project.plan, "name")[0],
        day=project.state_since,
        lon=site.lon if site else None,
        lat=site.lat if site else None,
        place=str(site) if site and site.name else ", ".join(str(area) for area in named[:3]),
        areas=frozenset(area.pk for area in named),
        facts=((_("Carried by"), str(project.carrier)),) if project.carrier else (),
        group=_domain(project),
    )


def _domain(project: Project) -> Group:
    domain = project.domain
    order = (project.plan_id, domain.kind != DomainKind.DOMAIN, domain.number)
    return Group(f"domain-{domain.pk}", shown(domain, "name")[0], domain.icon, domain.hue, order)


def _away(site: Site, spot: Spot | None) -> float:
    return metres_between(spot.lon, spot.lat, site.lon, site.lat) if spot else 0.0


def _decisions(organisation: Organisation | None, spot: Spot | None) -> Iterator[Thing]:
    """Ideas that were decided, each with the latest decision that kept it: its day and its page."""
    kept = Choice.objects.filter(
        outcome=Outcome.KEPT, selection__state=SelectionState.PUBLISHED, idea__state__in=DECIDED
    )
    if organisation:
        kept = kept.filter(idea__process__organisation=organisation)
    if spot and spot.radius is not None:
        west, south, east, north = box_around(spot)
        kept = kept.filter(idea__lon__range=(west, east), idea__lat__range=(south, north))
    elif spot:
        kept = kept.filter(Q(idea__commune__in=spot.within) & _inside(spot))
    kept = kept.select_related("idea__process", "idea__commune", "idea__district", "selection__process")
    kept = kept.defer("idea__search", "idea__commune__outline", "idea__district__outline")
    seen: set[int] = set()
    for choice in kept.order_by("-selection__decided_at", "-pk")[: 4 * MOST]:
        if choice.idea_id not in seen:
            seen.add(choice.idea_id)
            yield _decision(choice)


def _inside(spot: Spot) -> Q:
    """Of a district only what lies in it; of a commune everything."""
    return (
        Q(idea__district=spot.area) if spot.area and spot.area.kind == AreaKind.DISTRICT else Q(idea__commune=spot.area)
    )


def _decision(choice: Choice) -> Thing:
    idea = choice.idea
    assert choice.selection.decided_at is not None  # of published ones only
    kind, icon = IDEA_LOOKS.get(IdeaState(idea.state), ("ok", "rosette-discount-check"))
    place = idea.district or idea.commune
    return Thing(
        sort=Sort.DECISION,
        pk=idea.pk,
        title=idea.title,
        language=idea.language,
        url=idea.get_absolute_url(),
        text=" ".join(idea.text.split())[:400],
        state=idea.get_state_display(),
        kind=kind,
        icon=icon,
        note=str(choice.selection),
        day=in_brussels(choice.selection.decided_at).date(),
        lon=idea.lon,
        lat=idea.lat,
        place=idea.address or (str(place) if place else ""),
        areas=frozenset(pk for pk in (idea.commune_id, idea.district_id) if pk),
    )


def _processes(organisation: Organisation | None, now: datetime, spot: Spot | None) -> Iterator[Thing]:
    """What one can take part in now or soon."""
    found: QuerySet[Process] = processes.listed(now, organisations=[organisation.pk] if organisation else None)
    found = found.filter(stage__in=[Stage.OPEN, Stage.UPCOMING])  # type: ignore[misc]  # annotated by listed
    if spot:
        found = found.filter(area__in=spot.within)
    for process in found.select_related("area").defer("area__outline").order_by("stage", "-published_at", "-id")[:MOST]:
        yield _process(process)


def _process(process: Process) -> Thing:
    title, language = shown(process, "title")
    stage = Stage(process.stage)  # type: ignore[attr-defined]  # annotated by listed
    kind, icon = STAGE_LOOKS[stage]
    return Thing(
        sort=Sort.PROCESS,
        pk=process.pk,
        title=title,
        language=language,
        url=process.get_absolute_url(),
        text=shown(process, "summary")[0],
        state=str(stage.label),
        kind=kind,
        icon=icon,
        note=str(process.organisation),
        day=in_brussels(process.published_at).date() if process.published_at else None,
        place=str(process.area) if process.area else "",
        areas=frozenset([process.area_id] if process.area_id else []),
    )


def pins(things: Iterable[Thing]) -> list[dict[str, object]]:
    """What has a point, numbered, for a map and its list."""
    placed = [thing for thing in things if thing.lon is not None]
    return [
        {
            "number": number,
            "lon": thing.lon,
            "lat": thing.lat,
            "title": thing.title,
            "url": thing.url,
            "category": thing.hue,
        }
        for number, thing in enumerate(placed, 1)
    ]


def query_of(spot: Spot) -> str:
    """What stands behind the `?` in the address of a place."""
    if spot.area:
        return urlencode({"area": spot.area.code})
    return urlencode({"lat": f"{spot.lat:.5f}", "lon": f"{spot.lon:.5f}", "radius": spot.radius, "name": spot.name})
