"""Six kinds of Brussels town house, drawn from the pavement (y = 0) upwards."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from .pen import box, colour, disc, line, number, path

GROUND_FLOOR = 62


@dataclass(frozen=True)
class House:
    """Where a house stands, how large it is and what it is painted with."""

    kind: str
    x: float
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
        return self.x + self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width


def draw(house: House, chance: random.Random) -> str:
    body = _nouveau if house.kind == "nouveau" else _plain
    return f"<g>{GABLES[house.kind](house)}{body(house, chance)}{_street_level(house, chance)}</g>"


# --- gables -------------------------------------------------------------------------------------------------------------------


def _step(h: House) -> str:
    steps, rise = 4, 15
    run = number(h.width / 2 / (steps + 0.8))
    up = f"v-{rise}h{run}" * steps
    down = f"h{run}v{rise}" * steps
    flat = number(h.right - steps * float(run))
    outline = f"M{number(h.x)} 0V{number(h.top)}{up}v-{rise}H{flat}v{rise}{down}V0Z"
    return path(outline, h.wall) + window(h.middle - 9, h.top - 42, 18, 34, "arch", h.trim)


def _bell(h: House) -> str:
    w = h.width
    outline = (
        f"M{number(h.x)} 0V{number(h.top)}h{number(w * 0.06)}"
        f"c0 -20 {number(w * 0.20)} -12 {number(w * 0.20)} -40c0 -16 {number(w * 0.08)} -22 {number(w * 0.24)} -26"
        f"c{number(w * 0.16)} 4 {number(w * 0.24)} 10 {number(w * 0.24)} 26c0 28 {number(w * 0.20)} 20 {number(w * 0.20)} 40"
        f"H{number(h.right)}V0Z"
    )
    cx, top = h.middle, h.top
    return "".join(
        (
            path(outline, h.wall),
            disc(cx, top - 32, 11, colour("glass")),
            line(cx - 11, top - 32, cx + 11, top - 32),
            line(cx, top - 43, cx, top - 21),
            disc(cx, top - 71, 5, h.trim),
            box(h.x - 2, top - 2, w + 4, 7, h.trim),
        )
    )


def _mansard(h: House) -> str:
    w, top = h.width, h.top
    roof = f"M{number(h.x + 1)} {number(top)}L{number(h.x + w * 0.12)} {number(top - 46)}H{number(h.x + w * 0.88)}"
    parts = [path(f"{roof}L{number(h.right - 1)} {number(top)}Z", colour("roof"))]
    for place in (0.24, 0.58):
        left, wide = h.x + w * place, w * 0.18
        dormer = (
            f"M{number(left - 3)} {number(top - 4)}V{number(top - 26)}"
            f"Q{number(left + wide / 2)} {number(top - 42)} {number(left + wide + 3)} {number(top - 26)}V{number(top - 4)}Z"
        )
        parts += [path(dormer, colour("paper")), box(left + 2, top - 24, wide - 4, 19, colour("glass"), fine=True)]
    parts += [
        box(h.x + w * 0.7, top - 66, 12, 21, h.wall),
        box(h.x, top, w, h.height, h.wall),
        box(h.x - 3, top - 3, w + 6, 9, h.trim),
    ]
    parts += [box(h.x + 5 + i * 14, top + 6, 5, 5, h.trim, fine=True) for i in range(int(w // 14))]
    return "".join(parts)


def _deco(h: House) -> str:
    w, top = h.width, h.top
    mast = h.x + w * 0.78
    return "".join(
        (
            path(f"M{number(h.x)} 0V{number(top + 22)}a22 22 0 0 1 22 -22H{number(h.right)}V0Z", h.wall),
            *(line(h.x + 24, top + 8 + i * 6, h.right - 6, top + 8 + i * 6) for i in range(3)),
            box(h.x + w * 0.55, top - 20, w * 0.45, 20, h.wall),
            line(mast, top - 20, mast, top - 48, fine=False),
            path(f"M{number(mast)} {number(top - 48)}l20 6l-20 7Z", h.trim, fine=True),
        )
    )


def _nouveau_gable(h: House) -> str:
    w, x, top = h.width, h.x, h.top
    n = number
    outline = (
        f"M{n(x)} 0V{n(top)}Q{n(x + w * 0.1)} {n(top - 6)} {n(x + w * 0.14)} {n(top - 22)}"
        f"C{n(x + w * 0.22)} {n(top - 58)} {n(x + w * 0.78)} {n(top - 58)} {n(x + w * 0.86)} {n(top - 22)}"
        f"Q{n(x + w * 0.9)} {n(top - 6)} {n(h.right)} {n(top)}V0Z"
    )
    return path(outline, h.wall)


def _pitch(h: House) -> str:
    n, cx, top = number, h.middle, h.top
    wall = f"M{n(h.x)} 0V{n(top)}L{n(cx)} {n(top - 44)}L{n(h.right)} {n(top)}V0Z"
    roof = (
        f"M{n(h.x - 5)} {n(top + 4)}L{n(cx)} {n(top - 50)}L{n(h.right + 5)} {n(top + 4)}"
        f"L{n(h.right - 1)} {n(top + 9)}L{n(cx)} {n(top - 38)}L{n(h.x + 1)} {n(top + 9)}Z"
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
    wide = min(24, h.width / columns * 0.46)
    parts = [line(h.x, -GROUND_FLOOR, h.right, -GROUND_FLOOR)]
    for floor in range(floors):
        y, high = h.top + 16 + floor * floor_height, min(42, floor_height - 20)
        if h.kind == "deco":
            parts.append(_ribbon_window(h, y, high))
            continue
        for column in range(columns):
            x = h.x + h.width * (column + 0.5) / columns - wide / 2
            parts.append(window(x, y, wide, high, _WINDOWS[h.kind], h.trim, lit=chance.random() < 0.22))
        if floor == floors - 1 and h.kind in ("mansard", "bell"):
            parts.append(balcony(h.middle - h.width * 0.30, y + high - 12, h.width * 0.6))
    return "".join(parts)


def _ribbon_window(h: House, y: float, high: float) -> str:
    left, wide = h.x + h.width * 0.14, h.width * 0.72
    bars = (line(left + wide * i / 5, y, left + wide * i / 5, y + high) for i in range(1, 5))
    return (
        box(left, y, wide, high, colour("glass"))
        + "".join(bars)
        + box(h.x + h.width * 0.10, y + high, h.width * 0.80, 6, h.trim, fine=True)
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
    parts += [
        line(cx + radius * at, cy - radius * math.sqrt(1 - at * at), cx + radius * at * 0.9, sill)
        for at in (-0.5, 0, 0.5)
    ]
    parts.append(line(cx - radius * 0.97, cy - radius * 0.1, cx + radius * 0.97, cy - radius * 0.1))
    whip = f"M{n(h.x + 8)} {n(cy - radius * 0.2)}c4 -22 16 -30 30 -34M{n(h.right - 8)} {n(cy - radius * 0.2)}c-4 -22 -16 -30 -30 -34"
    parts.append(f'<path d="{whip}" fill="none" stroke="{h.trim}" stroke-width="4"/>')
    y, floor = sill + 16, -GROUND_FLOOR - 8
    parts.append(box(h.x + w * 0.18, y, w * 0.64, max(34, floor - y - 6), h.trim))
    pane = w * 0.64 / 3
    parts += [
        box(h.x + w * 0.18 + i * pane + 4, y + 6, pane - 8, max(22, floor - y - 18), colour("glass"), fine=True)
        for i in range(3)
    ]
    parts += [balcony(h.x + w * 0.12, floor - 16, w * 0.76), line(h.x, -GROUND_FLOOR, h.right, -GROUND_FLOOR)]
    return "".join(parts)


def _street_level(h: House, chance: random.Random) -> str:
    if h.shop:
        return (
            box(h.x + 10, -46, h.width - 20, 46, colour("glass"))
            + line(h.middle, -46, h.middle, 0)
            + awning(h.x + 5, -56, h.width - 10, h.trim)
        )
    door_left = chance.random() < 0.5
    wide = 24
    parts = [door(h.x + 14 if door_left else h.right - 14 - wide, wide, 50, h.trim, arch=h.kind != "deco")]
    if h.width > 86:
        x = h.right - 50 if door_left else h.x + 16
        parts += [
            box(x, -46, 34, 28, colour("glass")),
            line(x + 17, -46, x + 17, -18),
            box(x - 4, -18, 42, 5, colour("paper"), fine=True),
        ]
    return "".join(parts)


# --- parts of houses ----------------------------------------------------------------------------------------------------------


def window(x: float, y: float, width: float, height: float, kind: str, trim: str, lit: bool = False) -> str:
    n = number
    glass = colour("lit") if lit else colour("glass")
    middle, bottom = x + width / 2, y + height
    if kind == "arch":
        half = n(width / 2)
        outline = (
            f"M{n(x)} {n(bottom)}V{n(y + width / 2)}A{half} {half} 0 0 1 {n(x + width)} {n(y + width / 2)}V{n(bottom)}Z"
        )
        panes = (
            path(outline, glass)
            + line(middle, y, middle, bottom)
            + line(x, y + width / 2 + 2, x + width, y + width / 2 + 2)
        )
    elif kind == "lintel":
        lintel = f"M{n(x - 3)} {n(y)}Q{n(middle)} {n(y - 9)} {n(x + width + 3)} {n(y)}V{n(y + 6)}H{n(x - 3)}Z"
        bar = y + 6 + (height - 6) * 0.34
        panes = path(lintel, trim, fine=True) + box(x, y + 6, width, height - 6, glass)
        panes += line(middle, y + 6, middle, bottom) + line(x, bar, x + width, bar)
    else:
        bar = y + height * 0.36
        panes = box(x, y, width, height, glass) + line(middle, y, middle, bottom) + line(x, bar, x + width, bar)
    return panes + box(x - 4, bottom, width + 8, 5, trim, fine=True)


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
    return "".join(
        path(
            f"M{number(x + i * wide)} {number(y)}h{whole}v12a{half} {half} 0 0 1 -{whole} 0Z",
            fill if i % 2 == 0 else colour("paper"),
            fine=True,
        )
        for i in range(stripes)
    )
