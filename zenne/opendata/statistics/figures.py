"""All figures of one scope and period as plain data: counted, suppressed, kept for a while. No words in it: a page says them in its language."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, IntegerField, Q, When

from zenne.core.clock import in_brussels
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.places.areas.queries import without_outlines

from . import clocks
from .counting import (
    PEOPLE,
    Asked,
    Cell,
    People,
    Things,
    beside_its_processes,
    in_memory,
    people,
    shown,
    shown_people,
    things,
)
from .enums import Period, ScopeKind, Step
from .kinds import Scope, grounds

LONG_AGO = 60  # days


def ground_of(scope: Scope) -> Area | None:
    """The area that a scope is about; the Region where nobody says more."""
    known = Q(kind=AreaKind.REGION)
    for ground in grounds.values():
        known |= Q(pk__in=ground.areas(scope))
    narrow_first = Case(When(kind=AreaKind.REGION, then=1), default=0, output_field=IntegerField())
    return without_outlines(Area.objects.filter(known)).order_by(narrow_first, "code", "pk").first()


def count(scope: Scope, period: Period, now: datetime) -> dict[str, Any]:
    """Everything about a scope in a period, as plain data. What is hidden is None."""
    ground = ground_of(scope)
    district_of = ground.pk if ground and ground.kind == AreaKind.COMMUNE else None
    asked = Asked(scope, period, now, district_of)
    with in_memory():
        contributed, took_part, answered = things(asked), people(asked), clocks.figures(scope, now)
        traits = took_part.traits
        if scope.kind == ScopeKind.ORGANISATION:
            traits = beside_its_processes(asked, traits)
    days = _days(contributed, took_part)
    step = _step(days, now)
    return {
        "size": sum(sum(numbers.values()) for numbers in contributed.days.values()),
        "ground": ground.pk if ground else None,
        "by_district": district_of is not None,
        "step": step.value,
        "first": min(days).isoformat() if days else None,
        "totals": _totals(contributed, took_part, asked),
        "time": {measure: _in_steps(numbers, step, asked) for measure, numbers in contributed.days.items()},
        "first_time": _first_times(took_part, step, asked),
        "splits": contributed.splits,
        "traits": {
            trait: {column: shown(counts) for column, counts in columns.items()} for trait, columns in traits.items()
        },
        "clocks": answered,
    }


def _days(contributed: Things, took_part: People) -> list[date]:
    return [day for numbers in contributed.days.values() for day in numbers] + list(took_part.first_days)


def _step(days: list[date], now: datetime) -> Step:
    """As fine as still reads well: up to six weeks by day, up to ten months by week."""
    span = (last_day(max(days), now) - min(days)).days if days else 0
    return Step.DAY if span <= 42 else Step.WEEK if span <= 300 else Step.MONTH


def last_day(active: date, now: datetime) -> date:
    """Where a line over time ends: today, or the last day on which something happened when that is long ago."""
    today = in_brussels(now).date()
    return active if (today - active).days > LONG_AGO else today


def begin_of(day: date, step: Step) -> date:
    """The first day of the step that a day lies in."""
    if step == Step.MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if step == Step.WEEK else day


def _since(asked: Asked) -> date | None:
    since = asked.period.since(asked.now)
    return in_brussels(since).date() if since else None


def _in_steps(numbers: Mapping[date, int], step: Step, asked: Asked) -> dict[str, int]:
    since = _since(asked)
    found: dict[str, int] = {}
    for day in sorted(numbers):
        if since is None or day >= since:
            begin = begin_of(day, step).isoformat()
            found[begin] = found.get(begin, 0) + numbers[day]
    return found


def _first_times(took_part: People, step: Step, asked: Asked) -> dict[str, int | None]:
    """How many took part for the first time, per step: each person once, so that the steps add up to the total."""
    numbers = _in_steps(took_part.first_days, step, asked)
    return shown({begin: Cell(number, number) for begin, number in numbers.items()})


def _totals(contributed: Things, took_part: People, asked: Asked) -> dict[str, dict[str, int | None]]:
    """Per measure: the number now, and the one to compare with. From the beginning, the comparison is what the last 30 days added."""
    since = _since(asked)
    recent = in_brussels(asked.period.before(asked.now)).date()
    totals: dict[str, dict[str, int | None]] = {}
    for measure, numbers in contributed.days.items():
        if since is None:
            added = sum(number for day, number in numbers.items() if day >= recent)
            totals[measure] = {"number": sum(numbers.values()), "other": added}
        else:
            now_ = sum(number for day, number in numbers.items() if day >= since)
            totals[measure] = {"number": now_, "other": sum(numbers.values()) - now_}
    if since is None:
        added = sum(number for day, number in took_part.first_days.items() if day >= recent)
    else:
        added = took_part.before
    totals[PEOPLE] = {"number": shown_people(took_part.number), "other": shown_people(added)}
    return totals
