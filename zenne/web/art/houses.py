"""Six kinds of Brussels town house, drawn from the pavement (y = 0) upwards.

What a house has many of (windows, railings, stripes) is one path for each paint, windows hang at whole units, and each house is drawn where none other
stands and moved to its place: two that are alike are then the same words, which costs nothing compressed. A street travels with the pages that show it.
"""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .pen import box, colour, disc, line, number, path, square, stroke

GROUND_FLOOR = 62


@dataclass(frozen=True)
class House:
    """How large a house is and what it is painted with."""

    kind: str
    width: float
    height: float
    wall: str
    trim: str
    shop: bool = False

    @property
    def top(self) -> float:
        return -self.height

    @property
    def middle(self) -> float:
        return self.width / 2


def draw(house: House, at: float, chance: random.Random) -> str:
    body = _nouveau if house.kind == "nouveau" else _plain
    return f'<g transform="translate({number(at)})">{GABLES[house.kind](house)}{body(house, chance)}{_street_level(house, chance)}</g>'


# --- gables -------------------------------------------------------------------------------------------------------------------


def _step(h: House) -> str:
    steps, rise = 4, 15
    run = number(h.width / 2 / (steps + 0.8))
    up = f"v-{rise}h{run}" * steps
    down = f"h{run}v{rise}" * steps
    flat = number(h.width - steps * float(run))
    outline = f"M0 0V{number(h.top)}{up}v-{rise}H{flat}v{rise}{down}V0Z"
    return path(outline, h.wall) + windows([Pane(h.middle - 9, h.top - 42)], 18, 34, "arch", h.trim)


def _bell(h: House) -> str:
    w = h.width
    outline = (
        f"M0 0V{number(h.top)}h{number(w * 0.06)}"
        f"c0 -20 {number(w * 0.20)} -12 {number(w * 0.20)} -40c0 -16 {number(w * 0.08)} -22 {number(w * 0.24)} -26"
        f"c{number(w * 0.16)} 4 {number(w * 0.24)} 10 {number(w * 0.24)} 26c0 28 {number(w * 0.20)} 20 {number(w * 0.20)} 40"
        f"H{number(h.width)}V0Z"
    )
    cx, top = h.middle, h.top
    cross = stroke(cx - 11, top - 32, cx + 11, top - 32) + stroke(cx, top - 43, cx, top - 21)
    return "".join(
        (
            path(outline, h.wall),
            disc(cx, top - 32, 11, colour("glass")),
            path(cross, fine=True),
            disc(cx, top - 71, 5, h.trim),
            box(-2, top - 2, w + 4, 7, h.trim),
        )
    )


def _mansard(h: House) -> str:
    w, top = h.width, h.top
    roof = f"M1 {number(top)}L{number(w * 0.12)} {number(top - 46)}H{number(w * 0.88)}"
    parts = [path(f"{roof}L{number(h.width - 1)} {number(top)}Z", colour("roof"))]
    for place in (0.24, 0.58):
        left, wide = w * place, w * 0.18
        dormer = (
            f"M{number(left - 3)} {number(top - 4)}V{number(top - 26)}"
            f"Q{number(left + wide / 2)} {number(top - 42)} {number(left + wide + 3)} {number(top - 26)}V{number(top - 4)}Z"
        )
        parts += [path(dormer, colour("paper")), box(left + 2, top - 24, wide - 4, 19, colour("glass"), fine=True)]
    parts += [
        box(w * 0.7, top - 66, 12, 21, h.wall),
        box(0, top, w, h.height, h.wall),
        box(-3, top - 3, w + 6, 9, h.trim),
    ]
    teeth = "".join(square(5 + i * 14, top + 6, 5, 5) for i in range(int(w // 14)))
    return "".join(parts) + path(teeth, h.trim, fine=True)


def _deco(h: House) -> str:
    w, top = h.width, h.top
    mast = w * 0.78
    return "".join(
        (
            path(f"M0 0V{number(top + 22)}a22 22 0 0 1 22 -22H{number(h.width)}V0Z", h.wall),
            path("".join(stroke(24, top + 8 + i * 6, h.width - 6, top + 8 + i * 6) for i in range(3)), fine=True),
            box(w * 0.55, top - 20, w * 0.45, 20, h.wall),
            line(mast, top - 20, mast, top - 48, fine=False),
            path(f"M{number(mast)} {number(top - 48)}l20 6l-20 7Z", h.trim, fine=True),
        )
    )


def _nouveau_gable(h: House) -> str:
    n, w, top = number, h.width, h.top
    outline = (
        f"M0 0V{n(top)}Q{n(w * 0.1)} {n(top - 6)} {n(w * 0.14)} {n(top - 22)}"
        f"C{n(w * 0.22)} {n(top - 58)} {n(w * 0.78)} {n(top - 58)} {n(w * 0.86)} {n(top - 22)}"
        f"Q{n(w * 0.9)} {n(top - 6)} {n(h.width)} {n(top)}V0Z"
    )
    return path(outline, h.wall)


def _pitch(h: House) -> str:
    n, cx, top = number, h.middle, h.top
    wall = f"M0 0V{n(top)}L{n(cx)} {n(top - 44)}L{n(h.width)} {n(top)}V0Z"
    roof = (
        f"M-5 {n(top + 4)}L{n(cx)} {n(top - 50)}L{n(h.width + 5)} {n(top + 4)}"
        f"L{n(h.width - 1)} {n(top + 9)}L{n(cx)} {n(top - 38)}L1 {n(top + 9)}Z"
    )
    return path(wall, h.wall) + path(roof, colour("roof")) + disc(cx, top - 12, 7, colour("glass"))


GABLES: dict[str, Callable[[House], str]] = {
    "step": _step,
    "mansard": _mansard,
    "nouveau": _nouveau_gable,
    "bell": _bell,
    "deco": _deco,
    "pitch": _pitch,
}
KINDS = tuple(GABLES)
_WINDOWS = {"step": "lintel", "bell": "arch", "mansard": "lintel", "pitch": "plain"}


# --- floors -------------------------------------------------------------------------------------------------------------------


def _plain(h: House, chance: random.Random) -> str:
    """Floors of windows above a line over the ground floor."""
    floors = max(1, int((h.height - GROUND_FLOOR - 14) // 62))
    columns = 3 if h.width > 118 else 2
    floor_height = (h.height - GROUND_FLOOR - 14) / floors
    wide = 2 * round(min(24, h.width / columns * 0.46) / 2)
    parts = [line(0, -GROUND_FLOOR, h.width, -GROUND_FLOOR)]
    panes, high = [], min(42, floor_height - 20)
    for floor in range(floors):
        y = h.top + 16 + floor * floor_height
        if h.kind == "deco":
            parts.append(_ribbon_window(h, y, high))
            continue
        for column in range(columns):
            x = round(h.width * (column + 0.5) / columns) - wide / 2
            panes.append(Pane(x, y, lit=chance.random() < 0.22))
    if panes:
        parts.append(windows(panes, wide, high, _WINDOWS[h.kind], h.trim))
    if h.kind in ("mansard", "bell"):
        parts.append(balcony(h.middle - h.width * 0.30, panes[-1].y + high - 12, h.width * 0.6))
    return "".join(parts)


def _ribbon_window(h: House, y: float, high: float) -> str:
    left, wide = h.width * 0.14, h.width * 0.72
    bars = "".join(stroke(left + wide * i / 5, y, left + wide * i / 5, y + high) for i in range(1, 5))
    return (
        box(left, y, wide, high, colour("glass"))
        + path(bars, fine=True)
        + box(h.width * 0.10, y + high, h.width * 0.80, 6, h.trim, fine=True)
    )


def _nouveau(h: House, chance: random.Random) -> str:
    """One great round window, whiplash ornaments, a loggia with a balcony."""
    n, w, cx = number, h.width, h.middle
    radius = w * 0.33
    cy = h.top + 30
    sill = cy + radius * 0.62
    left = n(cx - radius * 0.78)
    right = n(cx + radius * 0.78)
    parts = [path(f"M{left} {n(sill)}A{n(radius)} {n(radius)} 0 1 1 {right} {n(sill)}Z", colour("glass"))]
    bars = "".join(
        stroke(cx + radius * at, cy - radius * math.sqrt(1 - at * at), cx + radius * at * 0.9, sill)
        for at in (-0.5, 0, 0.5)
    )
    bars += stroke(cx - radius * 0.97, cy - radius * 0.1, cx + radius * 0.97, cy - radius * 0.1)
    parts.append(path(bars, fine=True))
    whip = (
        f"M8 {n(cy - radius * 0.2)}c4 -22 16 -30 30 -34M{n(h.width - 8)} {n(cy - radius * 0.2)}c-4 -22 -16 -30 -30 -34"
    )
    parts.append(f'<path d="{whip}" fill="none" stroke="{h.trim}" stroke-width="4"/>')
    y, floor = sill + 16, -GROUND_FLOOR - 8
    parts.append(box(w * 0.18, y, w * 0.64, max(34, floor - y - 6), h.trim))
    pane = w * 0.64 / 3
    glass = "".join(square(w * 0.18 + i * pane + 4, y + 6, pane - 8, max(22, floor - y - 18)) for i in range(3))
    parts.append(path(glass, colour("glass"), fine=True))
    parts += [balcony(w * 0.12, floor - 16, w * 0.76), line(0, -GROUND_FLOOR, h.width, -GROUND_FLOOR)]
    return "".join(parts)


def _street_level(h: House, chance: random.Random) -> str:
    if h.shop:
        return (
            box(10, -46, h.width - 20, 46, colour("glass"))
            + line(h.middle, -46, h.middle, 0)
            + awning(5, -56, h.width - 10, h.trim)
        )
    door_left = chance.random() < 0.5
    wide = 24
    parts = [door(14 if door_left else h.width - 14 - wide, wide, 50, h.trim, arch=h.kind != "deco")]
    if h.width > 86:
        x = h.width - 50 if door_left else 16
        parts += [
            box(x, -46, 34, 28, colour("glass")),
            line(x + 17, -46, x + 17, -18),
            box(x - 4, -18, 42, 5, colour("paper"), fine=True),
        ]
    return "".join(parts)


# --- parts of houses ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pane:
    """Where a window hangs, and whether somebody is at home."""

    x: float
    y: float
    lit: bool = False


def windows(panes: Sequence[Pane], width: float, height: float, kind: str, trim: str) -> str:
    """The windows of a house: all are alike."""
    wide, half, top = number(width), number(width / 2), 6 if kind == "lintel" else 0
    if kind == "arch":
        glass = f"v-{number(height - width / 2)}a{half} {half} 0 0 1 {wide} 0v{number(height - width / 2)}Z"
        outline = [f"M{number(each.x)} {number(each.y + height)}{glass}" for each in panes]
        bar = width / 2 + 2
    else:
        outline = [square(each.x, each.y + top, width, height - top) for each in panes]
        bar = top + (height - top) * (0.34 if top else 0.36)
    bars = (
        f"M{number(each.x + width / 2)} {number(each.y + top)}v{number(height - top)}M{number(each.x)} {number(each.y + bar)}h{wide}"
        for each in panes
    )
    lintel = f"q{number(width / 2 + 3)} -9 {number(width + 6)} 0v6h-{number(width + 6)}Z"
    above = "".join(f"M{number(each.x - 3)} {number(each.y)}{lintel}" for each in panes) if top else ""
    sills = "".join(square(each.x - 4, each.y + height, width + 8, 5) for each in panes)
    dark = "".join(data for data, each in zip(outline, panes, strict=True) if not each.lit)
    lit = "".join(data for data, each in zip(outline, panes, strict=True) if each.lit)
    return "".join(
        (
            path(above, trim, fine=True) if above else "",
            path(dark, colour("glass")) if dark else "",
            path(lit, colour("lit")) if lit else "",
            path("".join(bars), fine=True),
            path(sills, trim, fine=True),
        )
    )


def balcony(x: float, y: float, width: float) -> str:
    gaps = max(3, int(width // 9))
    rails = "".join(f"M{number(x + width * i / gaps)} {number(y)}v14" for i in range(gaps + 1))
    return (
        box(x, y + 14, width, 4, colour("ink"), fine=True)
        + line(x, y, x + width, y, fine=False)
        + path(rails, fine=True)
    )


def door(x: float, width: float, height: float, fill: str, arch: bool) -> str:
    n = number
    handle = disc(x + width - 6, -height * 0.42, 1.4, colour("ink"), fine=True)
    if not arch:
        return (
            box(x, -height, width, height, fill)
            + box(x + 4, -height + 4, width - 8, 10, colour("lit"), fine=True)
            + handle
        )
    spring = -height + width / 2
    half, inner = n(width / 2), n(width / 2 - 4)
    leaf = f"M{n(x)} 0V{n(spring)}A{half} {half} 0 0 1 {n(x + width)} {n(spring)}V0Z"
    light = f"M{n(x + 4)} {n(spring)}A{inner} {inner} 0 0 1 {n(x + width - 4)} {n(spring)}Z"
    return path(leaf, fill) + path(light, colour("lit"), fine=True) + handle


def awning(x: float, y: float, width: float, fill: str) -> str:
    stripes = max(4, int(width // 13))
    wide = width / stripes
    half, whole = number(wide / 2), number(wide)
    bows = [f"M{number(x + i * wide)} {number(y)}h{whole}v12a{half} {half} 0 0 1 -{whole} 0Z" for i in range(stripes)]
    return path("".join(bows[::2]), fill, fine=True) + path("".join(bows[1::2]), colour("paper"), fine=True)
