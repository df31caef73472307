"""Where promises come from that no decision about ideas made. Each upper app that promises declares its own from `origins.py`:

    origins.register("advices", _find)      # _find(commitments) -> {commitment number: Origin} of those that are its own, in few queries

A promise, its milestones, its desk and its public list are one mechanism; the link to what it answers belongs to the upper app.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zenne.core.registry import Registry

if TYPE_CHECKING:
    from .models import Commitment


@dataclass(frozen=True)
class Origin:
    """What a promise answers, in the language of the page: its name and addresses (`url` for everyone, `desk` for staff), and who promised when."""

    name: str
    url: str
    desk: str
    body: str
    reference: str
    decided_on: date


Find = Callable[[Sequence["Commitment"]], Mapping[int, Origin]]
origins: Registry[Find] = Registry("origins")


def origins_of(commitments: Iterable["Commitment"]) -> dict[int, Origin]:
    """Of those that no decision made, by their numbers."""
    asked = [commitment for commitment in commitments if commitment.decision_id is None]
    found: dict[int, Origin] = {}
    for find in origins.values() if asked else ():
        found.update(find(asked))
    return found
