"""A ballot as it is filled in: from what a form says to the content that is kept, and whether it follows the rule.

The shapes of the content (`docs/decisions/0023-ballots-without-persons.md`), options by their number as a string:

    approval  {"kind": "approval", "choices": ["1", "4"]}      sorted
    single    {"kind": "single", "choices": ["4"]}
    points    {"kind": "points", "choices": {"1": 7, "4": 3}}  nothing below 1
    score     {"kind": "score", "choices": {"1": 0, "4": 5}}   what was not scored is left out
    ranking   {"kind": "ranking", "choices": ["4", "1"]}       the first is the best
    yes_no    {"kind": "yes_no", "choices": {"1": "yes", "4": "abstain"}}  every option
    blank     {"kind": …, "choices": null}
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zenne.core.numbers import whole_number
from zenne.web.tags.words import amount

from .enums import Districts, Invalid, Method
from .models import District, Option, Vote

Content = Mapping[str, Any]
YES, NO, ABSTAIN = "yes", "no", "abstain"
DIGITS = 5  # as many as a number on a ballot can have


@dataclass(frozen=True)
class Fault:
    """One thing in which a ballot does not follow the rule: a code for the minutes, a sentence for the voter."""

    code: Invalid
    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Purse:
    """The money that the choices of one group of options may use together; None where no sum is looked at."""

    district: District | None
    budget_cents: int


def blank(vote: Vote) -> dict[str, Any]:
    return {"kind": vote.method, "choices": None}


def content(vote: Vote, options: Iterable[Option], given: Mapping[str, str]) -> dict[str, Any]:
    """The content of a ballot from `given`: what was filled in for each option, by its key, as a form sends it.

    approval: anything that is not empty; single: the same; points and score: a whole number; ranking: the rank, from 1;
    yes_no: yes, no or abstain. What cannot be read counts as not filled in.
    """
    keys = [option.key for option in options]
    said = {key: given[key].strip() for key in keys if given.get(key, "").strip()}
    return {"kind": vote.method, "choices": _choices(Method(vote.method), keys, said)}


def _choices(method: Method, keys: list[str], said: Mapping[str, str]) -> Any:
    numbers = {key: number for key, text in said.items() if (number := whole_number(text, DIGITS)) is not None}
    if method in (Method.APPROVAL, Method.SINGLE):
        return sorted(said)
    if method == Method.POINTS:
        return {key: number for key, number in numbers.items() if number}
    if method == Method.SCORE:
        return numbers
    if method == Method.RANKING:
        ranked = {key: number for key, number in numbers.items() if number}
        return sorted(ranked, key=lambda key: (ranked[key], keys.index(key)))
    return {key: said[key] if said.get(key) in (YES, NO) else ABSTAIN for key in keys}


def slips(vote: Vote, options: Iterable[Option], given: Mapping[str, str]) -> list[Fault]:
    """What was filled in and cannot be meant: no number where one belongs, the same rank twice."""
    if vote.method not in (Method.POINTS, Method.SCORE, Method.RANKING):
        return []
    said = {option: given.get(option.key, "").strip() for option in options}
    found = [
        Fault(Invalid.UNREADABLE, _("“%(option)s”: write a whole number.") % {"option": option})
        for option, text in said.items()
        if text and whole_number(text, DIGITS) is None
    ]
    if vote.method == Method.RANKING:
        ranks = [text.lstrip("0") for text in said.values() if text.strip("0")]
        twice = sorted({rank for rank in ranks if ranks.count(rank) > 1})
        words = _("Two options have rank %(rank)s: give each rank once.")
        found += [Fault(Invalid.UNREADABLE, words % {"rank": rank}) for rank in twice]
    return found


def chosen(ballot: Content) -> list[str]:
    """The keys of the options a ballot is for; with yes or no, those it says something about."""
    choices = ballot.get("choices")
    if not choices:
        return []
    if ballot["kind"] == Method.YES_NO:
        return [key for key, word in choices.items() if word != ABSTAIN]
    return list(choices)


def offered(vote: Vote, options: Iterable[Option], district: District | None) -> list[Option]:
    """The options somebody chooses from in a group of options: its own, and those that belong to none."""
    if vote.districts_mode in (Districts.NONE, Districts.ALL):
        return list(options)
    mine = district.pk if district else None
    return [option for option in options if option.district_id is None or option.district_id == mine]


def purses(vote: Vote, districts: Iterable[District], district: District | None) -> list[Purse]:
    """The sums that the choices must fit, in a vote with a basket."""
    if not vote.basket:
        return []
    if vote.districts_mode == Districts.ALL:
        return [Purse(each, each.budget_cents) for each in districts if each.budget_cents is not None]
    budget = district.budget_cents if district and district.budget_cents is not None else vote.budget_cents
    return [Purse(district, budget)] if budget is not None else []


def in_all(vote: Vote) -> bool:
    """Whether one ballot speaks of all groups of options."""
    return vote.districts_mode == Districts.ALL


def belongs(vote: Vote, option: Option, purse: Purse) -> bool:
    """Whether an option is paid from this purse."""
    return purse.district is None or not in_all(vote) or option.district_id == purse.district.pk


def spent(purse: Purse, options: Iterable[Option], keys: Collection[str], vote: Vote) -> int:
    """What the chosen options of a purse cost together, in cents."""
    return sum(option.cost_cents or 0 for option in options if option.key in keys and belongs(vote, option, purse))


def faults(
    vote: Vote, ballot: Content, options: Collection[Option], districts: Iterable[District], district: District | None
) -> list[Fault]:
    """In what a ballot does not follow the rule, one by one. None: it counts. `options` are those that were offered."""
    if ballot.get("choices") is None:
        return [] if vote.blank_allowed else [Fault(Invalid.TOO_FEW, _("A blank ballot is not offered in this vote."))]
    keys = chosen(ballot)
    if not set(ballot["choices"]) <= {option.key for option in options}:
        return [Fault(Invalid.NOT_OURS, _("One of the options is not on this ballot."))]
    return [*_number_of(vote, keys), *_amounts(vote, ballot), *_money(vote, keys, options, districts, district)]


def _number_of(vote: Vote, keys: list[str]) -> Iterable[Fault]:
    least = 1 if vote.method == Method.SINGLE else vote.min_choices
    most = 1 if vote.method == Method.SINGLE else vote.max_choices
    if len(keys) < least:
        words = ngettext("Choose at least %(count)d option.", "Choose at least %(count)d options.", least)
        yield Fault(Invalid.TOO_FEW, words % {"count": least})
    if most is not None and len(keys) > most:
        words = ngettext("Choose at most %(count)d option.", "Choose at most %(count)d options.", most)
        chose = _("You chose %(count)d.") % {"count": len(keys)}
        yield Fault(Invalid.TOO_MANY, f"{words % {'count': most}} {chose}")


def _amounts(vote: Vote, ballot: Content) -> Iterable[Fault]:
    choices = ballot["choices"]
    if vote.method == Method.POINTS:
        total, cap = sum(choices.values()), vote.points_per_option
        if total > vote.points:
            words = _("You have %(points)d points and gave %(total)d.") % {"points": vote.points, "total": total}
            yield Fault(Invalid.TOO_MANY, words)
        if cap is not None and any(points > cap for points in choices.values()):
            yield Fault(Invalid.TOO_MANY, _("One option gets at most %(points)d points.") % {"points": cap})
    if vote.method == Method.SCORE and any(score > vote.top_score for score in choices.values()):
        yield Fault(Invalid.TOO_MANY, _("A score goes from 0 to %(most)d.") % {"most": vote.top_score})


def _of_group(purse: Purse, words: str) -> str:
    return _("%(group)s: %(words)s") % {"group": purse.district, "words": words} if purse.district else words


def _money(
    vote: Vote,
    keys: list[str],
    options: Collection[Option],
    districts: Iterable[District],
    district: District | None,
) -> Iterable[Fault]:
    for purse in purses(vote, districts, district):
        used = spent(purse, options, set(keys), vote)
        facts = {"budget": amount(purse.budget_cents), "sum": amount(used), "group": purse.district or ""}
        if used > purse.budget_cents:
            words = _("Your choices cost %(sum)s together; the budget is %(budget)s.") % facts
            yield Fault(Invalid.OVER_BUDGET, _of_group(purse, words))
        elif used * 100 < purse.budget_cents * vote.min_spent_percent:
            least = amount(-(-purse.budget_cents * vote.min_spent_percent // 100))
            words = _("Use at least %(least)s of the budget; your choices cost %(sum)s together.") % {
                "least": least,
                **facts,
            }
            yield Fault(Invalid.TOO_FEW, _of_group(purse, words))
