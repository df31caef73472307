"""What is computed from what: read anew for each run, as it stands then."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from zenne.methods.formulas import Formula, Unit, order, read, unit

from .enums import IndicatorState
from .expressions import name_of
from .models import Indicator


@lru_cache(maxsize=8192)
def formula(text: str) -> Formula:
    """The tree of a formula that was found sound when it was saved."""
    return read(text)


@lru_cache(maxsize=1024)
def measure(text: str) -> Unit:
    return unit(text)


@dataclass(frozen=True)
class Graph:
    """`order` are the active computed indicators, each after all it needs; `inputs` what each of them means by its names; `users` who needs a number."""

    known: dict[int, Indicator]
    order: list[int]
    inputs: dict[int, dict[str, int]]
    users: dict[int, list[int]]


def load(only: Indicator | None = None) -> Graph:
    """Of all that are active, or of a single one, active or not."""
    rows = Indicator.objects.filter(pk=only.pk) if only else Indicator.objects.filter(state=IndicatorState.ACTIVE)
    computed = {found.pk: found for found in rows.exclude(expression="").order_by("pk")}
    named = {pk: formula(found.expression).names for pk, found in computed.items()}
    slugs = {name.replace("_", "-") for names in named.values() for name in names}
    known = dict(computed)
    for found in Indicator.objects.filter(slug__in=slugs).order_by("pk"):
        known.setdefault(found.pk, found)
    by_name = {name_of(found.slug): pk for pk, found in known.items()}
    inputs = {pk: {name: by_name[name] for name in sorted(names) if name in by_name} for pk, names in named.items()}
    users: dict[int, list[int]] = defaultdict(list)
    for pk, meant in inputs.items():
        for each in meant.values():
            users[each].append(pk)
    keys = {name_of(found.slug): pk for pk, found in computed.items()}
    way = order({name: named[pk] for name, pk in keys.items()})
    return Graph(known, [keys[name] for name in way], inputs, users)


def used(indicators: Collection[int]) -> list[int]:
    """Those of them that a formula names."""
    texts = Indicator.objects.exclude(expression="").order_by().values_list("expression", flat=True)
    names = {name.replace("_", "-") for text in texts for name in formula(text).names}
    return sorted(Indicator.objects.filter(pk__in=indicators, slug__in=names).values_list("pk", flat=True))
