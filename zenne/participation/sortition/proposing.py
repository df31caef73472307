"""What the assistant proposes for a category: its groups, their shares of the inhabitants by official figures, and where the figures come from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zenne.core.languages import in_every_language
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.places.areas.queries import Inhabitants, inhabitants_of, within

from .enums import CategoryKind, Known

DECADE = 10
OLDEST = 80  # the last decade of the figures, without end
AGES = (16, 25, 40, 55, 70)
NAMES = {
    CategoryKind.AGE: lambda: _("Age"),
    CategoryKind.GENDER: lambda: _("Gender"),
    CategoryKind.PLACE: lambda: _("Where people live"),
    CategoryKind.EDUCATION: lambda: _("Education"),
    CategoryKind.LANGUAGE: lambda: _("Language"),
    CategoryKind.OWN: lambda: "",
}
KEYS = {kind: "place" if kind == CategoryKind.PLACE else kind.value for kind in CategoryKind}
# What a population register holds; the others only people themselves can say.
REGISTERED = (CategoryKind.AGE, CategoryKind.GENDER, CategoryKind.PLACE)


@dataclass(frozen=True)
class Proposed:
    """A group; `name` by language, `share` in percent or None."""

    key: str
    name: dict[str, str]
    share: float | None = None
    age_from: int | None = None
    age_to: int | None = None
    area: Area | None = None


@dataclass(frozen=True)
class Proposal:
    key: str
    kind: CategoryKind
    known: Known
    name: dict[str, str]
    figures: dict[str, str] = field(default_factory=dict)
    groups: tuple[Proposed, ...] = ()


def proposal(kind: CategoryKind, area: Area | None, *, ages: Sequence[int] = AGES) -> Proposal:
    """A category with its groups, shares where official figures of the area say them. `ages` are the first years of the bands."""
    figures = inhabitants_of(area) if area else None
    groups = {
        CategoryKind.AGE: lambda: _ages(ages, figures),
        CategoryKind.GENDER: lambda: _genders(figures),
        CategoryKind.PLACE: lambda: _places(area),
        CategoryKind.EDUCATION: lambda: (
            Proposed("basic", in_every_language(lambda: _("Primary or lower secondary"))),
            Proposed("secondary", in_every_language(lambda: _("Upper secondary"))),
            Proposed("higher", in_every_language(lambda: _("Higher education"))),
        ),
        CategoryKind.LANGUAGE: lambda: (
            Proposed("fr", in_every_language(lambda: _("French"))),
            Proposed("nl", in_every_language(lambda: _("Dutch"))),
            Proposed("other", in_every_language(lambda: _("Another language"))),
        ),
        CategoryKind.OWN: lambda: (),
    }[kind]()
    return Proposal(
        key=KEYS[kind],
        kind=kind,
        known=Known.REGISTER if kind in REGISTERED else Known.ANSWER,
        name=in_every_language(NAMES[kind]),
        figures=_source(kind, area, figures, groups),
        groups=groups,
    )


def _ages(starts: Sequence[int], figures: Inhabitants | None) -> tuple[Proposed, ...]:
    """Bands of ages among those who are old enough. Figures come by decade: within one, years are taken as equally many."""
    bands = [(first, after - 1) for first, after in pairwise(starts)] + [(starts[-1], None)]
    people = {first: _people(figures, first, last) for first, last in bands} if figures else {}
    whole = sum(people.values())
    return tuple(
        Proposed(
            f"{first}-{last}" if last is not None else f"{first}-plus",
            in_every_language(lambda first=first, last=last: _band(first, last)),
            people[first] / whole * 100 if whole else None,
            age_from=first,
            age_to=last,
        )
        for first, last in bands
    )


def _band(first: int, last: int | None) -> str:
    if last is None:
        return _("%(first)d and over") % {"first": first}
    return _("%(first)d to %(last)d") % {"first": first, "last": last}


def _people(figures: Inhabitants, first: int, last: int | None) -> float:
    number = 0.0
    for decade, living in figures.ages.items():
        if decade == OLDEST:
            number += living if last is None or last >= OLDEST else 0
            continue
        years = min(decade + DECADE - 1, last if last is not None else OLDEST) - max(decade, first) + 1
        number += living * max(0, years) / DECADE
    return number


def _genders(figures: Inhabitants | None) -> tuple[Proposed, ...]:
    whole = figures.women + figures.men if figures else 0
    return (
        Proposed(
            "woman",
            in_every_language(lambda: pgettext("group of a quota", "Women")),
            figures.women / whole * 100 if figures else None,
        ),
        Proposed(
            "man",
            in_every_language(lambda: pgettext("group of a quota", "Men")),
            figures.men / whole * 100 if figures else None,
        ),
        Proposed("other", in_every_language(lambda: _("Another answer"))),  # official figures know but two
    )


def _places(area: Area | None) -> tuple[Proposed, ...]:
    if area is None:
        return ()
    parts = list(within(area, AreaKind.COMMUNE if area.kind == AreaKind.REGION else AreaKind.DISTRICT))
    whole = sum(part.population or 0 for part in parts)
    known = bool(parts) and all(part.population is not None for part in parts) and whole
    return tuple(
        Proposed(
            part.code.lower(),
            {"fr": part.name_fr, "nl": part.name_nl, "en": part.name_fr},
            (part.population or 0) / whole * 100 if known else None,
            area=part,
        )
        for part in parts
    )


def _source(
    kind: CategoryKind, area: Area | None, figures: Inhabitants | None, groups: tuple[Proposed, ...]
) -> dict[str, str]:
    if area is None or not groups or groups[0].share is None:
        return {}
    at = groups[0].area.population_at if groups[0].area else figures.at if figures else None
    if kind == CategoryKind.AGE:
        return in_every_language(
            lambda: (
                _("Statbel, population of %(area)s on %(day)s; within ten years of age taken as equally many")
                % {"area": area, "day": f"{at:%d/%m/%Y}" if at else "?"}
            )
        )
    return in_every_language(
        lambda: _("Statbel, population of %(area)s on %(day)s") % {"area": area, "day": f"{at:%d/%m/%Y}" if at else "?"}
    )
