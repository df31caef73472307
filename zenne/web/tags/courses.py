"""The course of a figure: its values with their intervals, what is aimed at, where it began, and what may come; all numbers in a table under it.

Words are HTML and keep their size; the drawing is SVG, stretched to its box. Lines differ by their strokes, not only by colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

MOST_DOTS = 61

Point = tuple[date, float]
Spread = tuple[date, float, float]  # day, from, to


@dataclass(frozen=True)
class Course:
    """`values` in order of their days; `spreads` their intervals, `ahead` a forecast and `ahead_spreads` its interval; `aims` the target path from the baseline
    on. `bounds` are within which it is good. `ticks` are the words beside the lines of the grid, from the top; `rows` and `columns` the table; `summary`
    what the picture says."""

    label: str
    summary: str
    values: Sequence[Point]
    aims: Sequence[Point] = ()
    baseline: Point | None = None
    spreads: Sequence[Spread] = ()
    ahead: Sequence[Point] = ()
    ahead_spreads: Sequence[Spread] = ()
    bounds: tuple[float, float] | None = None
    scale: Sequence[float] = ()
    ticks: Sequence[str] = ()
    first: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[tuple[str, Sequence[str]]] = ()
    download: str = ""
    begins: str = ""
    ends: str = ""


def scale_of(numbers: Sequence[float]) -> list[float]:
    """Five or so round steps around all numbers, from the top; from nought where that does not flatten them."""
    low, high = min(numbers, default=0.0), max(numbers, default=0.0)
    if 0 < low <= high / 2:
        low = 0.0
    elif high < 0 and high >= low / 2:
        high = 0.0
    if low == high:
        low, high = (low - 1, high + 1) if low else (0.0, 1.0)
    step, power = 0.0, 10.0 ** _power((high - low) / 4)
    for factor in (1, 2, 2.5, 5, 10, 20):
        step = factor * power
        if step * 5 >= high - low:
            break
    bottom = int(low // step)
    lines = []
    while not lines or lines[-1] < high - step * 1e-9:
        lines.append((bottom + len(lines)) * step)
    return [round(line, 12) for line in reversed(lines)]


def _power(number: float) -> int:
    power = 0
    while number >= 10:
        number, power = number / 10, power + 1
    while 0 < number < 1:
        number, power = number * 10, power - 1
    return power


@register.simple_tag
def course(of: Course, small: bool = False) -> SafeString:
    """`{% course chart %}`; `small` for one of many beside each other: without the table, which its page has."""
    days = [day for day, _value in (*of.values, *of.aims, *of.ahead)]
    days += [of.baseline[0]] if of.baseline else []
    first, last = min(days), max(days)
    span = max(1, (last - first).days)
    top, bottom = (of.scale[0], of.scale[-1]) if of.scale else (1.0, 0.0)

    def x(day: date) -> float:
        return (day - first).days / span * 100 if last > first else 50.0

    def at(day: date, value: float) -> str:
        return f"{x(day):.2f} {(top - value) / (top - bottom) * 100:.2f}"

    def joined(points: Sequence[Point]) -> str:
        return "M" + "L".join(at(day, value) for day, value in points) if points else ""

    def band(spreads: Sequence[Spread]) -> str:
        if len(spreads) < 2:
            return "".join(f"M{at(day, low)}L{at(day, high)}" for day, low, high in spreads)
        over = [at(day, high) for day, _low, high in spreads]
        under = [at(day, low) for day, low, _high in reversed(spreads)]
        return f"M{'L'.join([*over, *under])}Z"

    given: dict[str, Any] = {
        "of": of,
        "small": small,
        "grid": "".join(f"M0 {at(first, line).split()[1]}H100" for line in of.scale),
        "curve": joined(of.values),
        "dots": "".join(f"M{at(day, value)}h0" for day, value in of.values) if len(of.values) <= MOST_DOTS else "",
        "aims": joined(of.aims),
        "goals": "".join(f"M{at(day, value)}h0" for day, value in of.aims[1 if of.baseline else 0 :]),
        "baseline": f"M0 {at(*of.baseline).split()[1]}H100" if of.baseline else "",
        "whiskers": "".join(f"M{at(day, low)}L{at(day, high)}" for day, low, high in of.spreads),
        "ahead": joined([*of.values[-1:], *of.ahead]) if of.ahead else "",
        "band": band([(day, value, value) for day, value in of.values[-1:]] + list(of.ahead_spreads))
        if of.ahead_spreads
        else "",
        "bounds": "".join(f"M0 {at(first, bound).split()[1]}H100" for bound in of.bounds or ()),
        "table": {
            "label": of.label,
            "first": of.first,
            "columns": of.columns,
            "rows": of.rows,
            "download": of.download,
        },
    }
    return render_to_string("web/components/course.html", given)
