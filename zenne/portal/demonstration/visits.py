"""Who comes to vote, and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from .decided import Ballots
from .records import Resident


@dataclass(frozen=True)
class Visit:
    """A resident comes to vote. `number` counts who comes; `again` is a change of mind."""

    person: str
    at: datetime
    number: int
    again: bool = False


def visits(ballots: Ballots, residents: Iterable[Resident]) -> Iterator[Visit]:
    """Who votes and when: the same for the same seed."""
    coming = [each.key for place, each in enumerate(residents, 1) if place % ballots.absent]
    length = ballots.last_at - ballots.first_at
    for number, person in enumerate(coming, 1):
        random = Random(f"{ballots.seed}:{person}")  # noqa: S311 - invented ballots, not secrets
        at = ballots.first_at + length * random.random() * 0.8
        yield Visit(person, at, number)
        if number % ballots.again == 0:
            yield Visit(person, at + length * 0.15, number, again=True)


def absent(ballots: Ballots, residents: Iterable[Resident]) -> list[str]:
    """Who stays away from the page, and may vote on paper."""
    return [each.key for place, each in enumerate(residents, 1) if not place % ballots.absent]
