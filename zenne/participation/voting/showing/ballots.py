"""A ballot as its voter sees it: the order of its options, what it says, what is left of the money."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zenne.core.clock import in_brussels
from zenne.web.tags.words import amount

from .. import counting, filling
from ..enums import Method, VoteState
from ..models import District, Option, Vote
from .cards import card

GROUP = 4


@dataclass(frozen=True)
class Order:
    """Options in one order. `seed` is what it was drawn from: empty for the published order."""

    options: list[Option]
    seed: str


def ordered(vote: Vote, options: list[Option], own: str, now: datetime) -> Order:
    """The same at every visit: with the seed of one's `own` for who is signed in, for all others that of the day; the published one once voting is over."""
    if not vote.random_order or vote.state(now) not in (VoteState.OPEN, VoteState.PREPARING):
        return Order(options, "")
    seed = own or f"{vote.pk} {in_brussels(now):%Y-%m-%d}"
    by_key = {option.key: option for option in options}
    return Order([by_key[key] for key in counting.order(list(by_key), seed)], seed)


@dataclass(frozen=True)
class Line:
    """One thing a ballot says."""

    title: str
    value: str
    cost_cents: int | None
    hue: int
    language: str = ""


def lines(content: Mapping[str, Any], vote: Vote, options: Collection[Option]) -> list[Line]:
    """What a ballot says, option by option; nothing for a blank one."""
    by_key = {option.key: option for option in options}
    choices = content.get("choices") or []
    said = []
    for place, key in enumerate(choices, 1):
        drawn = card(by_key[key], vote)
        said.append(
            Line(drawn.title, _value(vote, choices, key, place), by_key[key].cost_cents, drawn.hue, drawn.language)
        )
    return said


def _value(vote: Vote, choices: Any, key: str, place: int) -> str:
    match Method(vote.method):
        case Method.POINTS:
            return ngettext("%(count)d point", "%(count)d points", choices[key]) % {"count": choices[key]}
        case Method.SCORE:
            return _("%(score)d out of %(most)d") % {"score": choices[key], "most": vote.top_score}
        case Method.RANKING:
            return _("rank %(rank)d") % {"rank": place}
        case Method.YES_NO:
            return {filling.YES: _("Yes"), filling.NO: _("No")}.get(choices[key], _("I say nothing"))
    return ""


@dataclass(frozen=True)
class Purse:
    """A budget and what a ballot uses of it."""

    title: str
    name: str
    budget_cents: int
    spent_cents: int
    parts: list[dict[str, int]] = field(default_factory=list)

    @property
    def left_cents(self) -> int:
        return self.budget_cents - self.spent_cents

    @property
    def over(self) -> bool:
        return self.left_cents < 0

    @property
    def words(self) -> str:
        if self.over:
            return _("%(amount)s too much") % {"amount": amount(-self.left_cents)}
        return _("%(amount)s left of %(budget)s") % {
            "amount": amount(self.left_cents),
            "budget": amount(self.budget_cents),
        }


def purses(
    vote: Vote, options: Collection[Option], districts: list[District], district: District | None, keys: Collection[str]
) -> list[Purse]:
    """The budgets of a ballot, with what `keys` use of each."""
    found = []
    for purse in filling.purses(vote, districts, district):
        mine = [option for option in options if option.key in keys and filling.belongs(vote, option, purse)]
        parts = [{"value": option.cost_cents or 0, "category": card(option, vote).hue} for option in mine]
        title = str(purse.district) if purse.district else ""
        name = str(purse.district.pk) if purse.district and filling.in_all(vote) else ""
        spent = filling.spent(purse, options, keys, vote)
        found.append(Purse(title, name, purse.budget_cents, spent, parts))
    return found


def grouped_code(code: str) -> list[str]:
    """A code in groups that can be read aloud."""
    return [code[at : at + GROUP] for at in range(0, len(code), GROUP)]
