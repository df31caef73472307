"""Explanations: reasons, shares, missing votes, and what any one block of ballots moves."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings

from zenne.methods.budgets import (
    Completion,
    Profile,
    Reason,
    Utility,
    equal_shares,
    explain,
    greedy,
    phragmen,
    without_each,
)
from zenne.methods.budgets.shares import Shares

from .given import ballots, city
from .strategies import cities


def by_id(explanations):
    return {one.project: one for one in explanations}


def test_every_reason_of_a_greedy_count_is_told():
    costs = {"park": 60, "pool": 50, "path": 30, "moon": 500, "tram": 5, "hedge": 6, "wish": 1}
    instance = city(costs, 100, exclusions=(frozenset({"path", "hedge"}),), minimum_support=2)
    profile = Profile.of(instance, ballots({"park moon": 5, "pool": 4, "path hedge": 3, "tram": 1}))
    told = by_id(explain(instance, profile, greedy(instance, profile)))
    assert {one: (told[one].reason, told[one].lost_to) for one in costs} == {
        "park": (Reason.WON, ()),
        "pool": (Reason.NO_ROOM, ("park",)),
        "path": (Reason.WON, ()),
        "moon": (Reason.TOO_DEAR, ()),
        "tram": (Reason.TOO_LITTLE_SUPPORT, ()),
        "hedge": (Reason.EXCLUDED, ("path",)),
        "wish": (Reason.NO_SUPPORT, ()),
    }
    assert told["pool"].missing == 10
    assert (told["pool"].change.at_least, told["pool"].change.exact) == (2, True)  # 6 votes come before the park's 5
    assert told["park"].change.at_least == 2  # with 3 votes it comes after the pool
    assert told["tram"].change.at_least == 1
    assert told["moon"].change is None
    assert (told["path"].step, told["path"].detail.rate) == (2, 3)


@pytest.mark.parametrize("per_cost", [False, True])
@settings(max_examples=80, deadline=None)
@given(city=cities())
def test_missing_votes_of_greedy_are_exact(per_cost, city):
    """So many are enough, one fewer is not; for winners so many fewer lose, one less does not."""
    instance, voters = city
    outcome = greedy(instance, Profile.of(instance, voters), per_cost=per_cost)
    for one in explain(instance, Profile.of(instance, voters), outcome):
        if one.change is None:
            assert not one.won
            continue
        for number, turned in ((one.change.at_least, True), (one.change.at_least - 1, False)):
            moved = -number if one.won else number
            wins = (
                one.project in greedy(instance, more(instance, voters, one.project, moved), per_cost=per_cost).selected
            )
            assert wins == (one.won != turned)


def more(instance, voters, project, number):
    """The ballots with so many votes more for a project, or fewer. (Ballots of it alone: for greedy the same.)"""
    if number >= 0:
        return Profile.of(instance, voters + [{project: 1}] * number)
    kept, left = [], -number
    for ballot in voters:
        drop = left > 0 and project in ballot
        left -= drop
        kept.append({one: 1 for one in ballot if one != project} if drop else ballot)
    return Profile.of(instance, kept)


def test_equal_shares_tells_who_paid_what_and_what_was_missing():
    instance = city({"hall": 600, "bench": 300, "tree": 200}, 1000)
    profile = Profile.of(instance, ballots({"hall bench": 4, "hall": 2, "bench": 1, "tree": 1, "": 2}))
    told = by_id(explain(instance, profile, equal_shares(instance, profile)))
    hall = told["hall"].detail
    assert (told["hall"].step, hall.payment, hall.least, hall.payers, hall.drained) == (1, 100, 100, 6, 0)
    bench = told["bench"]
    assert (bench.reason, bench.lost_to, bench.missing) == (Reason.UNPAID, ("hall",), 200)
    assert bench.spent == (pytest.approx(400),)
    assert (bench.change.at_least, bench.change.at_most) == (
        1,
        2,
    )  # of those who kept their 100: the tree's or the blank voters
    assert (told["tree"].missing, told["tree"].change.at_most) == (100, 1)


@settings(max_examples=120, deadline=None)
@given(cities())
def test_votes_said_to_be_enough_are_enough_and_fewer_than_the_least_are_not(city):
    instance, voters = city
    profile = Profile.of(instance, voters)
    for rule in (equal_shares, lambda *e: equal_shares(*e, completion=Completion.EXHAUSTIVE), phragmen):
        for one in explain(instance, profile, rule(instance, profile)):
            if one.change is None or one.change.at_most is None:
                continue
            assert 1 <= one.change.at_least <= one.change.at_most


@settings(max_examples=120, deadline=None)
@given(cities())
def test_right_votes_turn_a_loser_of_equal_shares_into_a_winner(city):
    """Tried with the very voters who have the most left: the outcome is counted again."""
    instance, voters = city
    profile = Profile.of(instance, voters)
    recounted = explain(
        instance, profile, equal_shares(instance, profile), recount=lambda other: equal_shares(instance, other)
    )
    raised = explain(
        instance,
        profile,
        equal_shares(instance, profile, completion=Completion.ADD1U),
        recount=lambda other: equal_shares(instance, other, completion=Completion.ADD1U),
    )
    for one in (*recounted, *raised):
        assert one.won or one.change is None or one.change.at_most is None or one.missing is None or one.missing > 0
    outcome = equal_shares(instance, profile)
    shares = Shares.of(instance, profile, outcome, Utility.COST)
    for one in recounted:
        if one.reason is Reason.UNPAID and one.change.at_most is not None:
            at = instance.position[one.project]
            again = equal_shares(instance, profile.with_votes(at, shares.richest(at)))
            assert one.project in again.selected


@settings(max_examples=120, deadline=None)
@given(cities())
def test_right_votes_let_a_loser_of_phragmen_win(city):
    """Those who have waited longest at the last moment at which it fits."""
    instance, voters = city
    profile = Profile.of(instance, voters)
    outcome = phragmen(instance, profile)
    for one in explain(instance, profile, outcome):
        if not one.won and one.change and one.change.at_most:
            at = instance.position[one.project]
            others = [place for place, ballot in enumerate(voters) if one.project not in ballot]
            assert one.change.at_most <= len(others)
            assert any(
                one.project in phragmen(instance, Profile.of(instance, changed)).selected
                for changed in with_each_choice(voters, one.project, others, one.change.at_most)
            ), (at, one)


def with_each_choice(voters, project, others, number):
    for some in combinations(others, number):
        yield [{**ballot, project: 1} if place in some else ballot for place, ballot in enumerate(voters)]


def test_shares_of_a_step_are_exact_fractions():
    instance = city({"a": 100}, 300)
    profile = Profile.of(instance, ballots({"a": 3}))
    (told,) = explain(instance, profile, equal_shares(instance, profile))
    assert told.detail.payment == Fraction(100, 3)


def test_outcome_without_any_one_district_is_told():
    instance = city({"park": 60, "pool": 60}, 100)
    blocks = {"north": ballots({"park": 3}), "south": ballots({"pool": 2}), "late": ballots({"pool": 2})}
    shifts = without_each(
        {name: Profile.of(instance, some) for name, some in blocks.items()}, lambda profile: greedy(instance, profile)
    )
    assert {name: (shift.gained, shift.lost) for name, shift in shifts.items()} == {
        "north": ((), ()),
        "south": (("park",), ("pool",)),
        "late": (("park",), ("pool",)),
    }
    assert [shift.moves for shift in shifts.values()] == [False, True, True]
