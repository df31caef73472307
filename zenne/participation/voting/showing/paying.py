"""Who brings the money of a vote, and what each pays of what is funded: as tables that close to the cent."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from zenne.core.languages import current, shown

from ..counting import funding
from ..models import Contributor, District, Vote
from ..telling import Told

TENTH = 10


@dataclass(frozen=True)
class Who:
    """An institution in a table; `url` of its page on this platform, where it has one."""

    title: str
    language: str
    url: str


@dataclass(frozen=True)
class Brought:
    """What one institution brings to one budget. `percent`: with one decimal where it is not whole."""

    who: Who
    cents: int
    percent: str


@dataclass(frozen=True)
class Purse:
    """A budget and who brings it."""

    title: str
    rows: list[Brought]
    cents: int

    @property
    def whole(self) -> str:
        return _percent(self.cents, self.cents)


def purses(vote: Vote, districts: Sequence[District], contributors: Sequence[Contributor]) -> list[Purse]:
    """The budgets to which several bring something, once what they bring closes."""
    by_key = {each.key: each for each in contributors}
    found = []
    for purse in funding.purses(vote, districts) if vote.is_budget and contributors else []:
        brought = funding.to(purse, contributors)
        if brought:
            rows = [Brought(_who(by_key[key]), cents, _percent(cents, purse[1])) for key, cents in brought.items()]
            found.append(Purse(str(purse[0] or ""), rows, purse[1]))
    return found


@dataclass(frozen=True)
class Paid:
    """What one institution pays: of each funded option, of all together, and what it keeps."""

    who: Who
    cents: list[int]
    total: int
    brought: int

    @property
    def left(self) -> int:
        return self.brought - self.total


@dataclass(frozen=True)
class Payments:
    """Of one list of a result: the funded options with their costs, and a column for each institution."""

    options: list[tuple[str, int]]
    columns: list[Paid]
    total: int
    budget: int

    @property
    def left(self) -> int:
        return self.budget - self.total

    @property
    def rows(self) -> list[tuple[str, int, list[int]]]:
        return [
            (title, cost, [column.cents[at] for column in self.columns])
            for at, (title, cost) in enumerate(self.options)
        ]


def payments(told: Told, name: str) -> Payments | None:
    """As the count divided it; None where one institution pays alone, or nothing is funded."""
    outcome = told.result.tally[name]
    paid, winners = outcome.get("payments"), outcome["winners"]
    if not paid or not winners:
        return None
    by_key = {each.key: each for each in told.contributors}
    brought = told.brought(name)
    columns = [
        Paid(_who(by_key[key]), [cents[one] for one in winners], sum(cents.values()), brought[key])
        for key, cents in paid.items()
    ]
    options = [(told.name(one), told.options[one].cost_cents or 0) for one in winners]
    return Payments(options, columns, outcome["cost"], outcome["budget"])


def _who(contributor: Contributor) -> Who:
    title, language = shown(contributor, "title")
    organisation = contributor.organisation
    url = organisation.get_absolute_url() if organisation is not None and organisation.opened_at else ""
    return Who(title or contributor.key, "" if language == current() else language, url)


def _percent(cents: int, of: int) -> str:
    tenths = round(Fraction(cents * 100 * TENTH, of))
    whole, rest = divmod(tenths, TENTH)
    point = "." if current() == "en" else ","
    sign = "%" if current() == "en" else "\u00a0%"
    return f"{whole}{point}{rest}{sign}" if rest else f"{whole}{sign}"
