"""The votes on a budget as Pabulib files, which every tool for participatory budgets reads: one for each heading, with the outcome."""

from collections.abc import Mapping, Sequence
from typing import Any

from zenne.methods import pabulib
from zenne.methods.ballots.content import Kind
from zenne.methods.ballots.counting import Cast
from zenne.methods.ballots.rule import Form, Heading

from .budgets import BudgetRule, Method, Option

TYPES = {
    Kind.APPROVAL: pabulib.VoteType.APPROVAL,
    Kind.SINGLE: pabulib.VoteType.CHOOSE_1,
    Kind.POINTS: pabulib.VoteType.CUMULATIVE,
    Kind.SCORE: pabulib.VoteType.SCORING,
}
RULES = {Method.EQUAL_SHARES: "equalshares", Method.GREEDY_COST: "greedy-cost"}
CENTS = 100


def file_of(
    rule: BudgetRule, name: Heading, ballots: Sequence[Cast], outcome: Mapping[str, Any], about: Mapping[str, Any]
) -> bytes:
    """The `.pb` file of one heading: its options and the ballots that are neither blank nor null, numbered in the order of `ballots.jsonl`.

    `about["pabulib"]`: keys of META such as description, country, unit, instance, date_begin, date_end.
    """
    ids = [option.id for option in rule.options if option.district == name]
    options = [option for option in rule.options if option.district == name]
    votes = []
    for number, ballot in enumerate(ballots, start=1):
        content = ballot.content.only(ids)
        if ballot.district in (name, None) and content.choices is not None:
            points = tuple(content.values.values()) if content.kind in (Kind.POINTS, Kind.SCORE) else None
            votes.append(pabulib.Vote(str(number), content.options, points, {"voting_method": ballot.channel}))
    kind = TYPES[rule.form.kind]
    projects = tuple(pabulib.Project(option.id, option.cost, _columns(option, outcome)) for option in options)
    meta = {**_said(about), "rule": _rule(rule), **_limits(rule.form)}
    return pabulib.write(pabulib.Election(meta, kind, rule.budgets[name], projects, votes, CENTS)).encode()


def _said(about: Mapping[str, Any]) -> dict[str, str]:
    said = about.get("pabulib")
    words = said if isinstance(said, Mapping) else {}
    return {str(key): " ".join(str(value).split()) for key, value in sorted(words.items())}


def _rule(rule: BudgetRule) -> str:
    named = RULES.get(rule.method, rule.method.value)
    more = ["comparison"] if rule.comparison else []
    return "/".join([named, *([] if rule.completion == "none" else [rule.completion]), *more])


def _limits(form: Form) -> dict[str, str]:
    best = form.cap if form.kind is Kind.POINTS else form.highest
    limits = {
        "min_length": form.least,
        "max_length": form.most,
        "max_sum_cost": None if form.cost is None else pabulib.written(form.cost, CENTS),
        "max_points": best,
        "max_sum_points": form.total,
    }
    return {key: str(value) for key, value in limits.items() if value is not None}


def _columns(option: Option, outcome: Mapping[str, Any]) -> dict[str, str]:
    title = next((" ".join(option.title[language].split()) for language in sorted(option.title)), "")
    figures = {"votes": outcome["votes"][option.id], "score": outcome["scores"][option.id]}
    chosen = int(option.id in outcome["winners"])
    return {**{key: str(value) for key, value in figures.items()}, "name": title, "selected": str(chosen)}
