"""The bridge to the methods that count: the rule of a vote as they take it, and a sealed box as the bundle that anybody can count again."""

from collections.abc import Iterable, Sequence
from datetime import UTC
from fractions import Fraction
from typing import Any

from zenne.core.clock import in_brussels
from zenne.core.languages import LANGUAGES, text_in
from zenne.methods.ballots import rule as ballots
from zenne.methods.ballots.content import Kind, Malformed
from zenne.methods.proofs import budgets
from zenne.methods.proofs.bundle import Bundle

from ..enums import Completion, Count, Districts, Method, TieRule
from ..models import Contributor, District, Exclusion, Option, SealedBallot, Vote
from . import funding, line, name_of

# How a ballot is counted when the most votes win; every other way has one name here and there.
MOST = {
    Method.APPROVAL: ballots.Method.APPROVAL,
    Method.SINGLE: ballots.Method.SINGLE,
    Method.POINTS: ballots.Method.POINTS,
    Method.SCORE: ballots.Method.SCORE,
}
OTHERS = {
    Count.MAJORITY: ballots.Method.YES_NO,
    Count.INSTANT_RUNOFF: ballots.Method.RUNOFF,
    Count.SCHULZE: ballots.Method.SCHULZE,
    Count.BORDA: ballots.Method.BORDA,
}
HALF = ballots.Threshold(Fraction(1, 2), ballots.Base.EXPRESSED, strict=True)


def tally(
    vote: Vote,
    options: Sequence[Option],
    districts: Sequence[District],
    exclusions: Iterable[Exclusion],
    contributors: Sequence[Contributor],
) -> dict[str, Any] | None:
    """What is frozen and counted by: the plain form of `methods.ballots.rule.Rule` or `methods.proofs.budgets.BudgetRule`.

    None while the settings make no rule yet: a cost or a budget is missing, or two settings contradict each other (`rules.gaps`).
    """
    try:
        if vote.is_budget:
            return _budget(vote, options, districts, exclusions, contributors).plain()
        return _ballots(vote, options).plain()
    except (Malformed, KeyError):
        return None


def _ballots(vote: Vote, options: Sequence[Option]) -> ballots.Rule:
    method = OTHERS.get(Count(vote.count)) or MOST[Method(vote.method)]
    share = Fraction(vote.threshold_percent, 100)
    threshold = ballots.Threshold(share, ballots.Base.CAST) if share else None
    if method is ballots.Method.YES_NO:
        if threshold:
            raise Malformed("A majority is the threshold.")
        threshold = HALF
    return ballots.Rule(
        method=method,
        options=tuple(
            ballots.Option(option.key, name_of(option.district), _minimum(vote, option), _titles(option))
            for option in options
        ),
        form=_form(vote, ballots.Form),
        winners=None if method is ballots.Method.YES_NO else vote.winners,
        tie=ballots.Tie(ballots.TieRule(vote.tie_rule), _seed(vote)) if _is_plain_tie(vote) else _no_tie(vote),
        quorum=_quorum(vote),
        threshold=threshold,
    )


def _budget(
    vote: Vote,
    options: Sequence[Option],
    districts: Sequence[District],
    exclusions: Iterable[Exclusion],
    contributors: Sequence[Contributor],
) -> budgets.BudgetRule:
    if vote.threshold_percent:
        raise Malformed("A budget asks for a number of votes, not for a share.")
    grouped = vote.districts_mode != Districts.NONE
    money = {name_of(each): each.budget_cents for each in districts} if grouped else {None: vote.budget_cents}
    if None in money.values() or any(option.cost_cents is None for option in options):
        raise Malformed("A cost or a budget is missing.")
    equal_shares = vote.count == Count.EQUAL_SHARES
    return budgets.BudgetRule(
        method=budgets.Method(vote.count),
        options=tuple(
            budgets.Option(
                option.key, option.cost_cents or 0, name_of(option.district), _minimum(vote, option), _titles(option)
            )
            for option in options
        ),
        budgets={name: cents or 0 for name, cents in money.items()},
        form=_form(vote, ballots.Form),
        completion=vote.completion if equal_shares else Completion.NONE.value,
        utility="points" if vote.method in (Method.POINTS, Method.SCORE) else "cost",
        tie=vote.tie_rule,
        seed=_seed(vote),
        quorum=_quorum(vote),
        exclusions=tuple(frozenset((pair.first.key, pair.second.key)) for pair in exclusions),
        comparison=equal_shares and vote.comparison,
        payers=_payers(vote, districts, contributors),
    )


def _payers(
    vote: Vote, districts: Sequence[District], contributors: Sequence[Contributor]
) -> tuple[budgets.Payer, ...]:
    """Who brings what, in cents; who brings nothing to a budget that is used is left out."""
    brought = {name_of(purse[0]): funding.to(purse, contributors) for purse in funding.purses(vote, districts)}
    if None in brought.values():
        raise Malformed("What the contributors bring is not the budget.")
    found = []
    for each in contributors:
        amounts = {name: cents[each.key] for name, cents in brought.items() if cents and each.key in cents}
        if amounts:
            found.append(budgets.Payer(each.key, amounts, _titles(each)))
    return tuple(found)


def _form(vote: Vote, form: type[ballots.Form]) -> ballots.Form:
    """What a ballot may hold. Sums of several purses are checked when a ballot is cast, not again here: a list has one purse."""
    kind = Kind(vote.method)
    if kind is Kind.SINGLE:
        return form(kind, least=1, most=1)
    one_purse = vote.basket and vote.is_budget and vote.districts_mode == Districts.NONE
    return form(
        kind,
        least=vote.min_choices,
        most=vote.max_choices,
        total=vote.points if kind is Kind.POINTS else None,
        cap=vote.points_per_option if kind is Kind.POINTS else None,
        highest=vote.top_score if kind is Kind.SCORE else None,
        cost=vote.budget_cents if one_purse else None,
    )


def _minimum(vote: Vote, option: Option) -> int:
    return vote.min_votes if option.min_votes is None else option.min_votes


def _titles(option: Option | Contributor) -> dict[str, str]:
    return {language: words for language in LANGUAGES if (words := text_in(option, "title", language))}


def _seed(vote: Vote) -> str:
    return vote.lot_seed if vote.tie_rule == TieRule.LOT else ""


def _is_plain_tie(vote: Vote) -> bool:
    return vote.tie_rule in set(ballots.TieRule)


def _no_tie(vote: Vote) -> ballots.Tie:
    raise Malformed(f"{vote.tie_rule} decides between costs, and these options are not counted by cost.")


def _quorum(vote: Vote) -> ballots.Quorum | None:
    return ballots.Quorum(vote.quorum, Fraction(0)) if vote.quorum else None


def bundle(rule_text: str, box: Iterable[SealedBallot], about: dict[str, Any]) -> Bundle:
    """Everything an outsider needs to count again, counted. Raises Malformed when the rule or a ballot is not what it should be."""
    return Bundle.of(rule_text=rule_text, ballots=(line(ballot).encode() for ballot in box), about=about)


def about(vote: Vote) -> dict[str, Any]:
    """What the bundle says of the vote besides its rule: facts that never change, so that counting again gives the same bytes."""
    opens_at, closes_at = vote.activity.window()
    imported = vote.imported or {}
    return {
        "vote": vote.pk,
        "process": vote.process.slug,
        "closed_at": closes_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if closes_at else None,
        "pabulib": {
            "description": imported.get("description") or f"{vote.process.slug} {vote.pk}",
            "country": imported.get("country") or "Belgium",
            "unit": imported.get("unit") or "EUR",
            "date_begin": f"{in_brussels(opens_at):%d.%m.%Y}" if opens_at else "",
            "date_end": f"{in_brussels(closes_at):%d.%m.%Y}" if closes_at else "",
        },
    }
