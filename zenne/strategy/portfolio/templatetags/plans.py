"""`{% load plans %}`: plans on the pages of upper rooms."""

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zenne.people.organisations.queries import listed
from zenne.web.pieces import piece

from .. import showing
from ..queries import public_plans

register = template.Library()
MOST = 3


@register.simple_tag
def project_line(line: showing.Line, level: int, bare: bool) -> SafeString:
    """A project in a list, drawn once for the same words; `bare` without its domain."""
    given = {"line": line, "level": level, "bare": bare}
    return piece("project line", given, lambda: render_to_string("strategy/portfolio/line.html", given))


@register.simple_tag(takes_context=True)
def plan_cards(context: Context, level: int = 3) -> SafeString | str:
    """The first plans, those in force before others; nothing where none is public. One question then, three otherwise."""
    request = context["request"]
    found = showing.in_force_first(public_plans().filter(organisation__in=listed(request)))[:MOST]
    if not found:
        return ""
    cards = {"plans": showing.plan_cards(found), "level": level}
    return render_to_string("strategy/portfolio/plan_cards.html", cards, request)
