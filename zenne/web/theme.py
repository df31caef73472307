"""Two colours and a corner style in, every colour role of a page out.

An organisation chooses a brand colour and an accent. Everything else is derived in OKLCH, a space in which equal steps look
equal, and then moved in lightness until each pair in `PAIRS` has its WCAG contrast. So no choice of colours, however unlucky, can
make a page unreadable: that is a property of this file (see tests/web/test_theme.py), not of anybody's care.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, get_args

from coloraide import Color

Corners = Literal["square", "soft", "round"]
Scheme = Literal["light", "dark"]
Roles = Mapping[str, str]

#: (text or edge, ground, least contrast). Every theme holds all of these, in light and in dark.
PAIRS: tuple[tuple[str, str, float], ...] = (
    ("ink", "bg", 7),
    ("ink", "surface", 7),
    ("ink", "hero", 7),
    ("ink", "tint", 7),
    ("ink2", "bg", 4.5),
    ("ink2", "surface", 4.5),
    ("ink2", "sunken", 4.5),
    ("ink2", "hero", 4.5),
    ("ink2", "tint", 4.5),
    ("link", "bg", 4.5),
    ("link", "surface", 4.5),
    ("link", "sunken", 4.5),
    ("link", "hero", 4.5),
    ("link", "tint", 4.5),
    ("onbrand", "brand", 4.5),
    ("onbrand", "brand2", 4.5),
    ("onbrand", "link", 4.5),
    ("onaccent", "accent", 4.5),
    ("brand", "surface", 3),
    ("brand", "hero", 3),
    ("brand", "tint", 3),
    ("line2", "bg", 3),
    ("line2", "surface", 3),
    ("line2", "sunken", 3),
    ("ok", "ok-tint", 4.5),
    ("warn", "warn-tint", 4.5),
    ("bad", "bad-tint", 4.5),
    ("ok", "surface", 4.5),
    ("warn", "surface", 4.5),
    ("bad", "surface", 4.5),
    ("bad", "bg", 4.5),
    ("focus", "bg", 3),
    ("focus", "surface", 3),
    ("focus", "hero", 3),
    ("focus", "tint", 3),
)

#: The ten themes of a process, as hues. Neighbouring numbers are far apart so that the first few are easy to tell apart.
CATEGORY_HUES: Mapping[int, float] = MappingProxyType(
    {1: 150, 2: 235, 3: 40, 4: 295, 5: 350, 6: 85, 7: 190, 8: 265, 9: 20, 10: 120}
)

#: What a corner style means for each size of thing.
RADII: Mapping[Corners, Mapping[str, str]] = MappingProxyType(
    {
        "square": {"s": "3px", "m": "6px", "l": "8px", "full": "8px", "button": "6px"},
        "soft": {"s": "6px", "m": "12px", "l": "26px", "full": "999px", "button": "14px"},
        "round": {"s": "6px", "m": "12px", "l": "18px", "full": "999px", "button": "999px"},
    }
)

_HEX = re.compile(r"#?([0-9a-f]{6})")


@dataclass(frozen=True)
class Theme:
    """The roles of one organisation, `light` and `dark`, as hex colours."""

    light: Roles
    dark: Roles
    corners: Corners


class NotAColour(ValueError):
    """The text is not a six-digit hex colour, or not a corner style."""


def colour(text: str) -> str:
    """`3D37B0` or `#3d37b0` as `#3d37b0`; anything else raises NotAColour."""
    match = _HEX.fullmatch(text.strip().lower())
    if match is None:
        raise NotAColour(text)
    return f"#{match[1]}"


def corner_style(text: str) -> Corners:
    for style in get_args(Corners):
        if text == style:
            return style  # type: ignore[no-any-return]
    raise NotAColour(text)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two hex colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=256)
def make(brand: str, accent: str, corners: Corners = "round") -> Theme:
    """All roles for these two colours. Pure, and memoised because it costs a few hundredths of a second."""
    chosen = Color(colour(brand)).convert("oklch")
    second = Color(colour(accent)).convert("oklch")
    # A grey has no hue and a chroma of noise: read it as a very quiet blue so that its tints stay neutral.
    hue = chosen["hue"] if chosen["chroma"] > 0.004 else 265.0
    light = _light(hue, chosen["lightness"], chosen["chroma"], second)
    return Theme(MappingProxyType(light), MappingProxyType(_dark(hue, chosen["chroma"], light)), corners)


def failures(roles: Roles) -> list[tuple[str, str, float, float]]:
    """The pairs that miss their contrast: always empty for what `make` returns; the proof is a test."""
    measured = ((front, ground, contrast(roles[front], roles[ground]), least) for front, ground, least in PAIRS)
    return [row for row in measured if row[2] < row[3]]


@lru_cache(maxsize=256)
def stylesheet(brand: str, accent: str, corners: Corners = "round") -> str:
    """The whole stylesheet of an organisation: roles, corners, category hues; light, dark by the system, dark by choice."""
    theme = make(brand, accent, corners)
    radii = _declarations("r", RADII[corners])
    light = f"color-scheme:light;{_declarations('c', theme.light)}{radii}"
    dark = f"color-scheme:dark;{_declarations('c', theme.dark)}"
    return "".join(
        (
            "@layer tokens{",
            f":root{{{light}}}",
            _categories("light", ""),
            "@media (prefers-color-scheme:dark){",
            f":root:not([data-scheme=light]){{{dark}}}",
            _categories("dark", ":root:not([data-scheme=light]) "),
            "}",
            f":root[data-scheme=dark]{{{dark}}}",
            _categories("dark", ":root[data-scheme=dark] "),
            # Paper is white whatever the screen was.
            f"@media print{{:root,:root[data-scheme]{{{light}}}{_categories('light', ':root ')}}}",
            "}",
        )
    )


@lru_cache(maxsize=256)
def fingerprint(brand: str, accent: str, corners: Corners = "round") -> str:
    """Changes when the stylesheet changes, so that it may be kept by browsers for ever."""
    return hashlib.sha256(stylesheet(brand, accent, corners).encode()).hexdigest()[:8]


def category(number: int, scheme: Scheme) -> Roles:
    """The five colours of a category: three for its tile, one to fill, one to write with."""
    hue = CATEGORY_HUES[number]
    if scheme == "light":
        tile = [_oklch(0.955, 0.028, hue), _oklch(0.84, 0.085, hue), _oklch(0.70, 0.13, hue)]
        return {
            "tile-a": tile[0],
            "tile-b": tile[1],
            "tile-c": tile[2],
            "cat-fill": _darken(0.70, 0.13, hue, ["#ffffff", "#f4f4f8"], 3.1),
            "cat-ink": _darken(0.5, 0.11, hue, ["#ffffff", tile[0]], 6),
        }
    tile = [_oklch(0.34, 0.05, hue), _oklch(0.45, 0.08, hue), _oklch(0.58, 0.11, hue)]
    return {
        "tile-a": tile[0],
        "tile-b": tile[1],
        "tile-c": tile[2],
        "cat-fill": _oklch(0.70, 0.13, hue),
        "cat-ink": _lighten(0.75, 0.08, hue, ["#2a2e45", tile[0]], 6),
    }


def _light(hue: float, lightness: float, chroma: float, accent: Color) -> dict[str, str]:
    # How colourful the grounds may be follows the brand: a grey brand gets grey grounds.
    calm = min(1.0, chroma / 0.1)
    roles = {
        "bg": _oklch(0.985, 0.0055 * calm, hue),
        "surface": "#ffffff",
        "sunken": _oklch(0.955, 0.0145 * calm, hue),
        "hero": _oklch(0.925, 0.035 * calm, hue),
        "tint": _oklch(0.945, 0.032 * calm, hue),
        "line": _oklch(0.895, 0.0155 * calm, hue),
        "onbrand": "#ffffff",
    }
    grounds = [roles[name] for name in ("bg", "surface", "sunken", "hero", "tint")]
    roles["ink"] = _darken(0.235, 0.055 * calm, hue, grounds, 11)
    roles["ink2"] = _darken(0.56, 0.035 * calm, hue, grounds, 5.2)
    roles["line2"] = _darken(0.70, 0.03 * calm, hue, grounds, 3.3)
    roles["brand"] = _darken(lightness, chroma, hue, grounds, 5.2)
    deep = Color(roles["brand"]).convert("oklch")["lightness"]
    roles["brand2"] = _darken(max(0.0, deep - 0.07), chroma * 0.95, hue, grounds, 5.2)
    roles["link"] = _darken(deep, min(chroma, 0.2), hue, grounds, 6)
    roles["focus"] = roles["ink"]
    roles["accent"], roles["onaccent"] = _accent(accent, roles["ink"])
    for name, tone, strength in (("ok", 155, 0.13), ("warn", 75, 0.13), ("bad", 27, 0.19)):
        roles[f"{name}-tint"] = _oklch(0.955, 0.03, tone)
        roles[name] = _darken(0.6, strength, tone, [*grounds, roles[f"{name}-tint"]], 4.6)
    return roles | _art(hue, calm, accent)


def _dark(hue: float, chroma: float, light: Roles) -> dict[str, str]:
    calm = min(1.0, chroma / 0.1)
    roles = {
        "bg": _oklch(0.195, 0.03 * calm, hue),
        "surface": _oklch(0.245, 0.035 * calm, hue),
        "sunken": _oklch(0.165, 0.028 * calm, hue),
        "hero": _oklch(0.27, 0.055 * calm, hue),
        "tint": _oklch(0.31, 0.055 * calm, hue),
        "line": _oklch(0.36, 0.035 * calm, hue),
        "onbrand": _oklch(0.18, 0.05 * calm, hue),
        "accent": light["accent"],
        "onaccent": light["onaccent"],
        "focus": "#ffffff",
    }
    grounds = [roles[name] for name in ("bg", "surface", "sunken", "hero", "tint")]
    roles["ink"] = _lighten(0.955, 0.012 * calm, hue, grounds, 9)
    roles["ink2"] = _lighten(0.6, 0.025 * calm, hue, grounds, 5.2)
    roles["line2"] = _lighten(0.6, 0.035 * calm, hue, grounds, 3.3)
    roles["brand"] = _lighten(0.62, min(chroma, 0.14), hue, [*grounds, roles["onbrand"]], 4.8)
    bright = Color(roles["brand"]).convert("oklch")["lightness"]
    roles["brand2"] = _lighten(min(0.97, bright + 0.06), min(chroma, 0.12), hue, [*grounds, roles["onbrand"]], 5)
    roles["link"] = roles["brand2"]
    for name, tone, strength in (("ok", 155, 0.13), ("warn", 80, 0.13), ("bad", 25, 0.15)):
        roles[f"{name}-tint"] = _oklch(0.27, 0.045, tone)
        roles[name] = _lighten(0.6, strength, tone, [*grounds, roles[f"{name}-tint"]], 4.7)
    return roles | {name: light[name] for name in ("art-brick", "art-soft", "art-brand")}


def _accent(accent: Color, ink: str) -> tuple[str, str]:
    """The accent is a ground for words, never a word: lighten it until ink or white can be read on it."""
    lightness = accent["lightness"]
    hue = accent["hue"] if accent["chroma"] > 0.004 else 0.0
    while True:
        shade = _oklch(lightness, accent["chroma"], hue)
        if contrast(ink, shade) >= 4.6:
            return shade, ink
        if contrast("#ffffff", shade) >= 4.6:
            return shade, "#ffffff"
        lightness += 0.01


def _art(hue: float, calm: float, accent: Color) -> dict[str, str]:
    """Two wall colours of the drawn street: brick warmed by the accent, and a plaster of the brand's own hue."""
    brick = Color("#d9674a").mix(accent.clone().convert("srgb"), 0.12, space="oklab")
    return {
        "art-brick": brick.convert("srgb").fit().to_string(hex=True),
        "art-soft": _oklch(0.86, 0.055 * calm, hue - 12),
        "art-brand": _oklch(0.44, 0.16 * calm, hue),
    }


def _darken(lightness: float, chroma: float, hue: float, grounds: Iterable[str], least: float) -> str:
    return _until(lightness, 0.0, chroma, hue, grounds, least)


def _lighten(lightness: float, chroma: float, hue: float, grounds: Iterable[str], least: float) -> str:
    return _until(lightness, 1.0, chroma, hue, grounds, least)


def _until(start: float, end: float, chroma: float, hue: float, grounds: Iterable[str], least: float) -> str:
    """The colour nearest to `start`, going towards black or white, that has `least` contrast with every ground.

    Bisection keeps one promise at every step: `passing` has been measured and passes. It starts at pure black or white.
    """
    ground_list = list(grounds)

    def passes(shade: str) -> bool:
        return all(contrast(shade, ground) >= least for ground in ground_list)

    first = _oklch(start, chroma, hue)
    if passes(first):
        return first
    passing, near, far = ("#000000" if end == 0.0 else "#ffffff"), start, end
    for _ in range(9):
        middle = (near + far) / 2
        shade = _oklch(middle, chroma, hue)
        if passes(shade):
            passing, far = shade, middle
        else:
            near = middle
    return passing


def _oklch(lightness: float, chroma: float, hue: float) -> str:
    return Color("oklch", [lightness, chroma, hue % 360]).fit("srgb").convert("srgb").to_string(hex=True)


@lru_cache(maxsize=4096)
def _luminance(shade: str) -> float:
    channels = (int(shade[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _declarations(prefix: str, values: Mapping[str, str]) -> str:
    return "".join(f"--{prefix}-{name}:{value};" for name, value in values.items())


@lru_cache(maxsize=8)
def _categories(scheme: Scheme, before: str) -> str:
    rules = []
    for number in CATEGORY_HUES:
        declarations = "".join(f"--{name}:{value};" for name, value in category(number, scheme).items())
        rules.append(f"{before}.cat-{number}{{{declarations}}}")
    return "".join(rules)
