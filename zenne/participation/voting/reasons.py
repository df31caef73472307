"""Why one option won or lost, in sentences: from the plain data of `counting/explanation.py`."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zenne.web.tags.words import amount, grouped

from .enums import Method
from .models import Option, Vote

Plain = Mapping[str, Any]


class Told(Protocol):
    """What a reason needs of the result it belongs to (`telling.Told`)."""

    @property
    def vote(self) -> Vote: ...

    def names(self, keys: Sequence[str]) -> str: ...

    def unit(self) -> str: ...


def ballots(told: Told, option: Option, why: Plain) -> list[str]:
    facts = {
        "score": _number(why["score"]),
        "support": grouped(why["support"]),
        "needed": grouped(why["needed"]),
        "others": told.names(why["lost_to"]),
        "tied": told.names(why["tied"]),
        "round": why["round"] or 0,
        "unit": told.unit(),
    }
    said = {
        "won": _("It won. %(unit)s: %(score)s."),
        "won_tie": _("It won. %(unit)s: %(score)s, as many as %(tied)s; it goes first by the rule for equals."),
        "no_quorum": _("Too few people voted for the vote to decide anything."),
        "no_support": _("No ballot is for it."),
        "under_minimum": _("%(support)s ballots are for it; the rule asks for %(needed)s."),
        "fewer": _("%(unit)s: %(score)s, fewer than %(others)s."),
        "eliminated": _("It fell out in round %(round)s with %(score)s votes, behind %(others)s."),
        "beaten": _("More people prefer %(others)s to it, directly or through a chain of duels."),
        "lost_tie": _("%(unit)s: %(score)s, as many as %(tied)s, which goes first by the rule for equals."),
        "undecided": _("It has equally much as %(tied)s, and the rule leaves that to the organisation."),
    }[why["why"]] % facts
    if why["missing"] is None or why["why"] in ("won", "won_tie", "undecided"):
        return [said]
    words = ngettext(
        "%(count)s ballot more for it alone would have made it win.",
        "%(count)s ballots more for it alone would have made it win.",
        why["missing"],
    )
    if why["why"] == "no_quorum":
        words = ngettext("%(count)s ballot was missing.", "%(count)s ballots were missing.", why["missing"])
    return [said, words % {"count": grouped(why["missing"])}]


def budget(told: Told, option: Option, why: Plain) -> list[str]:
    facts = {
        "step": why["step"],
        "support": grouped(why["support"]),
        "others": told.names(why["lost_to"]),
        "missing": amount(_cents(why["missing"])) if why["missing"] else "",
        "payers": grouped(why["payers"]),
        "payment": amount(_cents(why["payment"])) if why["payment"] else "",
    }
    chosen = ngettext("%(count)s ballot chose it.", "%(count)s ballots chose it.", why["support"]) % {
        "count": grouped(why["support"])
    }
    if why["why"] == "won":
        said = [_("It was funded at step %(step)s.") % facts]
        if why["payers"]:
            shares = told.vote.method in (Method.APPROVAL, Method.SINGLE)
            words = _("%(payers)s voters paid for it, each at most %(payment)s from an equal share of the budget.")
            said.append(
                words % facts
                if shares
                else _("%(payers)s voters paid for it from an equal share of the budget.") % facts
            )
    else:
        said = [
            {
                "no-support": _("No ballot chose it."),
                "too-little-support": _("Fewer ballots chose it than the rule asks for."),
                "too-dear": _("It costs more than the whole budget: %(missing)s too much."),
                "excluded": _("It cannot be carried out together with %(others)s, which is funded."),
                "capped": _("The money of its group is used up by %(others)s."),
                "no-room": _("What was left of the budget was %(missing)s too little; before it came %(others)s.")
                if why["missing"]
                else _("The budget was used up; before it came %(others)s."),
                "unpaid": _("Its voters had spent their shares on %(others)s: together they lacked %(missing)s.")
                if why["lost_to"]
                else _("Its voters’ shares together were %(missing)s too little."),
                "later": _("The budget was used up before its voters had earned its cost."),
            }[why["why"]]
            % facts
        ]
    return [chosen, *said, *_change(why)]


def _change(why: Plain) -> list[str]:
    change = why["change"]
    if not change or change["low"] is None:
        return []
    won, exact = why["why"] == "won", change["low"] == change["high"]
    if exact:
        words = (
            ngettext(
                "With %(count)s vote less it would have lost.",
                "With %(count)s votes less it would have lost.",
                change["low"],
            )
            if won
            else ngettext(
                "With %(count)s vote more it would have won.",
                "With %(count)s votes more it would have won.",
                change["low"],
            )
        )
        return [words % {"count": grouped(change["low"])}]
    if change["high"] is None:
        return []
    words = (
        _("It would have lost with %(high)s votes less at the latest.")
        if won
        else _("%(high)s votes more would have been enough for it to win.")
    )
    return [words % {"high": grouped(change["high"])}]


def _cents(exact: str) -> int:
    """Rounded up to the cent: what is missing is never said to be less than it is."""
    return -int(-Fraction(exact) // 1)


def _number(exact: str | int) -> str:
    """A score for people: whole as it is, else with two decimals."""
    value = Fraction(exact)
    return grouped(int(value)) if value.denominator == 1 else f"{float(value):.2f}"
