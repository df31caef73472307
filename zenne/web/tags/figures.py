"""Numbers. Every width is an SVG attribute computed here."""

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
