"""Indicators as pages show them: questions are answered here once, not in templates."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zenne.core.languages import shown
from zenne.places.areas.models import Area
from zenne.web.tags.courses import Course
from zenne.web.tags.words import day

from . import charts, computing, phrasing, queries
from .enums import Direction, Light, Nature
from .models import Definition, Indicator, Measurement
from .phrasing import SIGNS
from .standing import Standing

MOST_REVISIONS = 20
A_CARD = 24  # values that one of many small drawings shows


@dataclass(frozen=True)
class Card:
    """One indicator among others: its name, its light in words, its latest value, and its course as a small drawing."""

    indicator: Indicator
    name: str
    language: str
    standing: Standing
    kind: str
    icon: str
    light: str
    value: str
    period: str
    evidence: str
    goal: str
    course: Course | None

    @property
    def url(self) -> str:
        return self.indicator.get_absolute_url()


def cards(indicators: Iterable[Indicator], held: Mapping[int, queries.Held], *, drawn: bool = True) -> list[Card]:
    """In the order given, of those whose standing is known: one question where they are drawn, however many, and one where some have levels."""
    indicators = list(indicators)
    values: dict[int, list[Measurement]] = defaultdict(list)
    levels = levels_of(indicators)
    for row in queries.last_values(indicators, A_CARD) if drawn else ():
        values[row.indicator_id].append(row)
    return [
        card(each, held[each.pk].standing, values[each.pk], held[each.pk].aims, levels.get(each.pk, {}), drawn=drawn)
        for each in indicators
    ]


def card(
    indicator: Indicator,
    standing: Standing,
    values: Sequence[Measurement],
    aims: charts.Aims,
    levels: phrasing.Levels,
    *,
    drawn: bool,
) -> Card:
    kind, icon = SIGNS[Light(standing.light)]
    goal = ""
    if standing.goal is not None:
        facts = {"value": phrasing.value(indicator, standing.goal[1], levels), "day": day(standing.goal[0])}
        goal = _("Target: %(value)s by %(day)s") % facts
    start, end = standing.start, standing.end
    return Card(
        indicator,
        *shown(indicator, "name"),
        standing,
        kind,
        icon,
        phrasing.light(standing),
        phrasing.value(indicator, standing.value, levels),
        phrasing.period(start, end) if start and end else "",
        phrasing.evidence(standing.evidence),
        goal,
        charts.course(indicator, values, aims, levels=levels, small=True) if drawn else None,
    )


def levels_of(indicators: Iterable[Indicator]) -> dict[int, dict[int, str]]:
    """The words of each level; asks nothing where all are numbers."""
    keys = [each.pk for each in indicators if each.nature == Nature.QUALITATIVE]
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for level in queries.levels(keys) if keys else ():
        found[level.indicator_id][level.value] = str(level)
    return found


@dataclass(frozen=True)
class Revision:
    """A value that was published and replaced, or taken back."""

    period: str
    area: str
    before: str
    after: str
    because: str
    language: str
    moment: datetime | None


def page(indicator: Indicator, area: Area | None, now: datetime) -> dict[str, Any]:
    """Everything that its page shows, of the whole or of one area."""
    held = queries.held([indicator.pk], now=now, area=area)[indicator.pk]
    standing = held.standing
    levels = levels_of([indicator]).get(indicator.pk, {})
    values = list(queries.values(indicator, area=area).reverse()[: charts.MOST_DRAWN])[::-1]
    aims = () if area else held.aims
    places = list(queries.latest_by_area(indicator))
    one = card(indicator, standing, [], aims, levels, drawn=False)
    name = f"{one.name} – {area}" if area else one.name
    return {
        "indicator": indicator,
        "card": one,
        "alert": alert(standing, one),
        "area": area,
        "course": charts.course(indicator, values, aims, levels=levels, label=name),
        "interval": phrasing.interval(indicator, standing.low, standing.high),
        "ahead": _ahead(indicator, standing),
        "because": shown(values[-1], "because") if values and values[-1].revision else ("", ""),
        "note": shown(values[-1], "note") if values else ("", ""),
        "meaning": shown(indicator, "meaning"),
        "source": shown(indicator, "source"),
        "owner": shown(indicator, "owner"),
        "retired_because": shown(indicator, "retired_because"),
        "facts": facts(indicator, levels),
        "inputs": sorted(computing.named_inputs(indicator).items()),
        "places": [(each.area, phrasing.value(indicator, each.value, levels)) for each in places],
        "revisions": revisions(indicator, levels),
        "definitions": definitions(indicator),
        "csv": reverse("indicators:values", args=[indicator.slug]),
    }


def alert(standing: Standing, one: Card) -> str:
    """What has to be said before anything else: that it is late."""
    if not standing.late or standing.due is None:
        return ""
    return _("The next value was due before %(day)s. Until it is there, nobody can say where this stands.") % {
        "day": day(standing.due)
    }


def _ahead(indicator: Indicator, standing: Standing) -> str:
    """How far it is before or behind what was aimed at on that day: said as plainly when it is bad."""
    if standing.ahead is None or indicator.nature == Nature.QUALITATIVE:
        return ""
    away = phrasing.value(indicator, abs(standing.ahead))
    if indicator.direction == Direction.WITHIN:
        return _("%(value)s outside its bounds") % {"value": away} if standing.ahead < 0 else _("Within its bounds")
    aim = {"aim": phrasing.value(indicator, standing.aim), "value": away}
    if standing.ahead == 0:
        return _("Exactly what was aimed at for that day, %(aim)s") % aim
    if standing.ahead < 0:
        return _("%(value)s behind what was aimed at for that day, %(aim)s") % aim
    return _("%(value)s better than what was aimed at for that day, %(aim)s") % aim


def facts(indicator: Indicator, levels: phrasing.Levels) -> list[tuple[str, str]]:
    """What is agreed about it: label and words."""
    found = [
        (pgettext("of an indicator", "Unit"), phrasing.unit(indicator.unit) or _("a plain number")),
        (_("Which way is good"), str(Direction(indicator.direction).label)),
        (_("Measured"), phrasing.rhythm(indicator.frequency)),
        (_("Evidence"), phrasing.evidence(indicator.evidence)),
    ]
    if indicator.nature == Nature.QUALITATIVE:
        found[0] = (_("Levels"), " < ".join(levels[each] for each in sorted(levels)))
    if indicator.direction == Direction.WITHIN and indicator.least is not None:
        found.append((_("Bounds"), phrasing.interval(indicator, indicator.least, indicator.most)))
    if indicator.baseline_on is not None:
        words = _("%(value)s on %(day)s, %(evidence)s") % {
            "value": phrasing.value(indicator, indicator.baseline_value, levels),
            "day": day(indicator.baseline_on),
            "evidence": phrasing.evidence(indicator.baseline_evidence).lower(),
        }
        found.append((_("Baseline"), words))
    if indicator.direction != Direction.WITHIN:
        found.append((_("Tolerance"), f"{phrasing.number(indicator.tolerance, 0)} %"))
    return found


def revisions(indicator: Indicator, levels: phrasing.Levels) -> list[Revision]:
    """The old values, each with what took its place and why, the last first."""
    rows = queries.revised(indicator)[:MOST_REVISIONS]
    found = []
    for row in rows:
        after = getattr(row, "superseded_by", None)
        words, language = shown(after, "because") if after else ("", "")
        found.append(
            Revision(
                phrasing.period(row.start, row.end),
                str(row.area) if row.area else "",
                phrasing.value(indicator, row.value, levels),
                phrasing.value(indicator, after.value, levels) if after else _("no value any more"),
                words,
                language,
                after.published_at if after else None,
            )
        )
    return found


def definitions(indicator: Indicator) -> list[tuple[Definition, str, str]]:
    """Each with its reason and the language that is in, the one that holds first."""
    return [(each, *shown(each, "because")) for each in indicator.definitions.order_by("-number")]
