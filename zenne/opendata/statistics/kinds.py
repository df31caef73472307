"""What is counted. Each app declares its measures from its own `statistics.py`; statistics knows none by name.

    measures.register("ideas", Measure(_("Ideas"), "bulb", rows=_ideas, moment="published_at", person="author_id", splits={...}))

A measure is a set of rows, one for each thing that counts, and the names of its columns: statistics makes the queries.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from zenne.core.registry import Registry

from .enums import ScopeKind, Split

Words = str | Promise


@dataclass(frozen=True)
class Scope:
    """What numbers are about: one process, or everything of one organisation."""

    kind: ScopeKind
    key: int

    @classmethod
    def process(cls, key: int) -> "Scope":
        return cls(ScopeKind.PROCESS, key)

    @classmethod
    def organisation(cls, key: int) -> "Scope":
        return cls(ScopeKind.ORGANISATION, key)


@dataclass(frozen=True)
class Name:
    """What a value of a split is called; `category` is one of the ten hues, where it has one."""

    label: Words
    category: int | None = None


@dataclass(frozen=True)
class Measure:
    """Something that is counted. Every value is the path of a column from the rows of `rows(scope)`.

    `moment` is when it happened. `person` is who did it, which makes them a participant where `takes_part`. `splits` are written on the thing
    itself for everybody to see; `names` gives words to their values (keys as text), for themes and channels. An `optional` measure is shown only
    where it has something.
    """

    label: Words
    icon: str
    rows: Callable[[Scope], QuerySet[Any]]
    moment: str
    person: str = ""
    splits: Mapping[Split, str] = field(default_factory=dict)
    names: Mapping[Split, Callable[[Collection[str]], Mapping[str, Name]]] = field(default_factory=dict)
    takes_part: bool = True
    optional: bool = False
    order: int = 50


@dataclass(frozen=True)
class Clock:
    """A promise to answer within a number of days. `begun`, `ended` and `days` are columns of `rows(scope)`.

    `ended` is null while nobody has answered. `title` and `url` speak of one row, which must need no further query.
    """

    label: Words
    rows: Callable[[Scope], QuerySet[Any]]
    begun: str
    ended: str
    days: str
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    order: int = 50


@dataclass(frozen=True)
class Ground:
    """What lies behind the keys: `areas(scope)` finds the number of its area, nothing for the whole Region; `process(slug)` is that of a public process."""

    areas: Callable[[Scope], QuerySet[Any]]
    process: Callable[[str], int | None]


measures: Registry[Measure] = Registry("statistics")
clocks: Registry[Clock] = Registry("statistics")
grounds: Registry[Ground] = Registry("statistics")


def in_order() -> list[tuple[str, Measure]]:
    """Every measure by its key, in the order in which people read them."""
    return sorted(measures.items(), key=lambda item: (item[1].order, item[0]))
