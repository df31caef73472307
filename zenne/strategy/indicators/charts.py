"""The course of an indicator as a drawing: value, interval, target path, baseline, and what may come."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zenne.methods.forecasts import Ahead, trend
from zenne.web.tags.courses import Course, Spread, scale_of
from zenne.web.tags.words import day

from . import periods, phrasing, standing
from .enums import Direction, Frequency, IndicatorState, Nature
from .models import Indicator, Measurement
from .phrasing import Levels

MOST_DRAWN = 400
MOST_AHEAD = 12  # steps, and never more than a half of what is known
MOST_KNOWN = 60  # values that a forecast is made from: the last

Aims = Sequence[tuple[date, Decimal]]


def course(
    indicator: Indicator,
    values: Sequence[Measurement],
    aims: Aims,
    *,
    levels: Levels | None = None,
    label: str = "",
    download: str = "",
    small: bool = False,
) -> Course | None:
    """Of the published values that stand, by period; None where nothing can be drawn. A `small` one has neither table nor forecast, and at least two points."""
    path = standing.path_of(indicator, aims)
    if (not values and not path.aims) or (small and len(values) + len(path.points) < 2):
        return None
    values = values[-MOST_DRAWN:]
    ahead = [] if small else forecast(indicator, values, aims)
    points, spreads = [(row.end, float(row.value)) for row in values], _spreads(values)
    aimed = _aimed(path.points, values) if path.aims else []
    coming = [(date.fromordinal(round(each.at)), each) for each in ahead]
    baseline = (path.points[0][0], float(path.points[0][1])) if path.based else None
    bounds = _bounds(indicator)
    if indicator.nature == Nature.QUALITATIVE:
        scale = [float(at) for at in sorted(levels or {}, reverse=True)]
    else:
        reaching = [*spreads, *((when, each.low, each.high) for when, each in coming)]
        numbers = [number for _day, number in (*points, *aimed, *([baseline] if baseline else []))]
        scale = scale_of([*numbers, *(end for _day, *ends in reaching for end in ends), *(bounds or ())])
    name = label or str(indicator)
    days = [when for when, _value in (*points, *aimed)] + [when for when, _each in coming]
    return Course(
        label=name,
        summary=_summary(indicator, name, values, path.points[-1] if path.aims else None, levels),
        values=points,
        aims=aimed,
        baseline=baseline,
        spreads=spreads,
        ahead=[(when, each.value) for when, each in coming],
        ahead_spreads=[(when, each.low, each.high) for when, each in coming],
        bounds=bounds,
        scale=scale,
        ticks=_ticks(indicator, scale, levels),
        first=pgettext("of a measurement", "Period"),
        columns=[
            phrasing.value_head(indicator),
            _("Interval"),
            _("Evidence"),
            pgettext("of an indicator", "Target"),
        ],
        rows=[] if small else _rows(indicator, values, aims, coming, levels),
        download=download,
        begins=day(min(days)),
        ends=day(max(days)) if min(days) < max(days) else "",
    )


def forecast(indicator: Indicator, values: Sequence[Measurement], aims: Aims) -> list[Ahead]:
    """Up to the last target, but no further than half of what is known; nothing of levels, of what is retired, or where there is too little."""
    if indicator.nature == Nature.QUALITATIVE or indicator.state != IndicatorState.ACTIVE or len(values) < 2:
        return []
    frequency = Frequency(indicator.frequency)
    if frequency == Frequency.ONCE:
        return []
    known = [(float(row.end.toordinal()), float(row.value)) for row in values[-MOST_KNOWN:]]
    last, until = values[-1].end, aims[-1][0] if aims else None
    steps: list[float] = []
    most = min(MOST_AHEAD, len(values) // 2)
    period = periods.of(last + periods.DAY, frequency)
    while len(steps) < most and (until is None or period[0] <= until):
        steps.append(float(period[1].toordinal()))
        period = periods.of(period[1] + periods.DAY, frequency)
    return trend(known, steps)


def _spreads(values: Sequence[Measurement]) -> list[Spread]:
    """The intervals of those that have one; where one end is not known, it is the value itself."""
    return [
        (row.end, float(row.value if row.low is None else row.low), float(row.value if row.high is None else row.high))
        for row in values
        if row.low is not None or row.high is not None
    ]


def _bounds(indicator: Indicator) -> tuple[float, float] | None:
    if indicator.direction != Direction.WITHIN or indicator.least is None or indicator.most is None:
        return None
    return float(indicator.least), float(indicator.most)


def _aimed(points: Sequence[tuple[date, object]], values: Sequence[Measurement]) -> list[tuple[date, float]]:
    """The target path, drawn on to the last value where that is later."""
    found = [(when, float(value)) for when, value in points]  # type: ignore[arg-type]
    if found and values and values[-1].end > found[-1][0]:
        found.append((values[-1].end, found[-1][1]))
    return found


def _ticks(indicator: Indicator, scale: Sequence[float], levels: Levels | None) -> list[str]:
    if indicator.nature == Nature.QUALITATIVE:
        return [(levels or {}).get(int(line), str(int(line))) for line in scale]
    step = abs(scale[0] - scale[1]) if len(scale) > 1 else 1.0
    decimals = next((places for places in range(6) if abs(round(step, places) - step) < step * 1e-6), 6)
    return [phrasing.number(Decimal(str(line)), decimals) for line in scale]


def _rows(
    indicator: Indicator,
    values: Sequence[Measurement],
    aims: Aims,
    coming: Sequence[tuple[date, Ahead]],
    levels: Levels | None,
) -> list[tuple[str, list[str]]]:
    """What may come, the targets still ahead, and the values, the latest first."""
    path = standing.path_of(indicator, aims)
    last = values[-1].end if values else None
    rows: list[tuple[str, list[str]]] = []
    ahead = [(when, phrasing.value(indicator, value, levels)) for when, value in aims if last is None or when > last]
    rows += [(day(when), ["–", "", "", aim]) for when, aim in reversed(ahead)]
    for when, each in reversed(coming):
        name = _("%(day)s, if it goes on like this") % {"day": day(when)}
        low, high = Decimal(str(round(each.low, 6))), Decimal(str(round(each.high, 6)))
        words = phrasing.value(indicator, Decimal(str(round(each.value, 6))))
        rows.append(
            (name, [words, phrasing.interval(indicator, low, high), "", _aim(indicator, path.on(when), levels)])
        )
    for row in reversed(values):
        rows.append(
            (
                phrasing.period(row.start, row.end),
                [
                    phrasing.value(indicator, row.value, levels),
                    phrasing.interval(indicator, row.low, row.high),
                    phrasing.evidence(row.evidence),
                    _aim(indicator, path.on(row.end), levels),
                ],
            )
        )
    return rows


def _aim(indicator: Indicator, aim: object, levels: Levels | None) -> str:
    return "" if aim is None else phrasing.value(indicator, aim, levels)  # type: ignore[arg-type]


def _summary(
    indicator: Indicator,
    name: str,
    values: Sequence[Measurement],
    goal: tuple[date, object] | None,
    levels: Levels | None,
) -> str:
    """First and last value, and the last target."""
    parts = [f"{name}."]
    for row in dict.fromkeys([values[0], values[-1]]) if values else ():
        facts = {"period": phrasing.period(row.start, row.end), "value": phrasing.value(indicator, row.value, levels)}
        parts.append(_("%(period)s: %(value)s.") % facts)
    if goal is not None:
        facts = {"day": day(goal[0]), "value": _aim(indicator, goal[1], levels)}
        parts.append(_("Aimed at by %(day)s: %(value)s.") % facts)
    return " ".join(parts)
