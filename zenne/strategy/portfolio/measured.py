"""Between plans and indicators: by what a plan is measured, and where each of these stands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from zenne.core.languages import shown
from zenne.core.prepared import rows_of
from zenne.strategy.indicators import phrasing
from zenne.strategy.indicators import queries as indicators
from zenne.strategy.indicators.enums import PUBLIC, Light
from zenne.strategy.indicators.models import Indicator
from zenne.strategy.indicators.standing import Standing

from . import queries
from .enums import PUBLIC as PUBLIC_PROJECTS
from .models import Domain, Measure, Plan, Project

BAD_FIRST = (Light.RED, Light.AMBER, Light.GREEN, Light.GREY)


def of_plan(plan: Plan) -> QuerySet[Measure]:
    """What everyone reads: of its domains, its objectives and its public projects."""
    whose = Q(domain__plan=plan) | Q(objective__plan=plan) | Q(project__plan=plan, project__state__in=PUBLIC_PROJECTS)
    return _rows(whose)


def uses_of_plan(plan: Plan) -> list[tuple[int, int | None]]:
    """The number of each indicator that the public reads of a plan, in order, with that of the domain which it says something of: a domain's own, and
    those of its projects. Those of an objective belong to several domains, and come with none. However many, they are numbers only."""
    own = _measured(F("domain"), domain__plan=plan)
    objectives = _measured(Value(None, BigIntegerField()), objective__plan=plan)
    projects = _measured(F("project__domain"), project__plan=plan, project__state__in=PUBLIC_PROJECTS)
    rows = own.union(objectives, projects, all=True).order_by("position", "pk")
    return [(indicator, domain) for indicator, domain, _position, _pk in rows]


def keys_of_domain(domain: Domain) -> list[int]:
    """The numbers of the indicators that the public reads of a domain: its own first, then those of its objectives, then those of its projects."""
    own = _measured(Value(1), domain=domain)
    objectives = _measured(Value(2), objective__domains=domain)
    projects = _measured(Value(3), project__domain=domain, project__state__in=PUBLIC_PROJECTS)
    rows = own.union(objectives, projects, all=True).order_by("said", "position", "pk")
    return list(dict.fromkeys(indicator for indicator, *_rest in rows))


def _measured(said: Combinable, **whose: object) -> QuerySet[Measure, tuple[int, int | None, int, int]]:
    """One side of what a plan measures, to be put together with the others: each comes from its own index."""
    rows = Measure.objects.filter(**whose, indicator__state__in=PUBLIC).order_by().annotate(said=said)
    return rows.values_list("indicator", "said", "position", "pk")


def by_number(keys: Sequence[int]) -> list[Indicator]:
    """In the order of their numbers given."""
    found = Indicator.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


OF_PROJECT = """
join portfolio_measure as measure on measure.indicator_id = indicators_indicator.id
where measure.project_id = %s and state = any(%s) order by measure.position, measure.id
"""


def of_project(project: Project) -> list[Indicator]:
    """By what it is measured, in its order."""
    return rows_of(Indicator, OF_PROJECT, [project.pk, [state.value for state in PUBLIC]])


def _rows(whose: Q) -> QuerySet[Measure]:
    found = Measure.objects.filter(whose, indicator__state__in=PUBLIC)
    return found.select_related("indicator").order_by("position", "pk")


def uses_of(indicator: Indicator) -> QuerySet[Measure]:
    """What everyone reads that is measured by it: domains and objectives, then projects, of all plans."""
    public = {
        "project__in": queries.public_projects().values("pk"),
        "objective__in": queries.public_objectives().values("pk"),
        "domain__in": queries.public_domains().values("pk"),
    }
    whose = Q(*public.items(), _connector=Q.OR)
    plans = ("project__plan", "objective__plan", "domain__plan")
    return Measure.objects.filter(whose, indicator=indicator).select_related(*plans).order_by("project", "pk")


@dataclass(frozen=True)
class Shown:
    """An indicator in a line: its name, its latest value, where that stands."""

    indicator: Indicator
    name: str
    language: str
    url: str
    light: Light
    label: str
    value: str
    aim: str
    goal: str
    goal_on: date | None


def shown_of(found: Iterable[Indicator], *, now: datetime) -> list[Shown]:
    """One question, however many."""
    found = list(found)
    standings = indicators.lights(found, now=now) if found else {}
    return [_shown(each, standings[each.pk]) for each in found]


def _shown(indicator: Indicator, standing: Standing) -> Shown:
    name, language = shown(indicator, "name")
    return Shown(
        indicator=indicator,
        name=name,
        language=language,
        url=indicator.get_absolute_url(),
        light=Light(standing.light),
        label=phrasing.light(standing),
        value=phrasing.value(indicator, standing.value) if standing.value is not None else "",
        aim=phrasing.value(indicator, standing.aim) if standing.aim is not None else "",
        goal=phrasing.value(indicator, standing.goal[1]) if standing.goal else "",
        goal_on=standing.goal[0] if standing.goal else None,
    )


def lights_of(found: Iterable[Light]) -> list[dict[str, Any]]:
    """How many stand in each light: the bad news first, words with the colours."""
    counted = Counter(found)
    return [
        {
            "light": light.value,
            "label": str(light.label),
            "count": counted[light],
            "icon": phrasing.SIGNS[light][1],
        }
        for light in BAD_FIRST
        if counted[light]
    ]
