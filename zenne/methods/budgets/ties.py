"""Ties: what decides between projects that a rule holds equal is named beforehand, as an argument of the rule."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .instance import Instance
from .profile import Profile


class Tied(ValueError):
    """The rule was told to refuse a tie, and found one. `projects`: those that are equal."""

    def __init__(self, projects: tuple[str, ...]) -> None:
        super().__init__(f"equal: {', '.join(projects)}")
        self.projects = projects


class UnknownTieRule(ValueError):
    """No tie rule has this name."""


@dataclass(frozen=True)
class TieRule:
    """One of: `order` (published order), `min-cost`, `max-votes`, `lot:SEED`, `refuse`.

    What is equal in cost or votes too goes by the published order. The lot is drawn once for all projects: they are ranked by
    SHA-256(SEED + "/" + project id) in UTF-8, lowest first, so that anyone who knows the published seed can draw it again.
    """

    name: str = "order"
    seed: str = ""

    @classmethod
    def named(cls, words: str) -> "TieRule":
        name, colon, seed = words.partition(":")
        if name == "lot" and seed:
            return cls("lot", seed)
        if name in ("order", "min-cost", "max-votes", "refuse") and not colon:
            return cls(name)
        raise UnknownTieRule(f"{words!r} is no tie rule: order, min-cost, max-votes, lot:SEED or refuse")

    def __str__(self) -> str:
        return f"lot:{self.seed}" if self.name == "lot" else self.name

    def ranks(self, instance: Instance, profile: Profile) -> list[tuple[int | str, int]]:
        """For every project the key that decides: the lowest goes first. The last part is the published order, so that no two are equal."""
        key: Callable[[int], int | str] = {
            "min-cost": lambda at: instance.projects[at].cost,
            "max-votes": lambda at: -int(profile.votes[at]),
            "lot": lambda at: drawn(self.seed, instance.projects[at].id),
        }.get(self.name, lambda at: 0)
        return [(key(at), at) for at in range(len(instance.projects))]

    def first(self, instance: Instance, ranks: Sequence[tuple[int | str, int]], tied: Sequence[int]) -> int:
        """Which of the equal projects goes first."""
        if len(tied) > 1 and self.name == "refuse":
            raise Tied(instance.names(sorted(tied)))
        return min(tied, key=lambda at: ranks[at])


def drawn(seed: str, project: str) -> str:
    """The place of a project in the lot, as hexadecimal digits that sort like the number."""
    return hashlib.sha256(f"{seed}/{project}".encode()).hexdigest()


PUBLISHED_ORDER = TieRule()
