"""The question that needs both halves of the platform: money voted against change measured, by district or by commune.

Money comes three ways, never added up with each other: what residents' votes and juries gave to ideas (the cost with which the latest standing
decision kept them, where the idea lies), what decisions committed to projects of plans, and what those spent. A project that names several
areas of the level divides its money equally among them, to the cent; one that names none of them stands apart (`area` None).

Change is the first published value of an indicator for the area beside the latest, and whether that is the good direction. Both stand side by
side: that one caused the other is nowhere said.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from zenne.participation.ideas.enums import IdeaState
from zenne.participation.selections.enums import Outcome, SelectionState
from zenne.participation.selections.models import Choice
from zenne.people.organisations.models import Organisation
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.strategy.indicators.enums import PUBLIC as PUBLIC_INDICATORS
from zenne.strategy.indicators.enums import Direction, MeasurementState
from zenne.strategy.indicators.models import Indicator, Measurement

from .enums import PUBLIC
from .measured import of_plan
from .models import BudgetLine, Measure, Origin, Plan, Project

LEVELS = (AreaKind.COMMUNE, AreaKind.DISTRICT)
DECIDED = (IdeaState.SELECTED, IdeaState.IN_DELIVERY, IdeaState.DONE)


@dataclass(frozen=True)
class Asked:
    """`plan` None: every public plan. `level` is COMMUNE or DISTRICT. `organisations`: whose money and values may be shown."""

    organisations: QuerySet[Organisation]
    plan: Plan | None = None
    level: AreaKind = AreaKind.COMMUNE


@dataclass
class Money:
    """Of one area, in cents. `from_residents_cents` is the part of `committed_cents` that went to projects which came of an idea or a vote."""

    voted_cents: int = 0
    committed_cents: int = 0
    from_residents_cents: int = 0
    spent_cents: int = 0
    projects: set[int] = field(default_factory=set)
    ideas: int = 0


@dataclass(frozen=True)
class Change:
    """Of one indicator in one area. `good` is None where it did not change, or where best lies between two bounds."""

    indicator: int
    area: int
    first: Decimal
    first_on: date
    latest: Decimal
    latest_on: date
    good: bool | None

    @property
    def change(self) -> Decimal:
        return self.latest - self.first


@dataclass(frozen=True)
class Answer:
    """`areas` are all of which money or a value is known, by name; `money[None]` is what no single area can be given."""

    areas: list[Area]
    money: dict[int | None, Money]
    changes: dict[tuple[int, int], Change]
    indicators: list[Indicator]


def answer(asked: Asked) -> Answer:
    """Nine questions, however much there is."""
    money: dict[int | None, Money] = defaultdict(Money)
    _voted(asked, money)
    _committed(asked, money)
    indicators = list(_indicators(asked).order_by("slug"))
    changes = _changes(asked, indicators)
    with_values = {indicator for indicator, _area in changes}
    known = {pk for pk in money if pk} | {area for _indicator, area in changes}
    areas = (
        Area.objects.filter(pk__in=known).defer("outline").select_related("parent").defer("outline", "parent__outline")
    )
    return Answer(
        areas=sorted(areas, key=lambda area: (str(area).casefold(), area.code)),
        money=dict(money),
        changes=changes,
        indicators=[each for each in indicators if each.pk in with_values],
    )


def _voted(asked: Asked, money: dict[int | None, Money]) -> None:
    """By the latest standing decision about each idea."""
    organisations = asked.organisations.filter(pk=asked.plan.organisation_id) if asked.plan else asked.organisations
    kept = Choice.objects.filter(
        outcome=Outcome.KEPT,
        selection__state=SelectionState.PUBLISHED,
        cost_cents__gt=0,
        idea__state__in=DECIDED,
        idea__process__organisation__in=organisations,
    )
    latest = kept.order_by("idea_id", "-selection__decided_at", "-pk").distinct("idea_id")
    name = "idea__district" if asked.level == AreaKind.DISTRICT else "idea__commune"
    for area, cents in latest.values_list(name, "cost_cents"):
        money[area].voted_cents += cents
        money[area].ideas += 1


def _committed(asked: Asked, money: dict[int | None, Money]) -> None:
    projects = _projects(asked)
    lines = BudgetLine.objects.filter(project__in=projects).order_by("project_id").values_list("project_id")
    sums = {
        pk: (committed or 0, spent or 0)
        for pk, committed, spent in lines.annotate(a=Sum("committed_cents"), b=Sum("spent_cents"))
    }
    of_residents = Origin.objects.filter(Q(idea__isnull=False) | Q(selection__isnull=False), project=OuterRef("pk"))
    theirs = set(projects.filter(Exists(of_residents), pk__in=sums).values_list("pk", flat=True))
    where = _where(projects, asked.level)
    for pk, (committed, spent) in sorted(sums.items()):
        places: list[int | None] = [*where[pk]] or [None]
        for area, own, used in zip(places, equally(committed, len(places)), equally(spent, len(places)), strict=True):
            money[area].committed_cents += own
            money[area].spent_cents += used
            money[area].from_residents_cents += own if pk in theirs else 0
            if committed or spent:
                money[area].projects.add(pk)


def equally(cents: int, parts: int) -> list[int]:
    """Whole cents that add up: the first get one more where it does not come out even."""
    each, rest = divmod(cents, parts)
    return [each + (at < rest) for at in range(parts)]


def _projects(asked: Asked) -> QuerySet[Project]:
    found = Project.objects.filter(state__in=PUBLIC, plan__published_at__isnull=False)
    found = found.filter(plan__organisation__in=asked.organisations)
    return found.filter(plan=asked.plan) if asked.plan else found


def _where(projects: QuerySet[Project], level: AreaKind) -> dict[int, list[int]]:
    """The areas of the level in which each project is, by key; a district stands for its commune where communes are asked for."""
    through = Project.areas.through.objects.filter(project__in=projects, area__kind__in=LEVELS)
    found: dict[int, set[int]] = defaultdict(set)
    for project, kind, area, parent in through.values_list("project", "area__kind", "area", "area__parent"):
        if kind == level:
            found[project].add(area)
        elif level == AreaKind.COMMUNE and parent:
            found[project].add(parent)
    return defaultdict(list, {project: sorted(areas) for project, areas in found.items()})


def _indicators(asked: Asked) -> QuerySet[Indicator]:
    """By which public plans are measured."""
    if asked.plan:
        used = of_plan(asked.plan).order_by().values("indicator")
    else:
        plans = Plan.objects.filter(published_at__isnull=False, organisation__in=asked.organisations)
        whose = Q(domain__plan__in=plans) | Q(objective__plan__in=plans)
        used = Measure.objects.filter(whose | Q(project__plan__in=plans, project__state__in=PUBLIC)).values("indicator")
    return Indicator.objects.filter(pk__in=used, state__in=PUBLIC_INDICATORS)


def _changes(asked: Asked, indicators: Iterable[Indicator]) -> dict[tuple[int, int], Change]:
    """Where two periods at least are published."""
    known = {each.pk: each for each in indicators}
    if not known:
        return {}
    rows = Measurement.objects.filter(indicator__in=known, area__kind=asked.level, state=MeasurementState.PUBLISHED)
    keys = ("indicator_id", "area_id")
    fields = ("indicator_id", "area_id", "value", "end")
    first = rows.order_by(*keys, "end", "start", "pk").distinct(*keys).values_list(*fields)
    latest = rows.order_by(*keys, "-end", "-start", "-pk").distinct(*keys).values_list(*fields)
    begun = {(indicator, area): (value, end) for indicator, area, value, end in first}
    found = {}
    for indicator, area, value, end in latest:
        first_value, first_on = begun[indicator, area]
        if end > first_on:
            good = _good(known[indicator], first_value, value)
            found[indicator, area] = Change(indicator, area, first_value, first_on, value, end, good)
    return found


def _good(indicator: Indicator, first: Decimal, latest: Decimal) -> bool | None:
    if first == latest or indicator.direction == Direction.WITHIN:
        return None
    return (latest > first) == (indicator.direction == Direction.UP)
