"""Between plans and indicators: by what a plan is measured, and where each of these stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from zenne.core.languages import current, shown
from zenne.strategy.indicators import queries as indicators
from zenne.strategy.indicators.enums import PUBLIC, Evidence, Light
from zenne.strategy.indicators.models import Indicator
from zenne.web.tags.words import MINUS

from .enums import PUBLIC as PUBLIC_PROJECTS
from .models import Domain, Measure, Plan, Project

LOOKS: dict[str, tuple[str, str]] = {
    Light.GREEN: ("ok", "circle-check"),
    Light.AMBER: ("warn", "alert-triangle"),
    Light.RED: ("bad", "alert-triangle"),
    Light.GREY: ("", "help-circle"),
}
ORDER = (Light.RED, Light.AMBER, Light.GREEN, Light.GREY)
THIN, DOT = {"fr": "\u202f", "nl": ".", "en": ","}, {"fr": ",", "nl": ",", "en": "."}


def of_plan(plan: Plan) -> QuerySet[Measure]:
    """What everyone reads: of its domains, its objectives and its public projects."""
    whose = Q(domain__plan=plan) | Q(objective__plan=plan) | Q(project__plan=plan, project__state__in=PUBLIC_PROJECTS)
    return _rows(whose)


def of_domain(domain: Domain) -> QuerySet[Measure]:
    """Of the domain itself first, then of its objectives and its projects."""
    whose = (
        Q(domain=domain) | Q(objective__domains=domain) | Q(project__domain=domain, project__state__in=PUBLIC_PROJECTS)
    )
    return _rows(whose).order_by("project_id", "objective_id", "position", "pk")


def of_project(project: Project) -> QuerySet[Measure]:
    return _rows(Q(project=project))


def _rows(whose: Q) -> QuerySet[Measure]:
    return (
        Measure.objects.filter(whose, indicator__state__in=PUBLIC)
        .select_related("indicator")
        .order_by("position", "pk")
    )


def number_words(value: Decimal, decimals: int) -> str:
    """`1 791`, `6,5`, as people in Brussels write numbers."""
    language = current()
    whole, _dot, rest = f"{abs(value):.{decimals}f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", THIN[language])
    figure = f"{grouped}{DOT[language]}{rest}" if rest else grouped
    return f"{MINUS}{figure}" if value < 0 and figure.strip("0,.") else figure


def value_words(indicator: Indicator, value: Decimal) -> str:
    figure = number_words(value, indicator.decimals)
    unit = indicator.unit
    if unit in ("", "1"):
        return figure
    return f"{figure}\u00a0{'€' if unit == 'EUR' else unit}"


@dataclass(frozen=True)
class Shown:
    """An indicator on the page of what it measures. `value` is empty where nothing was published yet."""

    indicator: Indicator
    name: str
    language: str
    url: str
    light: str
    label: str
    kind: str
    icon: str
    late: bool
    value: str
    interval: str
    aim: str
    goal: str
    goal_on: date | None
    as_of: date | None
    evidence: str
    of: str


def shown_of(measures: Iterable[Measure], *, now: datetime) -> list[Shown]:
    """Each indicator once, where it stands; one question for all of them."""
    once = {each.indicator_id: each for each in reversed(list(measures))}
    found = [each.indicator for each in reversed(once.values())]
    standings = indicators.lights(found, now=now) if found else {}
    return [_shown(each, standings[each.pk]) for each in found]


def _shown(indicator: Indicator, standing: Any) -> Shown:
    name, language = shown(indicator, "name")
    kind, icon = LOOKS[standing.light]

    def words(value: Decimal | None) -> str:
        return value_words(indicator, value) if value is not None else ""

    low, high = words(standing.low), words(standing.high)
    return Shown(
        indicator=indicator,
        name=name,
        language=language,
        url=indicator.get_absolute_url(),
        light=str(standing.light),
        label=str(Light(standing.light).label),
        kind=kind,
        icon=icon,
        late=standing.late,
        value=words(standing.value),
        interval=f"{low} – {high}" if low and high else "",
        aim=words(standing.aim),
        goal=words(standing.goal[1]) if standing.goal else "",
        goal_on=standing.goal[0] if standing.goal else None,
        as_of=standing.end,
        evidence=str(Evidence(standing.evidence).label) if standing.evidence else "",
        of="",
    )


def lights_of(found: Iterable[Shown]) -> list[dict[str, Any]]:
    """How many stand in each light: the bad news first, the words with the colours."""
    counted = Counter(each.light for each in found)
    return [
        {
            "light": light.value,
            "label": str(light.label),
            "count": counted[light],
            "kind": LOOKS[light][0],
            "icon": LOOKS[light][1],
        }
        for light in ORDER
        if counted[light]
    ]
