"""The look of a letter: the roles of the organisation, written out because mail programs know no variables."""

from django import template
from django.template.context import Context

from .. import identity, theme

register = template.Library()

ROLES = ("bg", "ink", "ink2", "link", "brand", "accent")


@register.simple_tag(takes_context=True)
def mail_look(context: Context) -> dict[str, str]:
    """Colours and name of `organisation` in the letter's context, else the platform's own."""
    look = identity.worn_by(context.get("organisation"))
    corners = theme.corner_style(look.corners)
    roles = theme.make(look.brand, look.accent, corners).light
    return {"name": look.name, "radius": theme.RADII[corners]["button"], **{role: roles[role] for role in ROLES}}
