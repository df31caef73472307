"""Six cement-tile motifs. A theme's tile stands in for the photo nobody took; a seed turns and scales it a little."""

import math
from functools import lru_cache
from html import escape

from .pen import number, seed_number

SIZE = 48
_HALF = SIZE / 2
_A, _B, _C = "var(--tile-a)", "var(--tile-b)", "var(--tile-c)"


def _shape(data: str, fill: str, turn: int = 0) -> str:
    turned = f' transform="rotate({turn} {number(_HALF)} {number(_HALF)})"' if turn else ""
    return f'<path d="{data}" fill="{fill}"{turned}/>'


def _disc(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"/>'


def _leaf() -> str:
    """Four petals."""
    h = number(_HALF)
    petal = f"M0 {h}Q0 0 {h} 0Q{h} {h} 0 {h}Z"
    return "".join(_shape(petal, fill, turn) for turn, fill in ((0, _B), (90, _C), (180, _B), (270, _C)))


def _wave() -> str:
    """Fish scales."""

    def scale(x: float, y: float, radius: float) -> str:
        r = number(radius)
        return f"M{number(x)} {number(y)}a{r} {r} 0 0 0 {number(2 * radius)} 0Z"

    h = _HALF
    return "".join(
        (
            _shape(scale(0, 0, h), _B),
            _shape(scale(-h, h, h) + scale(h, h, h), _C),
            _shape(scale(h / 2, 0, h / 2), _A),
            _shape(scale(-h / 2, h, h / 2) + scale(SIZE - h / 2, h, h / 2), _A),
        )
    )


def _wheel() -> str:
    """Rings and discs."""
    corners = ((0, 0), (0, SIZE), (SIZE, 0), (SIZE, SIZE))
    return (
        _disc(_HALF, _HALF, _HALF * 0.72, _B)
        + _disc(_HALF, _HALF, _HALF * 0.36, _A)
        + "".join(_disc(x, y, _HALF * 0.4, _C) for x, y in corners)
    )


def _star() -> str:
    """Eight-pointed stars."""
    points = []
    for i in range(16):
        radius = _HALF * (0.92 if i % 2 == 0 else 0.52)
        angle = math.pi * i / 8
        points.append(f"{number(_HALF + radius * math.sin(angle))} {number(_HALF - radius * math.cos(angle))}")
    leg = _HALF * 0.34
    corners = "".join(
        f"M{x} {y}h{number(leg if x == 0 else -leg)}L{x} {number(y + (leg if y == 0 else -leg))}Z"
        for x in (0, SIZE)
        for y in (0, SIZE)
    )
    return _shape(f"M{'L'.join(points)}Z", _B) + _disc(_HALF, _HALF, _HALF * 0.26, _C) + _shape(corners, _C)


def _steps() -> str:
    """Stepped gables."""
    q = number(SIZE / 8)
    two = number(SIZE / 4)
    up, down = f"v-{q}h{q}" * 3, f"h{q}v{q}" * 3
    rising = f"M0 {SIZE}{up}v-{q}h{two}v{q}{down}v{q}Z"
    falling = f"M0 0{f'v{q}h{q}' * 3}v{q}h{two}v-{q}{f'h{q}v-{q}' * 3}Z"
    return _shape(rising, _B) + _shape(falling, _C)


def _diamond() -> str:
    def square(inset: float) -> str:
        n, h, s = number, _HALF, SIZE
        return f"M{n(h)} {n(inset)}L{n(s - inset)} {n(h)}L{n(h)} {n(s - inset)}L{n(inset)} {n(h)}Z"

    return _shape(square(0), _B) + _shape(square(_HALF * 0.45), _C)


MOTIFS = {"leaf": _leaf, "wave": _wave, "star": _star, "wheel": _wheel, "steps": _steps, "diamond": _diamond}


def motif_for(seed: str) -> str:
    """A motif for things that have no theme."""
    return tuple(MOTIFS)[seed_number(seed) % len(MOTIFS)]


@lru_cache(maxsize=1024)
def tile(motif: str, seed: str) -> str:
    """A wall of `motif`, filling its box. `seed` also makes the pattern's id unique on a page: give each wall its own."""
    if motif not in MOTIFS:
        motif = motif_for(motif)
    number_ = seed_number(f"{motif} {seed}")
    size = (44, 48, 54)[number_ % 3]
    shift = number_ // 3 % SIZE
    name = f"tile-{escape(motif)}-{number_:08x}"
    return (
        f'<svg class="tile" aria-hidden="true" focusable="false" width="100%" height="100%"><defs>'
        f'<pattern id="{name}" viewBox="0 0 {SIZE} {SIZE}" width="{size}" height="{size}" x="{shift}" patternUnits="userSpaceOnUse">'
        f'<path d="M0 0H{SIZE}V{SIZE}H0Z" fill="{_A}"/>{MOTIFS[motif]()}</pattern></defs>'
        f'<rect width="100%" height="100%" fill="url(#{name})"/></svg>'
    )
