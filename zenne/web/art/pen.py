"""The few strokes every drawing is made of. Nothing here knows what a house is."""

import hashlib

#: Stroke of the whole drawing; `fine` lines (inner details) are thinner.
OUTLINE = 'stroke="var(--art-ink)" stroke-width="2.4" stroke-linejoin="round" stroke-linecap="round"'


def number(value: float) -> str:
    """One decimal at most: the drawing is sent with every page, so it is written briefly."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def colour(name: str) -> str:
    return f"var(--art-{name})"


def path(data: str, fill: str = "none", fine: bool = False) -> str:
    return f'<path d="{data}" fill="{fill}"{_fine(fine)}/>'


def square(x: float, y: float, width: float, height: float) -> str:
    """As data of a path. What follows the corner is the same for all that are as large: it costs next to nothing compressed."""
    wide = number(width)
    return f"M{number(x)} {number(y)}h{wide}v{number(height)}h-{wide}Z"


def stroke(x1: float, y1: float, x2: float, y2: float) -> str:
    """The same of a line."""
    return f"M{number(x1)} {number(y1)}l{number(x2 - x1)} {number(y2 - y1)}"


def box(x: float, y: float, width: float, height: float, fill: str, fine: bool = False) -> str:
    return path(square(x, y, width, height), fill, fine)


def disc(x: float, y: float, radius: float, fill: str, fine: bool = False) -> str:
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"{_fine(fine)}/>'


def line(x1: float, y1: float, x2: float, y2: float, fine: bool = True) -> str:
    return path(stroke(x1, y1, x2, y2), fine=fine)


def seed_number(text: str) -> int:
    """The same text gives the same drawing on every machine, for ever (Python's own hash would not)."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)


def _fine(fine: bool) -> str:
    return ' stroke-width="1.6"' if fine else ""
