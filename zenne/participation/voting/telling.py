"""What a count says, in sentences of the active language: about the whole, about each option, and about how firm it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zenne.core.languages import in_every_language, shown
from zenne.participation.selections.models import Figure
from zenne.web.tags.words import amount, grouped

from . import explaining, queries, reasons
from .counting import funding
from .enums import Channel, Count, Invalid, Method
from .models import Contributor, District, Option, Result, Vote

Plain = Mapping[str, Any]
MOST_NAMED = 3


@dataclass(frozen=True)
class Told:
    """A result beside the rows it speaks of. Options are known by their keys, lists of options by the name of their group."""

    vote: Vote
    result: Result

    @cached_property
    def options(self) -> dict[str, Option]:
        return {option.key: option for option in queries.options_of(self.vote)}

    @cached_property
    def districts(self) -> dict[str, District]:
        return {str(district.number): district for district in queries.districts_of(self.vote)}

    @cached_property
    def contributors(self) -> list[Contributor]:
        return queries.contributors_of(self.vote)

    def brought(self, name: str) -> dict[str, int]:
        """What each contributor brought to the budget of one list, in cents."""
        purses = funding.purses(self.vote, list(self.districts.values()))
        found = [purse for purse in purses if (str(purse[0].number) if purse[0] else "") == name]
        return (funding.to(found[0], self.contributors) or {}) if found else {}

    # --- what it came to --------------------------------------------------------------------------------------------------------

    def heading_of(self, option: Option) -> str:
        return str(option.district.number) if option.district else ""

    def outcome_of(self, option: Option) -> Plain:
        found: Plain = self.result.tally.get(self.heading_of(option), {})
        return found

    def won(self, option: Option) -> bool:
        return option.key in self.outcome_of(option).get("winners", ())

    def rank(self, option: Option) -> int | None:
        winners = self.outcome_of(option).get("winners", ())
        return winners.index(option.key) + 1 if option.key in winners else None

    def score(self, option: Option) -> int | str:
        return self.outcome_of(option).get("scores", {}).get(option.key, 0)

    def support(self, option: Option) -> int:
        outcome = self.outcome_of(option)
        found: int = outcome.get("votes", outcome.get("support", {})).get(option.key, 0)
        return found

    # --- the selection ----------------------------------------------------------------------------------------------------------

    def title(self) -> dict[str, str]:
        return in_every_language(
            lambda: _("Result of the vote: %(vote)s") % {"vote": shown(self.vote.activity, "title")[0]}
        )

    def statement(self) -> dict[str, str]:
        return in_every_language(lambda: " ".join([self.turnout(), *self.headlines(), *self.comparisons()]))

    def rule(self) -> dict[str, str]:
        return in_every_language(lambda: " ".join(explaining.counting(self.vote)))

    def reason(self, option: Option) -> dict[str, str]:
        return in_every_language(lambda: " ".join(self.why(option)))

    def figures(self, option: Option) -> list[Figure]:
        votes = Figure("votes", in_every_language(lambda: pgettext("for an option", "Votes")), self.support(option))
        if self.vote.method in (Method.APPROVAL, Method.SINGLE):
            return [votes]
        return [votes, Figure("score", in_every_language(self.unit), self.score(option))]

    def unit(self) -> str:
        """What the score counts."""
        match Count(self.vote.count):
            case Count.MAJORITY:
                return _("Yes less no")
            case Count.BORDA:
                return _("Points for ranks")
            case Count.SCHULZE:
                return _("Options it is not beaten by")
            case Count.INSTANT_RUNOFF:
                return _("Votes in its last round")
        return {Method.POINTS: _("Points"), Method.SCORE: _("Points of score")}.get(
            Method(self.vote.method), pgettext("for an option", "Votes")
        )

    # --- sentences --------------------------------------------------------------------------------------------------------------

    def turnout(self) -> str:
        cast = self.result.size
        return ngettext("%(count)s ballot was counted.", "%(count)s ballots were counted.", cast) % {
            "count": grouped(cast)
        }

    def void(self) -> list[tuple[str, int]]:
        """Valid, blank and void ballots, with why they were void."""
        turnouts = [outcome["turnout"] for outcome in self.result.tally.values()]
        if len(turnouts) != 1:
            return []
        found = [(_("Valid"), turnouts[0]["valid"]), (_("Blank"), turnouts[0]["blank"])]
        reasons = {
            reason: Invalid(reason).label if reason in Invalid.values else reason for reason in turnouts[0]["reasons"]
        }
        return found + [
            (_("Void: %(reason)s") % {"reason": reasons[reason]}, count)
            for reason, count in turnouts[0]["reasons"].items()
        ]

    def comparisons(self) -> list[str]:
        return [said for name in self.result.tally if (said := self.stands(name))]

    def headlines(self) -> list[str]:
        return [self.headline(name) for name in self.result.tally]

    def headline(self, name: str) -> str:
        """Who won in one list, in a sentence."""
        outcome = self.result.tally[name]
        winners = self.winners(name)
        group = f"{self.districts[name]}: " if name in self.districts else ""
        if outcome.get("quorum") and not outcome["quorum"]["reached"]:
            return group + _("Fewer people voted than the rule asks for (%(needed)s), so the vote decides nothing.") % {
                "needed": grouped(outcome["quorum"]["needed"])
            }
        if outcome["undecided"]:
            return group + _("%(options)s have equally much, and the rule leaves that to the organisation.") % {
                "options": self.names(outcome["undecided"])
            }
        if not winners:
            return group + _("No option won.")
        if self.vote.is_budget:
            words = ngettext("%(count)s option is funded", "%(count)s options are funded", len(winners))
            money = _("for %(cost)s of %(budget)s") % {
                "cost": amount(outcome["cost"]),
                "budget": amount(outcome["budget"]),
            }
            facts = {"funded": words % {"count": len(winners)}, "money": money, "names": ", ".join(winners)}
            return group + _("%(funded)s, %(money)s: %(names)s.") % facts
        words = ngettext("One option won: %(names)s.", "%(count)s options won: %(names)s.", len(winners))
        return group + words % {"count": len(winners), "names": ", ".join(winners)}

    def winners(self, name: str) -> list[str]:
        """Who won in one list, by name."""
        return [self.name(key) for key in self.result.tally[name]["winners"]]

    def why(self, option: Option) -> list[str]:
        """Why this option won or lost, one sentence each."""
        told = self.result.explanation.get(self.heading_of(option), {}).get("options", {}).get(option.key)
        if told is None:
            return [self._without_support(option)]
        return reasons.budget(self, option, told) if self.vote.is_budget else reasons.ballots(self, option, told)

    def _without_support(self, option: Option) -> str:
        """The budget rules look only at what enough ballots support."""
        outcome = self.outcome_of(option)
        if outcome.get("undecided"):
            return _("The count stopped at options with equally much, so nothing is decided.")
        if outcome.get("quorum") and not outcome["quorum"]["reached"]:
            return _("Too few people voted for the vote to decide anything.")
        if not self.support(option):
            return _("No ballot chose it.")
        return ngettext(
            "%(count)s ballot chose it: fewer than the rule asks of an option.",
            "%(count)s ballots chose it: fewer than the rule asks of an option.",
            self.support(option),
        ) % {"count": grouped(self.support(option))}

    def name(self, key: str) -> str:
        option = self.options.get(key)
        return shown(option, "title")[0] or key if option else key

    def names(self, keys: Sequence[str]) -> str:
        """The first few by name, and how many more."""
        said = ", ".join(_("“%(name)s”") % {"name": self.name(key)} for key in keys[:MOST_NAMED])
        more = len(keys) - MOST_NAMED
        if more <= 0:
            return said
        return ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", more) % {
            "names": said,
            "count": more,
        }

    # --- the steps, and what another rule would have given ----------------------------------------------------------------------

    def rounds(self, name: str) -> list[dict[str, Any]]:
        """The steps of the count in one list: rounds of a runoff, or options funded one after the other."""
        outcome = self.result.tally[name]
        if self.vote.is_budget:
            return [
                {"number": number, "text": self._funded(step)} for number, step in enumerate(outcome["steps"], start=1)
            ]
        return [
            {"number": number, "text": self._round(step)}
            for number, step in enumerate(outcome.get("rounds", ()), start=1)
        ]

    def stands(self, name: str) -> str:
        """What came out of the comparison step, in one list; empty without one."""
        preferred = self.result.tally[name].get("preferred")
        if not preferred:
            return ""
        ours, theirs = preferred
        facts = {"ours": grouped(ours), "theirs": grouped(theirs)}
        if theirs > ours:
            return (
                _(
                    "The comparison: %(theirs)s voters have more money spent on what they chose when the most votes go first, %(ours)s with equal shares. So the most votes first stands."
                )
                % facts
            )
        return (
            _(
                "The comparison: %(ours)s voters have more money spent on what they chose with equal shares, %(theirs)s when the most votes go first. So equal shares stand."
            )
            % facts
        )

    def _funded(self, step: Plain) -> str:
        option = self.options.get(step["option"])
        facts = {"option": self.name(step["option"]), "cost": amount(option.cost_cents if option else None)}
        said = _("“%(option)s” is funded for %(cost)s.") % facts
        if step["way"] == "fill":
            said = _("“%(option)s” is funded for %(cost)s from the money that was left.") % facts
        if step["tied"]:
            said += " " + _("It had equally much as %(others)s and goes first by the rule for equals.") % {
                "others": self.names(step["tied"])
            }
        return said

    def _round(self, step: Plain) -> str:
        votes = ", ".join(
            f"{self.name(key)} {grouped(count)}"
            for key, count in sorted(step["votes"].items(), key=lambda pair: -pair[1])
        )
        if not step["eliminated"]:
            return votes
        out = self.names(step["eliminated"])
        return _("%(votes)s. Falls out: %(options)s.") % {"votes": votes, "options": out}

    def other(self, name: str, other: Plain) -> str:
        """What another rule would have given with the same ballots."""
        rule = {
            "greedy": _("the most votes first"),
            "equal-shares": _("equal shares"),
        }[other["rule"]]
        won = self.result.tally[name]["winners"]
        facts = {"rule": rule, "cost": amount(other["cost"])}
        if set(other["winners"]) == set(won):
            return _("By the rule “%(rule)s” the same options would have been funded.") % facts
        said = [_("By the rule “%(rule)s” other options would have been funded, for %(cost)s.") % facts]
        if more := [key for key in other["winners"] if key not in won]:
            said.append(_("Also: %(options)s.") % {"options": self.names(more)})
        if fewer := [key for key in won if key not in other["winners"]]:
            said.append(_("Not: %(options)s.") % {"options": self.names(fewer)})
        return " ".join(said)

    # --- how firm it is ---------------------------------------------------------------------------------------------------------

    def firmness(self, name: str) -> list[str]:
        """What it would take for other options to win, in one list."""
        told = self.result.explanation.get(name, {})
        margin = told.get("margin") or {}
        said = []
        if margin.get("exact") and margin["low"] is not None:
            words = ngettext(
                "If %(count)s ballot had been filled in otherwise, the result could have been another one; no fewer would do.",
                "If %(count)s ballots had been filled in otherwise, the result could have been another one; no fewer would do.",
                margin["low"],
            )
            said.append(words % {"count": grouped(margin["low"])})
        elif margin.get("low") is not None:
            said.append(
                ngettext(
                    "At least %(low)s ballot would have to be filled in otherwise for another result.",
                    "At least %(low)s ballots would have to be filled in otherwise for another result.",
                    margin["low"],
                )
                % {"low": grouped(margin["low"])}
                + (
                    " " + _("%(high)s are known to be enough.") % {"high": grouped(margin["high"])}
                    if margin.get("high") is not None
                    else ""
                )
            )
        return said + [self._left_out(each) for each in told.get("without", ())]

    def _left_out(self, part: Plain) -> str:
        facts = {"part": self._part(part), "count": grouped(part["ballots"])}
        if not part["entered"] and not part["left"]:
            same = ngettext(
                "Without the one ballot %(part)s the result would be the same.",
                "Without the %(count)s ballots %(part)s the result would be the same.",
                part["ballots"],
            )
            return same % facts
        other = ngettext(
            "Without the one ballot %(part)s the result would be another one:",
            "Without the %(count)s ballots %(part)s the result would be another one:",
            part["ballots"],
        )
        changes = []
        if part["entered"]:
            changes.append(_("%(options)s would win") % {"options": self.names(part["entered"])})
        if part["left"]:
            changes.append(_("%(options)s would not") % {"options": self.names(part["left"])})
        return f"{other % facts} {', '.join(changes)}."

    def _part(self, part: Plain) -> str:
        if part["what"] == "channel":
            return {
                Channel.ONLINE: _("cast online"),
                Channel.PAPER: _("on paper"),
                Channel.COUNTER: _("cast at a counter"),
            }.get(part["which"], part["which"])
        district = self.districts.get(part["which"])
        return _("of “%(group)s”") % {"group": district} if district else part["which"]
