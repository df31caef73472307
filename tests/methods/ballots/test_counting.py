"""What every count guarantees: figures that add up, quorum, threshold, ties, districts, and the axioms of each method."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.methods.ballots.strategies import contents, rules, votes
from tests.methods.calm import few
from zenne.methods.ballots import content
from zenne.methods.ballots.content import Content, Kind, Malformed
from zenne.methods.ballots.counting import Cast, count, count_districts
from zenne.methods.ballots.rule import Base, Form, Method, Option, Quorum, Rule, Threshold, Tie, TieRule
from zenne.methods.lots import drawn

MONOTONE = (Method.APPROVAL, Method.SINGLE, Method.POINTS, Method.SCORE, Method.YES_NO, Method.SCHULZE, Method.BORDA)
SETTLED = (TieRule.ORDER, TieRule.LOT)
ELECTORATE = 12


def counted(rule, ballots):
    return count(rule, [Cast(ballot) for ballot in ballots], electorate=ELECTORATE)


def approval_rule(options="abc", **kept):
    return Rule(Method.APPROVAL, tuple(map(Option, options)), Form(Kind.APPROVAL), **kept)


def approvals(*ballots):
    return [content.approval(ballot) for ballot in ballots]


# --- figures -------------------------------------------------------------------------------------------------------------------


@few
@given(votes())
def test_every_ballot_is_counted_once(vote):
    rule, ballots = vote
    turnout = counted(rule, ballots).turnout
    assert turnout.cast == len(ballots) == turnout.valid + turnout.blank + turnout.null
    assert turnout.blank == sum(ballot == content.blank(rule.form.kind) for ballot in ballots)
    assert turnout.null == sum(turnout.reasons.values()) == sum(ballot.invalid is not None for ballot in ballots)


@few
@given(votes())
def test_outcome_is_whole(vote):
    rule, ballots = vote
    outcome = counted(rule, ballots)
    assert sorted(option for group in outcome.ranking for option in group) == sorted(rule.ids)
    assert len(set(outcome.winners)) == len(outcome.winners) <= (rule.winners or len(rule.ids))
    assert not set(outcome.winners) & set(outcome.undecided)
    assert all(outcome.eligible(option) for option in (*outcome.winners, *outcome.undecided))
    if rule.tie.rule is not TieRule.REFUSE:
        assert not outcome.undecided
        able = [option for option in rule.ids if outcome.eligible(option)]
        expected = len(able) if rule.winners is None else min(rule.winners, len(able))
        assert len(outcome.winners) == (expected if outcome.quorate else 0)


@few
@given(votes((Method.APPROVAL, Method.SINGLE, Method.POINTS, Method.SCORE, Method.YES_NO, Method.BORDA)))
def test_scores_are_what_counting_one_by_one_gives(vote):
    rule, ballots = vote
    scores = counted(rule, ballots).scores
    for option in rule.ids:
        assert scores[option] == sum(given_by(rule, ballot, option) for ballot in ballots)


def given_by(rule, ballot, option):
    """One ballot, one option, from the plain JSON; Borda by its other definition: one for each option below, a half for each equal one."""
    choices = ballot.plain().get("choices")
    if choices is None:
        return 0
    if rule.method in (Method.APPROVAL, Method.SINGLE):
        return int(option in choices)
    if rule.method is Method.YES_NO:
        return {"yes": 1, "no": -1}.get(choices.get(option), 0)
    if rule.method is not Method.BORDA:
        return choices.get(option, 0)
    place = {name: at for at, name in enumerate(choices)}
    mine, last = place.get(option, len(rule.ids)), len(rule.ids)
    others = [place.get(other, last) for other in rule.ids if other != option]
    return sum(other > mine for other in others) + Fraction(sum(other == mine for other in others), 2)


@few
@given(st.lists(contents(Method.BORDA, "abcd", blanks=False)))
def test_every_ranking_gives_the_same_number_of_borda_points(ballots):
    rule = Rule(Method.BORDA, tuple(map(Option, "abcd")), Form(Kind.RANKING))
    assert sum(counted(rule, ballots).scores.values()) == 6 * len(ballots)


# --- quorum, threshold, ties ---------------------------------------------------------------------------------------------------


def test_blank_and_null_ballots_count_for_the_quorum_and_for_nobody():
    rule = approval_rule(quorum=Quorum(ballots=3))
    ballots = [*approvals("a"), content.blank(Kind.APPROVAL), content.null(Kind.APPROVAL, "torn")]
    outcome = counted(rule, ballots)
    assert (outcome.quorate, outcome.winners, outcome.turnout.reasons) == (True, ("a",), {"torn": 1})
    short = counted(rule, ballots[:2])
    assert (short.quorate, short.winners, short.scores["a"]) == (False, (), 1)


def test_quorum_of_the_electorate_is_exact():
    rule = approval_rule(quorum=Quorum(share=Fraction(1, 3)))
    ballots = [Cast(ballot) for ballot in approvals("a", "a", "b")]
    assert count(rule, ballots, electorate=9).quorate
    assert not count(rule, ballots, electorate=10).quorate
    with pytest.raises(Malformed, match="number of people entitled"):
        count(rule, ballots)


@pytest.mark.parametrize(
    ("of", "strict", "needed"),
    [
        (Base.CAST, False, 3),
        (Base.CAST, True, 4),
        (Base.VALID, False, 2),
        (Base.VALID, True, 3),
        (Base.ELECTORATE, False, 6),
    ],
)
def test_threshold_is_a_share_of_a_named_base(of, strict, needed):
    rule = approval_rule("ab", threshold=Threshold(Fraction(1, 2), of, strict))
    ballots = [*approvals("a", "a", "a", "b"), content.blank(Kind.APPROVAL), content.null(Kind.APPROVAL, "torn")]
    outcome = counted(rule, ballots)
    assert outcome.needed == {"a": needed, "b": needed}
    assert outcome.winners == (("a",) if needed <= 3 else ())


def test_majority_of_yes_or_no_leaves_abstentions_out():
    rule = Rule(
        Method.YES_NO,
        (Option("a"), Option("b"), Option("c")),
        Form(Kind.YES_NO),
        winners=None,
        threshold=Threshold(Fraction(1, 2), Base.EXPRESSED, strict=True),
    )
    ballots = [content.yes_no({"a": "yes", "b": "yes", "c": "abstain"}), content.yes_no({"a": "no", "b": "no"})]
    ballots += [content.yes_no({"a": "yes", "b": "abstain", "c": "abstain"})]
    outcome = counted(rule, ballots)
    assert outcome.needed == {"a": 2, "b": 2, "c": 1}
    assert outcome.winners == ("a",)


def test_option_that_nobody_supports_never_wins():
    assert counted(approval_rule(winners=3), approvals("a", "ab")).winners == ("a", "b")
    assert counted(approval_rule(), []).winners == ()


def test_option_below_its_own_minimum_gives_way_to_the_next():
    rule = replace(approval_rule("ab"), options=(Option("a", minimum=3), Option("b")))
    assert counted(rule, approvals("a", "a", "b")).winners == ("b",)
    assert counted(rule, approvals("a", "a", "ab")).winners == ("a",)


def test_tie_is_settled_by_the_rule_that_was_named():
    ballots = approvals("b", "c")
    by_order = counted(approval_rule("cab"), ballots)
    assert (by_order.winners, by_order.ties[0].order) == (("c",), ("c", "b"))
    seed = next(str(seed) for seed in range(99) if drawn("bc", str(seed)) == ("b", "c"))
    assert counted(approval_rule("cab", tie=Tie(TieRule.LOT, seed)), ballots).winners == ("b",)
    refused = counted(approval_rule("cab", tie=Tie(TieRule.REFUSE)), ballots)
    assert (refused.winners, refused.undecided, refused.ties[0].order) == ((), ("c", "b"), None)


def test_tie_that_decides_nothing_is_not_named():
    outcome = counted(approval_rule(winners=2, tie=Tie(TieRule.REFUSE)), approvals("ab"))
    assert (outcome.winners, outcome.ties) == (("a", "b"), ())


# --- axioms --------------------------------------------------------------------------------------------------------------------


@few
@given(votes(), st.randoms(use_true_random=False))
def test_order_of_ballots_changes_nothing(vote, chance):
    rule, ballots = vote
    assert counted(rule, chance.sample(ballots, len(ballots))) == counted(rule, ballots)


@few
@given(votes(ties=(TieRule.ORDER, TieRule.REFUSE)), st.permutations("abcde"))
def test_names_of_options_change_nothing(vote, names):
    rule, ballots = vote
    new = dict(zip("abcde", names, strict=True))
    renamed = replace(rule, options=tuple(replace(option, id=new[option.id]) for option in rule.options))
    outcome = counted(renamed, [with_names(ballot, new) for ballot in ballots])
    before = counted(rule, ballots)
    assert outcome.winners == tuple(new[option] for option in before.winners)
    assert outcome.undecided == tuple(new[option] for option in before.undecided)
    assert outcome.scores == {new[option]: score for option, score in before.scores.items()}


def with_names(ballot, new):
    if ballot.choices is None:
        return ballot
    choices = [new[choice] if isinstance(choice, str) else (new[choice[0]], choice[1]) for choice in ballot.choices]
    return Content(ballot.kind, tuple(choices if ballot.kind in (Kind.RANKING, Kind.SINGLE) else sorted(choices)))


@few
@given(votes(MONOTONE, ties=SETTLED, most=7), st.data())
def test_more_support_never_harms_a_winner(vote, data):
    """One ballot comes to like a winner better and says the same about all others: it still wins. (Not so for instant runoff, see below.)"""
    rule, ballots = vote
    winners = counted(rule, ballots).winners
    valid = [at for at, ballot in enumerate(ballots) if ballot.choices is not None]
    assume(winners and valid)
    winner, at = data.draw(st.sampled_from(winners)), data.draw(st.sampled_from(valid))
    better = [*ballots]
    better[at] = raised(rule.method, ballots[at], winner, data)
    assert winner in counted(rule, better).winners


def raised(method, ballot, option, data):
    if method is Method.APPROVAL:
        return content.approval({*ballot.options, option})
    if method is Method.SINGLE:
        return content.single(option)
    if method is Method.POINTS:
        return content.points({**ballot.values, option: 4})
    if method is Method.SCORE:
        return content.score({**ballot.values, option: 5})
    if method is Method.YES_NO:
        return content.yes_no({**ballot.answers, option: "yes"})
    old = list(ballot.options)
    at = data.draw(st.integers(0, old.index(option) if option in old else len(old)))
    kept = [other for other in old if other != option]
    return content.ranking([*kept[:at], option, *kept[at:]])


def test_instant_runoff_is_not_monotone():
    """The well-known price of instant runoff: more first preferences can make a winner lose. The manual says so."""
    rule = Rule(Method.RUNOFF, tuple(map(Option, "abc")), Form(Kind.RANKING))
    before = ["abc"] * 39 + ["bca"] * 35 + ["cab"] * 26
    after = ["abc"] * 49 + ["bca"] * 25 + ["cab"] * 26
    assert counted(rule, map(content.ranking, before)).winners == ("a",)
    assert counted(rule, map(content.ranking, after)).winners == ("c",)


@few
@given(rules(), st.data())
def test_rule_that_was_written_is_read_back_the_same(rule, data):
    assert Rule.parse(rule.plain()) == rule
    plain = rule.plain()
    del plain[data.draw(st.sampled_from(sorted(plain)))]
    with pytest.raises(Malformed, match="tally lacks"):
        Rule.parse(plain)


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("method", "coin", "not known: 'coin'"),
        ("method", ["approval"], "not known"),
        ("options", [{"id": "a", "minimum": 0, "title": {}}, {"id": "a", "minimum": 0, "title": {}}], "same id"),
        ("options", [{"id": 1, "minimum": 0, "title": {}}], "which is text"),
        ("options", [{"id": "a", "district": "../x", "minimum": 0, "title": {}}], "letters, digits and hyphens"),
        ("options", [{"id": "a", "district": True, "minimum": 0, "title": {}}], "a number, or null"),
        ("options", [{"id": "a", "minimum": 0, "title": {"en": 1}}], "words by language"),
        ("options", "abc", "is a list"),
        ("winners", 0, "at least one winner"),
        ("winners", True, "whole number"),
        ("tie", {"rule": "lot"}, "A lot has a seed"),
        ("tie", {"rule": "order", "seed": "1"}, "only a lot"),
        ("quorum", {"ballots": 1, "share": "2/1"}, "0 to 1"),
        ("quorum", {"ballots": 1, "share": "1/0"}, "such as 1/3"),
        ("threshold", {"share": "2/4", "of": "cast", "strict": True}, "lowest terms"),
        ("threshold", {"share": "1/2", "of": "expressed", "strict": True}, "Only yes/no"),
        ("threshold", {"share": "1/2", "of": "cast", "strict": 1}, "true or false"),
        ("ballot", {"kind": "ranking"}, "counts approval ballots"),
        ("ballot", {"kind": "approval", "colour": 1}, "means nothing"),
    ],
)
def test_rule_that_is_not_one_is_told_where(key, value, reason):
    with pytest.raises(Malformed, match=reason):
        Rule.parse(approval_rule().plain() | {key: value})


def test_ballot_that_the_rule_does_not_allow_is_not_counted():
    with pytest.raises(Malformed, match="no option 'z'"):
        counted(approval_rule(), approvals("z"))


# --- districts -----------------------------------------------------------------------------------------------------------------


def test_each_district_counts_its_own_options_and_ballots():
    options = (Option("a", "north"), Option("b", "north"), Option("c", "south"), Option("d", "south"))
    rule = Rule(Method.APPROVAL, options, Form(Kind.APPROVAL))
    ballots = [
        Cast(content.approval("a"), district="north"),
        Cast(content.approval("bc")),
        Cast(content.approval("bd")),
        Cast(content.approval("d"), district="south"),
        Cast(content.approval("a")),
    ]
    found = count_districts(rule, ballots, electorates={"north": 7})
    assert [found[name].winners for name in found] == [("a",), ("d",)]
    assert (found["north"].turnout.cast, found["north"].turnout.blank, found["north"].turnout.electorate) == (4, 0, 7)
    assert (found["south"].turnout.cast, found["south"].turnout.blank, found["south"].turnout.electorate) == (
        4,
        1,
        None,
    )


@few
@given(votes())
def test_vote_without_districts_is_one_contest(vote):
    rule, ballots = vote
    cast = [Cast(ballot) for ballot in ballots]
    assert count_districts(rule, cast, electorates={None: ELECTORATE}) == {
        None: count(rule, cast, electorate=ELECTORATE)
    }


def test_box_of_equal_ballots_in_any_spelling_is_one_count():
    assert Counter(approvals("ab", "ba")) == {content.approval("ab"): 2}
