"""The look of a letter: the roles of the organisation, written out because mail programs know no variables."""

from django import template
from django.template.context import Context

from .. import identity, theme

register = template.Library()

ROLES = ("bg", "ink", "ink2", "link", "brand", "accent", "line")
DARK_ROLES = ("bg", "surface", "ink", "ink2", "link", "brand", "onbrand", "line")


@register.simple_tag(takes_context=True)
def mail_look(context: Context) -> dict[str, str]:
    """Colours and name of `organisation` in the letter's context, else the platform's own."""
    look = identity.worn_by(context.get("organisation"))
    corners = theme.corner_style(look.corners)
    made = theme.make(look.brand, look.accent, corners)
    return {
        "name": look.name,
        "radius": theme.RADII[corners]["button"],
        **{role: made.light[role] for role in ROLES},
        **{f"dark_{role}": made.dark[role] for role in DARK_ROLES},
    }
