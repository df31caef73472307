"""Why each option won or lost, in data that a page can say."""

from collections import Counter

import pytest
from hypothesis import assume, given

from tests.methods.ballots.strategies import votes
from tests.methods.calm import few
from zenne.methods.ballots import content
from zenne.methods.ballots.content import Kind
from zenne.methods.ballots.counting import Cast, count, count_box
from zenne.methods.ballots.explaining import Why, explain, missing, plump, without_each
from zenne.methods.ballots.rule import Form, Method, Option, Quorum, Rule, Tie, TieRule

ELECTORATE = 12


def rule(method, options="abc", **kept):
    return Rule(method, tuple(map(Option, options)), Form(method.kind), **kept)


def told(of, ballots):
    box = Counter(ballots)
    return {
        one.option: one for one in explain(of, box, count_box(of, box, electorate=ELECTORATE), electorate=ELECTORATE)
    }


def approvals(*said):
    return [content.approval(one) for one in said]


def rankings(profile):
    return [content.ranking(said) for said, times in profile.items() for _ in range(times)]


def test_loser_knows_to_whom_it_lost_and_how_many_votes_were_missing():
    found = told(rule(Method.APPROVAL), approvals("a", "a", "a", "ab", "b"))
    assert (found["a"].why, found["a"].missing) == (Why.WON, None)
    assert (found["b"].why, found["b"].lost_to, found["b"].missing) == (Why.FEWER, ("a",), 3)
    assert (found["c"].why, found["c"].missing) == (Why.NO_SUPPORT, 5)


def test_loser_that_goes_first_when_equal_needs_one_vote_less():
    assert told(rule(Method.APPROVAL, "bac"), approvals("a", "a", "a", "ab", "b"))["b"].missing == 2


def test_tie_is_told_to_both():
    found = told(rule(Method.APPROVAL), approvals("a", "b"))
    assert (found["a"].why, found["a"].tied) == (Why.WON_TIE, ("b",))
    assert (found["b"].why, found["b"].lost_to, found["b"].tied, found["b"].missing) == (
        Why.LOST_TIE,
        ("a",),
        ("a",),
        1,
    )
    refused = told(rule(Method.APPROVAL, tie=Tie(TieRule.REFUSE)), approvals("a", "b"))
    assert [one.why for one in refused.values()] == [Why.UNDECIDED, Why.UNDECIDED, Why.NO_SUPPORT]


def test_option_under_its_minimum_is_told_so():
    of = Rule(Method.APPROVAL, (Option("a", minimum=4), Option("b")), Form(Kind.APPROVAL))
    found = told(of, approvals("a", "a", "b"))
    assert (found["a"].why, found["a"].support, found["a"].needed, found["a"].missing) == (Why.UNDER_MINIMUM, 2, 4, 2)


def test_without_a_quorum_everybody_misses_the_same():
    found = told(rule(Method.APPROVAL, quorum=Quorum(5)), approvals("a", "b"))
    assert {(one.why, one.missing) for one in found.values()} == {(Why.NO_QUORUM, 3)}


def test_runoff_tells_the_round():
    found = told(rule(Method.RUNOFF), rankings({"acb": 40, "bca": 35, "cba": 25}))
    assert (found["c"].why, found["c"].round, found["c"].lost_to, found["c"].missing) == (Why.ELIMINATED, 1, ("b",), 11)
    assert (found["a"].why, found["a"].round, found["a"].lost_to, found["a"].missing) == (Why.FEWER, 2, ("b",), 20)


def test_schulze_tells_who_has_the_stronger_path():
    found = told(rule(Method.SCHULZE), rankings({"abc": 8, "bca": 3}))
    assert (found["b"].why, found["b"].lost_to) == (Why.BEATEN, ("a",))


@few
@given(votes(most=7))
def test_so_many_votes_more_make_it_win_and_one_less_does_not(vote):
    of, ballots = vote
    box = Counter(ballots)
    outcome = count_box(of, box, electorate=ELECTORATE)
    found = explain(of, box, outcome, electorate=ELECTORATE)
    assert [one.option for one in found if one.won] == [option for option in of.ids if option in outcome.winners]
    assume(outcome.quorate)
    for one in found:
        if not one.won and one.missing is not None:
            added = [*ballots, *[plump(of, one.option)] * one.missing]
            assert one.option in count_box(of, Counter(added), electorate=ELECTORATE).winners
            assert one.option not in count_box(of, Counter(added[:-1]), electorate=ELECTORATE).winners


def test_threshold_that_no_vote_can_reach_misses_no_number():
    of = Rule(Method.APPROVAL, (Option("a", minimum=10**6), Option("b")), Form(Kind.APPROVAL))
    box = Counter(approvals("b"))
    assert missing(of, box, count_box(of, box), "a") is None


# --- without a part of the ballots ---------------------------------------------------------------------------------------------


def test_result_without_a_district_a_channel_or_a_late_block():
    ballots = [
        Cast(content.approval("a"), "online", "north", "Monday"),
        Cast(content.approval("a"), "online", "north", "Tuesday"),
        Cast(content.approval("b"), "paper", "south", "Tuesday"),
    ]
    of = rule(Method.APPROVAL, quorum=Quorum(3))
    found = {(one.what, one.which): one for one in without_each(of, ballots)}
    assert set(found) == {
        *(("district", name) for name in ("north", "south")),
        *(("channel", name) for name in ("online", "paper")),
        *(("block", name) for name in ("Monday", "Tuesday")),
    }
    north = found["district", "north"]
    assert (north.ballots, north.winners, north.entered, north.left, north.moved) == (2, ("b",), ("b",), ("a",), True)
    assert not found["channel", "paper"].moved


def test_vote_of_one_district_and_one_channel_has_nothing_to_leave_out():
    assert without_each(rule(Method.APPROVAL), [Cast(one) for one in approvals("a", "b")]) == ()


@few
@given(votes(most=8, plain=True))
def test_leaving_out_is_counting_the_others(vote):
    of, ballots = vote
    cast = [Cast(ballot, "paper" if at % 3 else "online") for at, ballot in enumerate(ballots)]
    for one in without_each(of, cast):
        rest = [ballot for ballot in cast if ballot.channel != one.which]
        assert one.winners == count(of, rest).winners


@pytest.mark.parametrize("method", list(Method))
def test_plain_explanation_is_json(method):
    import json

    box = Counter([plump(rule(method), "a")])
    of = rule(method)
    json.dumps([one.plain() for one in explain(of, box, count_box(of, box))])
