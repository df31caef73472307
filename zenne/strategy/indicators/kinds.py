"""What apps bring to indicators, and what they hear from them. Indicators know none by name.

sources.register("participation", Source(_("Participation"), all))      # in an app's series.py: series that indicators may follow
listeners.register("portfolio", heard)                                  # in an app's measured.py: something was published
narrowings.register("plan", Narrowing(...))                             # in an app's narrowings.py: /api/v1/indicators?plan=...
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zenne.core.errors import Words
from zenne.core.registry import Registry
from zenne.people.organisations.models import Organisation

from .models import Measurement

Period = tuple[date, date]  # first and last day
Spot = tuple[int | None, date, date]  # area or None for the whole, first and last day


@dataclass(frozen=True)
class Asked:
    """Which values of a series are wanted: of the organisation, or of the one thing that `of` names, for these periods."""

    organisation: Organisation
    of: str
    periods: Sequence[Period]


@dataclass(frozen=True)
class Series:
    """Something that is counted anyway. `read` gives a value for each spot that has one; a value that must stay hidden is not there.

    `since` is the first day of which it knows anything; None while it knows nothing.
    """

    name: Words
    unit: str
    read: Callable[[Asked], Mapping[Spot, Decimal]]
    since: Callable[[Organisation, str], date | None]


@dataclass(frozen=True)
class Source:
    """A family of series: `all` gives them by their key inside the family, `things` what `of` may name for an organisation (key and words)."""

    label: Words
    all: Callable[[], Mapping[str, Series]]
    things: Callable[[Organisation], Sequence[tuple[str, Words]]]


Heard = Callable[[Measurement, datetime], None]
sources: Registry[Source] = Registry("series")
listeners: Registry[Heard] = Registry("measured")


def series(key: str) -> Series | None:
    """By its whole key, as in `participation.ideas`."""
    family, _dot, name = key.partition(".")
    source = sources.get(family)
    return source.all().get(name) if source else None


def all_series() -> list[tuple[str, Series]]:
    """By whole key, families in order of registration."""
    return [(f"{family}.{name}", one) for family, source in sources.items() for name, one in source.all().items()]
