"""An organisation's colours, logo and street, for paper."""

import io
import re

from PIL import Image, UnidentifiedImageError

from zenne.people.organisations.models import Organisation
from zenne.web import theme
from zenne.web.art.street import facades

ROLES = ("ink", "ink2", "brand", "onbrand", "accent", "tint", "hero", "link")
LOGO = (1200, 400)
# the drawing's paints, as zenne/web/front/css/tokens.css mixes them in daylight
FROM_ROLES = {
    "ink": "ink",
    "1": "art-brick",
    "2": "accent",
    "3": "art-brand",
    "5": "art-soft",
    "sun": "accent",
    "ground": "line",
}
PAINT = {
    "4": "#f6d6c6",
    "6": "#7fb8a4",
    "paper": "#fffdf7",
    "glass": "#e6f1fb",
    "lit": "#ffe39a",
    "roof": "#4a4a76",
    "leaf": "#4f9d78",
    "trunk": "#9a6a4a",
    "cloud": "#ffffff",
    "skin": "#e2ab87",
}


def look_of(brand: str, accent: str) -> dict[str, str]:
    roles = theme.make(brand, accent).light
    return {name: roles[name] for name in ROLES} | {"line": roles["line2"]}


def street(seed: str, brand: str, accent: str) -> bytes:
    """The street of the process as a picture that stands alone: its colours written in, where a page has them from its style sheet."""
    roles = theme.make(brand, accent).light
    paint = PAINT | {name: roles[role] for name, role in FROM_ROLES.items()}
    drawn = re.sub(r"var\(--art-([a-z0-9-]+)\)", lambda found: paint.get(found[1], roles["ink"]), facades(seed))
    return drawn.replace('stroke-width="1.6"', 'stroke-width="1.4"').encode()


def logo_of(organisation: Organisation) -> bytes | None:
    """The logo as PNG, drawn anew: nothing but its picture goes on. None where there is none that can be read."""
    if not organisation.logo:
        return None
    try:
        with organisation.logo.open("rb") as file, Image.open(file) as image:
            image.thumbnail(LOGO)
            out = io.BytesIO()
            image.convert("RGBA").save(out, "PNG")
            return out.getvalue()
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
