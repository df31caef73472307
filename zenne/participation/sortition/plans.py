"""A design as the assistant sees it: rows turned into `planning.Plan`, and what it answers turned back."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import planning, wording
from .models import Category, Feature, Lottery


@dataclass(frozen=True)
class Row:
    """A group in the table of a design. `expected`: how many of it are likely to say yes; `target`: its share of the seats."""

    feature: Feature
    target: float | None
    expected: int | None


@dataclass(frozen=True)
class Advice:
    """What the assistant says. `blocking` first: quotas that nothing can meet."""

    letters: int
    pool: int
    response: float
    blocking: tuple[str, ...]
    doubts: tuple[str, ...]


def plan_of(lottery: Lottery, categories: Sequence[Category]) -> planning.Plan:
    return planning.Plan(
        size=lottery.size,
        response=float(lottery.response_percent),
        categories={category.key: [_group(feature) for feature in category.features.all()] for category in categories},
        letters=lottery.letters,
        wished=lottery.wished,
        population=lottery.area.population if lottery.area else None,
    )


def _group(feature: Feature) -> planning.Group:
    return planning.Group(
        feature.key,
        None if feature.share is None else float(feature.share),
        feature.minimum,
        feature.maximum,
        None if feature.response_percent is None else float(feature.response_percent),
    )


def rows(plan: planning.Plan, category: Category) -> list[Row]:
    likely = planning.expected(plan, category.key)
    return [
        Row(
            feature,
            None if feature.share is None else float(feature.share) / 100 * plan.size,
            likely[feature.key],
        )
        for feature in category.features.all()
    ]


def advice(plan: planning.Plan, categories: Sequence[Category]) -> Advice:
    names = {
        (category.key, feature.key): str(feature) for category in categories for feature in category.features.all()
    }
    names |= {(category.key, ""): str(category) for category in categories}
    found = planning.doubts(plan)
    return Advice(
        letters=planning.letters(plan),
        pool=planning.expected_pool(plan),
        response=planning.response(plan),
        blocking=tuple(wording.doubt(one, names) for one in found if one.blocks),
        doubts=tuple(wording.doubt(one, names) for one in found if not one.blocks),
    )
