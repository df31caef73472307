"""The picture that a shared link shows: 1200 by 630 in the organisation's colours, with the title and the row of houses as blocks."""

import io
import json
import random
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from zenne.web import theme
from zenne.web.art.pen import seed_number

SIZE = (1200, 630)
MARGIN = 72
FONT = "node_modules/@fontsource-variable/{0}/files/{0}-latin-wght-normal.woff2"
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@lru_cache(maxsize=256)
def share_picture(title: str, organisation: str, seed: str, brand: str, accent: str) -> bytes:
    """A PNG. The same words and colours give the same picture."""
    colours = theme.make(theme.colour(brand), theme.colour(accent)).light
    image = Image.new("RGB", SIZE, colours["hero"])
    draw = ImageDraw.Draw(image)
    _street(draw, seed, colours)
    draw.text((MARGIN, MARGIN - 8), organisation, font=_font("figtree", 34, 600), fill=colours["ink2"])
    font = _font("bricolage-grotesque", 84, 800)
    for number, line in enumerate(_lines(draw, title, font)[:3]):
        draw.text((MARGIN, MARGIN + 60 + number * 94), line, font=font, fill=colours["ink"])
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _street(draw: ImageDraw.ImageDraw, seed: str, colours: theme.Roles) -> None:
    """Gables along the lower edge, in an order that belongs to the seed."""
    chance = random.Random(seed_number(seed))  # noqa: S311 - a drawing, not a secret
    fills = [colours["brand"], colours["accent"], colours["surface"], colours["tint"], colours["brand2"]]
    x, last = 0, ""
    while x < SIZE[0]:
        width, height = chance.choice((88, 104, 120)), chance.choice((96, 124, 150))
        last = chance.choice([fill for fill in fills if fill != last])
        top = SIZE[1] - height
        gable = [(x, top), (x + width // 2, top - 44), (x + width, top), (x + width, SIZE[1]), (x, SIZE[1])]
        draw.polygon(gable, fill=last, outline=colours["ink"], width=4)
        for column in (0.25, 0.62):
            left = x + int(width * column) - 8
            draw.rectangle((left, top + 26, left + 20, top + 58), fill=colours["bg"], outline=colours["ink"], width=3)
        x += width


def _lines(draw: ImageDraw.ImageDraw, text: str, font: Font) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) <= SIZE[0] - 2 * MARGIN or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=8)
def _font(name: str, size: int, weight: int) -> Font:
    """The house's own letters from the built front end; Pillow's where it wasn't built."""
    manifest = Path(settings.DJANGO_VITE["default"]["manifest_path"])
    try:
        built = json.loads(manifest.read_text())[FONT.format(name)]["file"]
        font = ImageFont.truetype(str(manifest.parent / built), size)
        font.set_variation_by_axes([weight])
    except (OSError, KeyError):
        return ImageFont.load_default(size)
    return font
