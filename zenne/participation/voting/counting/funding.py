"""Who brings the money of a budget: the amounts that contributors name, and what their parts come to, to the cent."""

from collections.abc import Sequence

from zenne.methods import dividing

from ..enums import Districts
from ..models import Contribution, Contributor, District, Vote

Purse = tuple[District | None, int]


def purses(vote: Vote, districts: Sequence[District]) -> list[Purse]:
    """The budgets of a vote that are known, with the group of options they are for."""
    grouped = vote.districts_mode != Districts.NONE
    found: list[tuple[District | None, int | None]] = [(None, vote.budget_cents)]
    if grouped:
        found = [(each, each.budget_cents) for each in districts]
    return [(district, cents) for district, cents in found if cents]


def to(purse: Purse, contributors: Sequence[Contributor]) -> dict[str, int] | None:
    """Cents by the key of each contributor to a budget, in their order; empty when there is none, None when it does not close."""
    district, budget = purse
    brought = {
        contributor.key: each
        for contributor in contributors
        for each in contributor.contributions.all()
        if each.district_id == (district.pk if district else None)
    }
    return _closed(budget, brought) if brought else {}


def _closed(budget: int, brought: dict[str, Contribution]) -> dict[str, int] | None:
    """Amounts stand as they are; those who bring parts divide what is left by the largest remainders."""
    amounts = {key: each.cents or 0 for key, each in brought.items()}
    parts = {key: each.parts for key, each in brought.items() if each.parts}
    left = budget - sum(amounts.values())
    if left < 0 or bool(left) != bool(parts):
        return None
    shares = dividing.largest_remainder(left, list(parts.values())) if parts else []
    return amounts | dict(zip(parts, shares, strict=True))


def closes(vote: Vote, districts: Sequence[District], contributors: Sequence[Contributor]) -> bool:
    """Whether what is brought is the budget, in each budget to which somebody brings something."""
    return all(to(purse, contributors) is not None for purse in purses(vote, districts))
