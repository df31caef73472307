"""For the pages of upper apps: `{% load indicators %}{% indicator_cards indicators %}` draws many beside each other, in a few questions."""

from collections.abc import Iterable

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .. import drawing
from ..models import Indicator

register = template.Library()


@register.simple_tag(takes_context=True)
def indicator_cards(
    context: Context, indicators: Iterable[Indicator], level: int = 3, drawn: bool = True
) -> SafeString:
    """Small multiples: name, light in words, latest value, course. `level` is that of the headings; without `drawn` no course."""
    found = drawing.cards(indicators, now=context["request"].now, level=level, drawn=drawn)
    return render_to_string("strategy/indicators/cards.html", {"cards": found})
