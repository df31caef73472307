"""Between rows and target paths: where an indicator stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zenne.core.clock import in_brussels
from zenne.methods import targets

from .enums import Direction, Frequency, IndicatorState, Light
from .models import Indicator


@dataclass(frozen=True)
class Standing:
    """Where an indicator stands: its latest published value and what was aimed at on its last day. `light` is grey where the value is late: never green.

    `ahead` is how far the value is ahead of its aim in the good direction; negative: behind. `goal` is the last target.
    """

    indicator: int
    light: Light
    late: bool = False
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    start: date | None = None
    end: date | None = None
    evidence: str = ""
    aim: Decimal | None = None
    ahead: Decimal | None = None
    goal: tuple[date, Decimal] | None = None
    due: date | None = None  # the first day on which the value is too old


def path_of(indicator: Indicator, aims: Iterable[tuple[date, Decimal]]) -> targets.Path:
    baseline = None
    if indicator.baseline_on is not None and indicator.baseline_value is not None:
        baseline = (indicator.baseline_on, indicator.baseline_value)
    return targets.path(aims, baseline)


def of(
    indicator: Indicator, aims: Iterable[tuple[date, Decimal]], latest: Mapping[str, Any] | None, now: datetime
) -> Standing:
    """`latest` has value, low, high, start, end and evidence of the latest published measurement; None where there is none."""
    aims = sorted(aims)
    goal = aims[-1] if aims else None
    if latest is None:
        return Standing(indicator.pk, Light.GREY, goal=goal)
    due = Frequency(indicator.frequency).late_from(latest["end"])
    retired = indicator.state == IndicatorState.RETIRED
    late = not retired and due is not None and in_brussels(now).date() >= due
    path = path_of(indicator, aims)
    bounds = None
    if indicator.least is not None and indicator.most is not None:
        bounds = (indicator.least, indicator.most)
    shade = targets.light(
        latest["value"],
        direction=Direction(indicator.direction).value,  # type: ignore[arg-type]  # the same closed list
        on=latest["end"],
        aims=path,
        tolerance=indicator.tolerance / 100,
        late=late or retired,
        bounds=bounds,
    )
    aim = path.on(latest["end"])
    if indicator.direction == Direction.WITHIN:
        distance = targets.inside(latest["value"], *bounds) if bounds else None
    else:
        direction = Direction(indicator.direction).value
        distance = None if aim is None else targets.ahead(latest["value"], aim, direction)  # type: ignore[arg-type]
    return Standing(
        indicator.pk,
        Light(shade),
        late,
        **{name: latest[name] for name in ("value", "low", "high", "start", "end", "evidence")},
        aim=decimal(aim),
        ahead=decimal(distance),
        goal=goal,
        due=due,
    )


def day_of(text: str) -> date:
    return date.fromisoformat(text)


def exactly(number: float | str) -> Decimal:
    """A value that came as JSON."""
    return Decimal(str(number))


def decimal(number: Fraction | None) -> Decimal | None:
    """Rounded to six places, half to even."""
    return None if number is None else Decimal(round(number * 10**6)) / 10**6
