"""Between plans and indicators: by what a plan is measured, and where each of these stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from zenne.core.languages import shown
from zenne.strategy.indicators import phrasing
from zenne.strategy.indicators import queries as indicators
from zenne.strategy.indicators.enums import PUBLIC, Light
from zenne.strategy.indicators.models import Indicator
from zenne.strategy.indicators.standing import Standing

from .enums import PUBLIC as PUBLIC_PROJECTS
from .models import Domain, Measure, Plan, Project

BAD_FIRST = (Light.RED, Light.AMBER, Light.GREEN, Light.GREY)


def of_plan(plan: Plan) -> QuerySet[Measure]:
    """What everyone reads: of its domains, its objectives and its public projects."""
    whose = Q(domain__plan=plan) | Q(objective__plan=plan) | Q(project__plan=plan, project__state__in=PUBLIC_PROJECTS)
    return _rows(whose)


def of_domain(domain: Domain) -> QuerySet[Measure]:
    """Of the domain itself first, then of its objectives and its projects."""
    whose = Q(domain=domain) | Q(objective__domains=domain)
    whose |= Q(project__domain=domain, project__state__in=PUBLIC_PROJECTS)
    return _rows(whose).order_by("project_id", "objective_id", "position", "pk")


def of_project(project: Project) -> QuerySet[Measure]:
    return _rows(Q(project=project))


def _rows(whose: Q) -> QuerySet[Measure]:
    found = Measure.objects.filter(whose, indicator__state__in=PUBLIC)
    return found.select_related("indicator").order_by("position", "pk")


def indicators_of(measures: Iterable[Measure]) -> list[Indicator]:
    """Each once, in the order in which it comes first."""
    return list({each.indicator_id: each.indicator for each in measures}.values())


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


def lights_of(found: Iterable[Shown]) -> list[dict[str, Any]]:
    """How many stand in each light: the bad news first, words with the colours."""
    counted = Counter(each.light for each in found)
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
