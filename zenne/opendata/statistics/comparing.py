"""Those who took part beside those who live there, said in words. Made only of numbers that are shown: nothing hidden can leak through it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zenne.methods import representation
from zenne.people.accounts.enums import Gender
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.places.areas.queries import inhabitants_of

from .counting import PEOPLE, UNKNOWN
from .enums import BANDS, Trait

FEWEST_KNOWN = 30  # below this, the bounds are so wide that a comparison says nothing
MOST_SAID = 3


@dataclass(frozen=True)
class Group:
    """One group: shares in percent, of the area and of those who took part (None: hidden), and the bounds of the latter."""

    key: str
    label: str
    area: float
    part: float | None
    low: float | None
    high: float | None
    telling: bool

    @property
    def points(self) -> int | None:
        return None if self.part is None else round(self.part) - round(self.area)


@dataclass(frozen=True)
class Comparison:
    """One trait. `known` of `people` took part and are compared; `sentences` say the widest sure gaps, or that there is none."""

    trait: str
    title: str
    area: str
    at: date
    people: int
    known: int
    unknown_percent: int | None
    groups: tuple[Group, ...]
    sentences: tuple[str, ...]
    different_percent: int | None
    by_chance_percent: int | None

    @property
    def enough(self) -> bool:
        return self.known >= FEWEST_KNOWN


def comparisons(found: Mapping[str, Any], area: Area | None, parts: Sequence[Area]) -> list[Comparison]:
    """What can be compared: nothing without figures of the area, or without people. `parts` are the areas that make it up, by name."""
    whole = found["totals"][PEOPLE]["number"]
    if area is None or not whole:
        return []
    traits = ((trait, found["traits"].get(trait, {}).get(PEOPLE, {})) for trait in Trait)
    return [one for trait, people in traits if (one := _of(trait, people, whole, area, parts))]


def _of(
    trait: Trait, people: Mapping[str, int | None], whole: int, area: Area, parts: Sequence[Area]
) -> Comparison | None:
    there = _there(trait, area, parts) if people else None
    if there is None or not set(people) & set(there[1]):
        return None
    at, lives, names = there
    # made of shown numbers only: where all groups are shown, they are the whole; else hidden ones count in it, known or not
    aside = sum(number for key, number in people.items() if key not in lives and number is not None)
    counts = {key: people.get(key, 0) for key in lives}
    given = {key: number for key, number in counts.items() if number is not None}
    known = sum(given.values()) if len(given) == len(counts) else whole - aside
    gaps = representation.gaps(lives, counts, known)
    enough = known >= FEWEST_KNOWN
    groups = tuple(
        Group(
            gap.group,
            names[gap.group],
            gap.area * 100,
            gap.part * 100 if gap.part is not None and enough else None,
            gap.low * 100 if gap.low is not None and enough else None,
            gap.high * 100 if gap.high is not None and enough else None,
            gap.telling and enough,
        )
        for gap in gaps
    )
    complete = enough and len(given) == len(counts)
    unknown = people.get(UNKNOWN, 0)
    return Comparison(
        trait=str(trait),
        title={Trait.AGE: _("Age"), Trait.GENDER: _("Women and men"), Trait.PLACE: _("Where people live")}[trait],
        area=str(area),
        at=at,
        people=whole,
        known=known,
        unknown_percent=None if unknown is None else round(unknown / whole * 100),
        groups=groups,
        sentences=tuple(_sentences(trait, groups)) if enough else (),
        different_percent=round(representation.dissimilarity(lives, given) * 100) if complete else None,
        by_chance_percent=round(representation.dissimilarity_by_chance(lives, known) * 100) if complete else None,
    )


def _there(trait: Trait, area: Area, parts: Sequence[Area]) -> tuple[date, dict[str, int], dict[str, str]] | None:
    """The day of the figures, the inhabitants per group, and the names of the groups; None where nothing is known."""
    if trait == Trait.PLACE:
        parts = [part for part in parts if part.kind == AreaKind.COMMUNE]
        if not parts or any(part.population is None or part.population_at is None for part in parts):
            return None
        lives = {str(part.pk): part.population or 0 for part in parts}
        return parts[0].population_at or date.min, lives, {str(part.pk): str(part) for part in parts}
    figures = inhabitants_of(area)
    if figures is None:
        return None
    if trait == Trait.GENDER:
        women, men = Gender.WOMAN.value, Gender.MAN.value
        return figures.at, {women: figures.women, men: figures.men}, {women: _("Women"), men: _("Men")}
    ages = {str(first): figures.ages[first] for first in BANDS[:-1]}
    ages[str(BANDS[-1])] = sum(number for first, number in figures.ages.items() if first >= BANDS[-1])
    return figures.at, ages, {str(first): people_of(first) for first in BANDS}


def people_of(first: int) -> str:
    """A band of ages as the subject of a sentence."""
    at = BANDS.index(first)
    if at == 0:
        return _("People of 10 to %(last)d") % {"last": BANDS[1] - 1}
    if at == len(BANDS) - 1:
        return _("People of %(age)d and over") % {"age": first}
    return _("People of %(first)d to %(last)d") % {"first": first, "last": BANDS[at + 1] - 1}


def _sentences(trait: Trait, groups: tuple[Group, ...]) -> list[str]:
    telling = [group for group in groups if group.telling and group.points]
    telling.sort(key=lambda group: (-abs(group.points or 0), group.label))
    if trait == Trait.GENDER:
        telling = telling[:1]  # the other one is the same gap, seen from its other side
    if not telling:
        if any(group.part is not None for group in groups):
            return [
                _(
                    "No group is far enough from its share of the inhabitants to say more than that chance could have done it."
                )
            ]
        return []
    return [sentence(group, at_home=trait == Trait.PLACE) for group in telling[:MOST_SAID]]


def sentence(group: Group, *, at_home: bool = False) -> str:
    """The gap of one group, in words."""
    assert group.points is not None and group.part is not None
    less = group.points < 0
    number = abs(group.points)
    points = (
        ngettext("%(number)d point fewer", "%(number)d points fewer", number)
        if less
        else ngettext("%(number)d point more", "%(number)d points more", number)
    ) % {"number": number}
    words = (
        _("%(group)s has %(area)d %% of the inhabitants and %(part)d %% of those who took part: %(points)s.")
        if at_home
        else _("%(group)s are %(area)d %% of the inhabitants and %(part)d %% of those who took part: %(points)s.")
    )
    return words % {"group": group.label, "area": round(group.area), "part": round(group.part), "points": points}
