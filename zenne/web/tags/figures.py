"""Numbers. Every width is an SVG attribute computed here, every chart has its table."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def facts(items: Sequence[Mapping[str, Any]], tiles: bool = False) -> SafeString:
    """A few figures: [{value, label}]; as a line, or as `tiles`."""
    return render_to_string("web/components/facts.html", {"items": items, "tiles": tiles})


@register.simple_tag
def progress(value: float, most: float, label: str, text: str = "") -> SafeString:
    """How far something is. `text` says it in words, for everybody."""
    return render_to_string(
        "web/components/progress.html", {"value": value, "most": most, "label": label, "text": text}
    )


@register.simple_tag
def meter(parts: Sequence[Mapping[str, Any]], most: float, label: str, text: str) -> SafeString:
    """How much of a whole is used, in parts: [{value, category}]; `text` says it in words."""
    x, drawn = 0.0, []
    for part in parts:
        width = min(100 - x, part["value"] / most * 100) if most else 0
        drawn.append({"x": f"{x:.2f}", "width": f"{max(0, width - 0.6):.2f}", "category": part.get("category")})
        x += width
    used = sum(part["value"] for part in parts)
    return render_to_string(
        "web/components/meter.html", {"parts": drawn, "used": used, "most": most, "label": label, "text": text}
    )


@register.simple_tag
def bars(rows: Sequence[Mapping[str, Any]], label: str, unit: str = "", caption: str = "") -> SafeString:
    """A bar chart: [{label, value, category, text}], drawn in the order given, with its table under it."""
    most = max((row["value"] for row in rows), default=0)
    full = [
        {"category": None, "text": row["value"], **row, "percent": f"{row['value'] / most * 100:.1f}" if most else "0"}
        for row in rows
    ]
    return render_to_string(
        "web/components/bars.html", {"rows": full, "label": label, "unit": unit, "caption": caption}
    )


@register.simple_tag
def days(points: Sequence[tuple[str, float]], label: str, unit: str = "", caption: str = "") -> SafeString:
    """A line over time: (name of the day, value) in order, with its table under it."""
    most = nice_ceiling(max((value for _name, value in points), default=0))
    step = 100 / max(1, len(points) - 1)
    curve = "M" + "L".join(
        f"{at * step:.1f} {100 - value / most * 100:.1f}" for at, (_name, value) in enumerate(points)
    )
    given = {
        "points": points,
        "label": label,
        "unit": unit,
        "caption": caption,
        "curve": curve,
        "area": f"{curve}L100 100L0 100Z",
        "scale": [most * quarters // 4 for quarters in (4, 3, 2, 1, 0)],
        "grid": "M0 0H100M0 25H100M0 50H100M0 75H100M0 100H100",
    }
    return render_to_string("web/components/days.html", given)


def nice_ceiling(value: float) -> int:
    """The next number whose quarters are round: 4, 8, 12, 16, 20, 24, 32, 40, 80, … 320, 400."""
    power = 1
    while True:
        for quarter in (1, 2, 3, 4, 5, 6, 8):
            if 4 * quarter * power >= value:
                return 4 * quarter * power
        power *= 10
