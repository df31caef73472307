"""Quotas in plain words, beside what the pool holds. Groups of fewer than ten people of the pool are not shown (docs/methods/suppression.md)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zenne.core.languages import current, shown
from zenne.methods.suppression import hidden
from zenne.web.tags.words import DECIMAL, grouped

from ..models import Category, Lottery


@dataclass(frozen=True)
class Group:
    """A group with its quota. `pool` is None where the group is too small to show, and where there is no pool yet (`counted` is False)."""

    name: str
    key: str
    minimum: int
    maximum: int
    share: str
    words: str
    pool: int | None
    counted: bool
    seats: int | None
    size: int

    @property
    def pool_words(self) -> str:
        if not self.counted:
            return ""
        return _("fewer than 10 or hidden") if self.pool is None else grouped(self.pool)

    @property
    def left(self) -> str:
        """Where the bar of the quota begins, in percent of the panel."""
        return f"{self.minimum / self.size * 100:.1f}"

    @property
    def width(self) -> str:
        """A quota of one number is still seen."""
        return f"{max(1.0, (self.maximum - self.minimum) / self.size * 100):.1f}"

    @property
    def seats_width(self) -> str:
        return f"{(self.seats or 0) / self.size * 100:.1f}"


@dataclass(frozen=True)
class Quota:
    """A category with its groups."""

    name: str
    key: str
    figures: str
    groups: tuple[Group, ...]


def quotas(
    lottery: Lottery,
    categories: list[Category],
    pool: dict[tuple[str, str], int] | None,
    seats: dict[tuple[str, str], int] | None = None,
) -> list[Quota]:
    """`pool`: people per (category, group), None before there is a pool; `seats`: the same of the panel, once it is drawn."""
    return [_quota(lottery, category, pool, seats) for category in categories]


def _quota(
    lottery: Lottery,
    category: Category,
    pool: dict[tuple[str, str], int] | None,
    seats: dict[tuple[str, str], int] | None,
) -> Quota:
    features = list(category.features.all())
    counts = {feature.key: (pool or {}).get((category.key, feature.key), 0) for feature in features}
    gone = hidden(counts, order=list(counts)) if pool is not None else frozenset()
    groups = tuple(
        Group(
            name=shown(feature, "name")[0] or feature.key,
            key=feature.key,
            minimum=feature.minimum,
            maximum=feature.maximum,
            share=percent(float(feature.share)) if feature.share is not None else "",
            words=seats_words(feature.minimum, feature.maximum),
            pool=None if pool is None or feature.key in gone else counts[feature.key],
            counted=pool is not None,
            seats=(seats or {}).get((category.key, feature.key), 0) if seats is not None else None,
            size=lottery.size,
        )
        for feature in features
    )
    return Quota(shown(category, "name")[0] or category.key, category.key, shown(category, "figures")[0], groups)


def seats_words(minimum: int, maximum: int) -> str:
    if minimum == maximum:
        return ngettext("exactly %(count)d seat", "exactly %(count)d seats", maximum) % {"count": maximum}
    return _("%(least)d to %(most)d seats") % {"least": minimum, "most": maximum}


def percent(value: float, digits: int = 1) -> str:
    """`23,5 %` as one writes it in the language of the page."""
    said = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    sign = "%" if current() == "en" else "\u00a0%"
    return said.replace(".", DECIMAL[current()]) + sign
