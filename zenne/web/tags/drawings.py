"""Icons and generated drawings."""

from functools import cache, lru_cache

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ..art import mark as marks
from ..art import street, tiles

register = template.Library()


@cache
def _sprite() -> str:
    """Where all icons are. The name of a static file does not change while a process lives."""
    return static("web/dist/sprite.svg")


@register.simple_tag
@lru_cache(maxsize=2048)  # a page has a hundred of them, and the house a hundred different ones
def icon(name: str, filled: bool = False, label: str = "") -> SafeString:
    """`{% icon "heart" %}`: decoration beside a word. With `label` it stands alone and says it."""
    address = f"{_sprite()}#{name}{'-filled' if filled else ''}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, address)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', address)


@register.simple_tag
def facades(seed: object, label: str = "", kind: str = "tram") -> SafeString:
    """`{% facades process.slug %}`: the street that belongs to this seed, in a file that browsers keep for ever. `kind`: tram, calm or short."""
    seed = street.seed_of(str(seed))
    address = reverse("street", args=[kind, street.fingerprint(seed, kind), seed])
    return mark_safe(street.shown(address, label, kind))  # noqa: S308 - our own drawing; the label is escaped there


@register.simple_tag
def tile(motif: str, seed: object) -> SafeString:
    """`{% tile "leaf" idea.pk %}`: a wall of cement tiles filling its box, in the colours of the `cat-N` around it."""
    return mark_safe(tiles.tile(motif, str(seed)))  # noqa: S308 - our own drawing


@register.simple_tag
def mark() -> SafeString:
    return mark_safe(marks.mark())  # noqa: S308 - our own drawing
