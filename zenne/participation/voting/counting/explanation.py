"""Why a count came out as it did, as plain data that is kept with it: for each list of options why each won or lost, what another rule would have
given, and what hangs on any one district or channel. Phrased by `telling.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from zenne.methods import budgets as rules
from zenne.methods.ballots import explaining, margins
from zenne.methods.ballots.counting import Cast, count_box, grouped
from zenne.methods.ballots.rule import Heading, Rule
from zenne.methods.budgets.explanations import Explanation, explain
from zenne.methods.proofs import budgets
from zenne.methods.proofs.bundle import Bundle
from zenne.methods.proofs.families import Budgets, name

Plain = dict[str, Any]


def explanation(counted: Bundle) -> dict[str, Plain]:
    """By the name of each heading: `options` by id, `also`, `without`, and for ballots `margin`."""
    tally, casts = counted.tally, counted.casts
    if isinstance(tally, Budgets):
        return {name(heading): _budget(tally.rule, heading, casts) for heading in tally.headings}
    rule: Rule = tally.rule  # type: ignore[attr-defined]
    return {name(heading): _ballots(rule, heading, casts) for heading in tally.headings}


# --- ballots ----------------------------------------------------------------------------------------------------------------


def _ballots(rule: Rule, heading: Heading, casts: Sequence[Cast]) -> Plain:
    own = replace(rule, options=tuple(option for option in rule.options if option.district == heading))
    kept = [replace(each, content=each.content.only(own.ids)) for each in casts if each.district in (heading, None)]
    box = grouped(each.content for each in kept)
    outcome = count_box(own, box)
    return {
        "options": {each.option: each.plain() for each in explaining.explain(own, box, outcome)},
        "margin": margins.margin(own, box, outcome).plain(),
        "also": [],
        "without": [each.plain() for each in explaining.without_each(own, kept)],
    }


# --- budgets ----------------------------------------------------------------------------------------------------------------


def _budget(rule: budgets.BudgetRule, heading: Heading, casts: Sequence[Cast]) -> Plain:
    try:
        outcome = budgets.funded(rule, heading, casts)
    except rules.Tied:
        return {"options": {}, "also": [], "without": []}
    instance, profile = budgets.election(rule, heading, casts)
    ties = rules.TieRule(rule.tie, rule.seed)
    told = explain(instance, profile, outcome, utility=rules.Utility(rule.utility), ties=ties)
    return {
        "options": {each.project: _plain(each) for each in told},
        "also": _also(rule, heading, casts),
        "without": _without(rule, heading, casts, outcome.selected),
    }


def _plain(one: Explanation) -> Plain:
    step = one.detail
    return {
        "why": one.reason.value,
        "support": one.votes,
        "score": one.score,
        "step": one.step,
        "lost_to": list(one.lost_to),
        "missing": None if one.missing is None else str(one.missing),
        "change": None if one.change is None else {"low": one.change.at_least, "high": one.change.at_most},
        "payers": step.payers if step else 0,
        "payment": str(step.payment) if step and step.payment is not None else None,
        "tied": list(step.tied) if step else [],
    }


def _also(rule: budgets.BudgetRule, heading: Heading, casts: Sequence[Cast]) -> list[Plain]:
    """What the two best known rules would have given with the same ballots."""
    others = {
        budgets.Method.GREEDY: replace(rule, method=budgets.Method.GREEDY, completion="none", comparison=False),
        budgets.Method.EQUAL_SHARES: replace(
            rule,
            method=budgets.Method.EQUAL_SHARES,
            completion=rule.completion if rule.comparison else "add1u",
            comparison=False,
        ),
    }
    found = []
    for method, other in others.items():
        if method is rule.method and not rule.comparison:
            continue
        try:
            outcome = budgets.funded(other, heading, casts)
        except rules.Tied as tied:
            found.append({"rule": method.value, "winners": [], "cost": 0, "undecided": list(tied.projects)})
            continue
        found.append({"rule": method.value, "winners": list(outcome.selected), "cost": outcome.cost, "undecided": []})
    return found


def _without(rule: budgets.BudgetRule, heading: Heading, casts: Sequence[Cast], winners: Sequence[str]) -> list[Plain]:
    """The outcome without each channel, and without the ballots of each district where ballots of several speak of one list."""
    found = []
    ways: Mapping[str, Any] = {"channel": lambda each: each.channel, "district": lambda each: name(each.district)}
    mine = [each for each in casts if each.district in (heading, None)]
    for what, label in ways.items():
        labels = sorted({label(each) for each in mine})
        for which in labels if len(labels) > 1 else []:
            kept = [each for each in mine if label(each) != which]
            try:
                rest = budgets.funded(rule, heading, kept).selected
            except rules.Tied:
                continue
            found.append(
                {
                    "what": what,
                    "which": which,
                    "ballots": len(mine) - len(kept),
                    "winners": list(rest),
                    "entered": [one for one in rest if one not in winners],
                    "left": [one for one in winners if one not in rest],
                }
            )
    return found
