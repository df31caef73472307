"""A street from a seed: houses, trees, people, a tram. Each process without a photo lives in its own street.

There are three kinds: with a tram along the head of a page (`tram`), without one (`calm`), and the shorter one on a card (`short`), which is never as broad.
"""

import hashlib
import random
import re
from functools import lru_cache
from html import escape

from .houses import KINDS, House, draw
from .pen import OUTLINE, box, colour, disc, line, number, path, seed_number, square

HEIGHT = 330
WIDTHS = {"tram": 1320, "calm": 1320, "short": 990}
PACE = 146  # of things on the pavement
_WALLS = ("1", "4", "5", "6", "paper", "3")
_TRIMS = ("2", "3", "paper", "6", "1")


def facades(seed: str, label: str = "", kind: str = "tram") -> str:
    """The street of `seed` as SVG, all in one. Decoration by default; with a `label` it is an image with that name."""
    return _framed(_drawn(seed, kind), label, kind)


def shown(address: str, label: str = "", kind: str = "tram") -> str:
    """The same, drawn by the browser from a file at `address`. Colours come from the page: a file asks it for its tokens."""
    return _framed(f'<use href="{escape(address)}#street"/>', label, kind)


@lru_cache(maxsize=128)
def file(seed: str, kind: str) -> str:
    """The street as a file that pages refer to (`shown`)."""
    return f'<svg xmlns="http://www.w3.org/2000/svg">{_drawn(seed, kind)}</svg>'


@lru_cache(maxsize=2048)
def fingerprint(seed: str, kind: str) -> str:
    """Changes when the drawing does."""
    return hashlib.sha256(file(seed, kind).encode()).hexdigest()[:8]


def seed_of(text: str) -> str:
    """What can stand in an address as it is, else a digest of it."""
    return text if re.fullmatch(r"[\w-]{1,80}", text) else hashlib.sha256(text.encode()).hexdigest()[:16]


def _framed(drawing: str, label: str, kind: str) -> str:
    named = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true" focusable="false"'
    return (
        f'<svg class="art" xmlns="http://www.w3.org/2000/svg" viewBox="0 -{HEIGHT - 36} {WIDTHS[kind]} {HEIGHT}" '
        f'preserveAspectRatio="xMidYMax slice" {named}>{drawing}</svg>'
    )


def _drawn(seed: str, kind: str) -> str:
    chance, width = random.Random(seed_number(seed)), WIDTHS[kind]  # noqa: S311 - a drawing
    drawing = _sky(width) + _houses(chance, width) + _pavement(chance, width)
    drawing += _tram_line(chance, width) if kind == "tram" else ""
    return f'<g id="street" {OUTLINE}>{drawing}</g>'


def _houses(chance: random.Random, length: int) -> str:
    """Neighbours differ in kind and in colour; every third house is a shop."""
    x, count, parts = -16.0, 0, []
    kind = wall = ""
    while x < length + 10:
        kind = chance.choice([other for other in KINDS if other != kind])
        width = chance.choice((92, 100, 108, 120)) + (18 if kind in ("nouveau", "mansard") else 0)
        height = chance.choice((148, 164, 184, 200)) - (14 if kind in ("step", "bell") else 0)
        wall = chance.choice([other for other in _WALLS if other != wall])
        trim = chance.choice([other for other in _TRIMS if other != wall])
        parts.append(draw(House(kind, width, height, colour(wall), colour(trim), shop=count % 3 == 1), x, chance))
        x += width
        count += 1
    return "".join(parts)


def _sky(width: int) -> str:
    parts = [disc(width * 0.80, -HEIGHT * 0.76, 34, colour("sun"))]
    for x, y, size in ((0.20, 0.76, 0.8), (0.545, 0.72, 0.8), (0.93, 0.66, 0.9)):
        n, s = number, size
        cloud = (
            f"M{n(width * x)} -{n(HEIGHT * y)}a{n(16 * s)} {n(16 * s)} 0 0 1 {n(14 * s)} -{n(22 * s)}"
            f"a{n(22 * s)} {n(22 * s)} 0 0 1 {n(42 * s)} -{n(4 * s)}a{n(15 * s)} {n(15 * s)} 0 0 1 {n(16 * s)} {n(26 * s)}Z"
        )
        parts.append(path(cloud, colour("cloud"), fine=True))
    return "".join(parts)


def _pavement(chance: random.Random, width: int) -> str:
    """The things in front of the houses: the same nine, or as many as find room, in an order that belongs to the street."""
    things = [
        lambda x: tree(x, 1.05),
        lambda x: person(x, "2"),
        lamp,
        lambda x: bench(x) + tree(x + 66, 0.85),
        lambda x: person(x, "3", hair="trunk", waving=True) + person(x + 20, "2", size=0.66),
        lambda x: tree(x, 0.95),
        bike,
        lambda x: person(x, "6", hair="roof"),
        lambda x: tree(x, 1.1),
    ]
    chance.shuffle(things)
    room = things[: width // PACE]
    placed = "".join(thing(int(width / len(room) * (place + 0.35))) for place, thing in enumerate(room))
    ground = f'<path d="M-20 0H{width + 20}V40H-20Z" fill="{colour("ground")}" stroke="none"/>'
    return f'{ground}{line(-20, 0, width + 20, 0, fine=False)}<g transform="translate(0 9)">{placed}</g>'


def _tram_line(chance: random.Random, width: int) -> str:
    x = int(width * chance.choice((0.36, 0.48, 0.60)))
    wire = f'<path d="M-20 -62H{width + 20}" fill="none" stroke-width="1.2"/>'
    rail = line(-20, 0, width + 20, 0, fine=False)
    return f'{wire}<g transform="translate(0 34)">{rail}{tram(x)}{person(x - 40, "5")}</g>'


def tree(x: float, size: float = 1) -> str:
    n, s = number, size
    trunk = f"M{n(x - 3 * s)} 0V-{n(40 * s)}h{n(6 * s)}V0Z"
    crown = (
        f"M{n(x - 26 * s)} -{n(52 * s)}a{n(17 * s)} {n(17 * s)} 0 0 1 {n(8 * s)} -{n(28 * s)}"
        f"a{n(20 * s)} {n(20 * s)} 0 0 1 {n(38 * s)} 0a{n(17 * s)} {n(17 * s)} 0 0 1 {n(6 * s)} {n(30 * s)}"
        f"a{n(18 * s)} {n(18 * s)} 0 0 1 -{n(26 * s)} {n(10 * s)}a{n(18 * s)} {n(18 * s)} 0 0 1 -{n(26 * s)} -{n(12 * s)}Z"
    )
    bow = f"q{n(6 * s)} -{n(6 * s)} {n(12 * s)} 0"
    leaves = f"M{n(x - 10 * s)} -{n(72 * s)}{bow}M{n(x + 4 * s)} -{n(56 * s)}{bow}"
    return path(trunk, colour("trunk")) + path(crown, colour("leaf")) + path(leaves, fine=True)


def person(x: float, coat: str, hair: str = "ink", size: float = 1, waving: bool = False) -> str:
    n, k = number, size
    high, half = 46 * k, 8.5 * k
    legs = f"M{n(x - 4 * k)} 0V-{n(high * 0.34)}M{n(x + 4 * k)} 0V-{n(high * 0.34)}"
    body = f"M{n(x - half)} -{n(high * 0.26)}V-{n(high * 0.56)}a{n(half)} {n(half)} 0 0 1 {n(2 * half)} 0V-{n(high * 0.26)}Z"
    reach = f"l{n(half * 1.1)} -{n(high * 0.22)}" if waving else f"v{n(high * 0.22)}"
    arm = f"M{n(x + half * 0.55)} -{n(high * 0.55)}{reach}"
    head, r = -high * 0.56 - half - 5.2 * k, 6.2 * k
    locks = (
        f"M{n(x - r)} {n(head + 1)}a{n(r)} {n(r)} 0 1 1 {n(2 * r)} 0q-{n(6 * k)} -{n(k)} -{n(7 * k)} -{n(4.5 * k)}"
        f"q-{n(2 * k)} {n(4 * k)} -{n(5.4 * k)} {n(4.5 * k)}Z"
    )
    return "".join(
        (
            path(legs),
            path(body, colour(coat), fine=True),
            path(arm, fine=True),
            disc(x, head, r, colour("skin"), fine=True),
            path(locks, colour(hair), fine=True),
        )
    )


def bike(x: float) -> str:
    frame = f"M{x} -10l9 -15h13l6 15M{x + 9} -25l5 15l8 -15M{x + 6} -28h6M{x + 22} -25l-1 -5h5"
    wheels = disc(x, -10, 9.5, "none", fine=True) + disc(x + 28, -10, 9.5, "none", fine=True)
    return f'{wheels}<path d="{frame}" fill="none" stroke="{colour("3")}" stroke-width="2.6"/>'


def lamp(x: float) -> str:
    lantern = path(f"M{number(x - 6)} -86h12l-2 -16h-8Z", colour("lit"))
    post = line(x, 0, x, -86, fine=False) + line(x - 7, -104, x + 7, -104, fine=False)
    return post + lantern + box(x - 5, -6, 10, 6, colour("ink"))


def bench(x: float) -> str:
    planks = path(square(x, -16, 46, 4) + square(x, -27, 46, 4), colour("3"), fine=True)
    return planks + line(x + 6, -27, x + 6, 0, fine=False) + line(x + 40, -27, x + 40, 0, fine=False)


def tram(x: float) -> str:
    long = 250
    middle = x + long / 2
    bow = (
        line(middle - 14, -78, middle + 6, -96)
        + line(middle + 26, -78, middle + 6, -96)
        + line(middle - 10, -96, middle + 22, -96, fine=False)
    )
    body = path(f"M{x} -12V-58q2 -18 22 -18H{x + long - 22}q20 0 22 18V-12Z", colour("2"))
    skirt = path(f"M{x + 1} -30H{x + long - 1}V-12H{x + 1}Z", colour("paper"))
    ends = path(f"M{x + 6} -38q0 -28 16 -30h14v30Z", colour("glass")) + path(
        f"M{x + long - 6} -38q0 -28 -16 -30h-14v30Z", colour("glass")
    )
    windows = path("".join(square(x + at, -68, 26, 30) for at in (44, 76, 130, 162)), colour("glass"))
    door = box(x + 106, -68, 20, 56, colour("glass")) + line(x + 116, -68, x + 116, -12)
    bogies = path(square(x + 34, -12, 44, 7) + square(x + 172, -12, 44, 7), colour("ink"))
    wheels = "".join(disc(x + at, -5, 5, colour("paper")) for at in (44, 68, 182, 206))
    return f"<g>{bow}{body}{skirt}{ends}{windows}{door}{bogies}{wheels}</g>"
