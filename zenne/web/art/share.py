"""The picture that stands beside a shared link: 1200 x 630, tiles, the title, who asks."""

import io
import math
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .. import theme
from .pen import seed_number

WIDTH, HEIGHT = 1200, 630
MARGIN, BAND, TILE = 72, 168, 84
FONT = Path(__file__).parent / "fonts" / "bricolage-grotesque.woff2"
LINES = 3
#: Drawn larger and made smaller at the end, so that curves are smooth.
FINE = 2


@lru_cache(maxsize=128)
def share_image(title: str, subtitle: str, brand: str, accent: str) -> bytes:
    """A PNG for Open Graph. `subtitle` is usually the organisation's name; the title is set as large as three lines allow."""
    roles = theme.make(brand, accent).light
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), roles["hero"])
    draw = ImageDraw.Draw(image)
    _tiles(draw, seed_number(title), roles)
    _words(draw, title, subtitle, roles)
    out = io.BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(128, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def _tiles(draw: ImageDraw.ImageDraw, seed: int, roles: theme.Roles) -> None:
    """A band of cement tiles along the foot; each seed turns them its own way."""
    top, size = (HEIGHT - BAND) * FINE, TILE * FINE
    paints = (roles["brand"], roles["accent"], roles["art-soft"], roles["art-brick"])
    grounds = (roles["surface"], roles["tint"])
    draw.rectangle((0, top, WIDTH * FINE, HEIGHT * FINE), fill=roles["surface"])
    for row in range(BAND // TILE):
        for column in range(-(-WIDTH // TILE)):
            x, y = column * size, top + row * size
            turn = (seed >> ((column * 3 + row) % 24)) + column + row
            first, second = paints[turn % 4], grounds[(turn // 4 + row + column) % 2]
            _petals(draw, x, y, size, first, second, turned=bool((column + row + seed) % 2))
    draw.rectangle((0, top - 5 * FINE, WIDTH * FINE, top), fill=roles["ink"])


def _petals(draw: ImageDraw.ImageDraw, x: int, y: int, size: int, first: str, second: str, turned: bool) -> None:
    """One leaf from corner to corner: where two quarter discs meet, the Brussels hallway in two strokes."""
    draw.rectangle((x, y, x + size, y + size), fill=second)
    quarter = [math.radians(step * 90 / 24) for step in range(25)]
    there = [(size * (1 - math.cos(angle)), size * math.sin(angle)) for angle in quarter]
    back = [(size - across, size - down) for across, down in there]
    leaf = [(x + (size - across if turned else across), y + down) for across, down in there + back]
    draw.polygon(leaf, fill=first)


def _words(draw: ImageDraw.ImageDraw, title: str, subtitle: str, roles: theme.Roles) -> None:
    room = (WIDTH - 2 * MARGIN) * FINE
    draw.text((MARGIN * FINE, 62 * FINE), _cut(subtitle, _font(34, 700), room), font=_font(34, 700), fill=roles["link"])
    for size in (92, 80, 68, 58, 50):
        font = _font(size, 800)
        lines = _wrapped(title, font, room)
        if len(lines) <= LINES:
            break
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], _cut(" ".join(lines[LINES - 1 :]), font, room)]
    y = 126 * FINE
    for line in lines:
        draw.text((MARGIN * FINE, y), line, font=font, fill=roles["ink"])
        y += int(size * 1.06 * FINE)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(_cut(word, font, room))
    return lines


def _cut(text: str, font: ImageFont.FreeTypeFont, room: int) -> str:
    """As much of the text as fits, with an ellipsis where something is missing."""
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


@lru_cache(maxsize=16)
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FONT), size * FINE)
    font.set_variation_by_axes([weight])
    return font
