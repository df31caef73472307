"""Equal shares: examples of the papers, completions, ties, and numbers that floats would get wrong."""

from fractions import Fraction

import pytest

from zenne.methods.budgets import (
    Completion,
    Instance,
    Profile,
    Project,
    Tied,
    TieRule,
    Utility,
    equal_shares,
    phragmen,
)

from .given import ballots, city


@pytest.fixture
def river():
    """The town of Peters and Skowron's introduction: most live north of the river, and greedy would build in the north alone."""
    instance = city({"n1": 300, "n2": 300, "n3": 300, "s1": 300, "s2": 300}, 900)
    return instance, Profile.of(instance, ballots({"n1 n2 n3": 60, "s1 s2": 40}))


def test_minority_gets_what_its_share_of_the_money_pays_for(river):
    """60 voters of 100 hold 540 of 900, 40 hold 360: one project each; 300 is left, and neither side can pay for a second alone."""
    outcome = equal_shares(*river)
    assert outcome.selected == ("n1", "s1")
    assert outcome.endowment == 9
    assert [step.payment for step in outcome.steps] == [5, Fraction(15, 2)]
    assert [step.rate for step in outcome.steps] == [Fraction(5, 300), Fraction(15, 600)]
    assert [(step.payers, step.drained, step.tied) for step in outcome.steps] == [
        (60, 0, ("n2", "n3")),
        (40, 0, ("s2",)),
    ]


def test_exhaustive_fills_the_rest_by_votes(river):
    outcome = equal_shares(*river, completion=Completion.EXHAUSTIVE)
    assert outcome.selected == ("n1", "s1", "n2")
    assert [step.way.value for step in outcome.steps] == ["rule", "rule", "fill"]


def test_add1u_raises_every_share_by_a_unit_until_the_next_raise_would_overspend(river):
    """With 10 each the north holds 600 and pays for two."""
    _instance, profile = river
    outcome = equal_shares(
        city(dict.fromkeys(["n1", "n2", "n3", "s1", "s2"], 300), 900, unit=1), profile, completion=Completion.ADD1U
    )
    assert outcome.selected == ("n1", "n2", "s1")
    assert outcome.endowment == 10


def test_add1u_stops_before_it_overspends():
    instance = city({"a": 100, "b": 100, "c": 190}, 290, unit=1)
    profile = Profile.of(instance, ballots({"a": 1, "b": 1, "c": 2}))
    outcome = equal_shares(instance, profile, completion=Completion.ADD1U)
    assert outcome.selected == ("c",)  # with 100 each, a and b and c: 390
    assert outcome.endowment == 99 + Fraction(1, 2)


def test_hundred_voters_of_the_encyclopedia_are_left_with_nothing_after_three_purchases():
    """A budget of 1000 and 100 voters: 46 of them pay 200/66, 200/60 and 200/55, which is ten exactly, as no float says."""
    instance = city({"D": 200, "A": 200, "C": 200, "Z": 1}, 1000)
    profile = Profile.of(instance, ballots({"D A C Z": 46, "D A": 14, "D": 6, "C": 9, "": 25}))
    outcome = equal_shares(instance, profile, utility=Utility.COST)
    assert outcome.selected == ("D", "A", "C")
    assert [round(float(step.payment), 2) for step in outcome.steps] == [3.03, 3.33, 3.64]
    assert [step.drained for step in outcome.steps] == [0, 0, 0]


def test_poor_give_what_they_have_and_the_others_pay_the_rest():
    instance = city({"first": 50, "second": 35}, 100)
    profile = Profile.of(instance, ballots({"first second": 6, "first": 2, "second": 2}))
    outcome = equal_shares(instance, profile, utility=Utility.COUNT)
    assert outcome.selected == ("second", "first")
    second, first = outcome.steps
    assert (second.payment, second.payers, second.drained) == (Fraction(35, 8), 8, 0)
    assert (first.payment, first.least, first.payers, first.drained) == (Fraction(65, 8), Fraction(45, 8), 8, 6)


def test_cost_utilities_go_by_votes_and_counting_utilities_by_cost_per_vote():
    instance = city({"hall": 600, "bench": 100}, 1000)
    profile = Profile.of(instance, ballots({"hall": 8, "bench": 2}))
    assert equal_shares(instance, profile, utility=Utility.COST).selected == ("hall", "bench")
    assert equal_shares(instance, profile, utility=Utility.COUNT).selected == ("bench", "hall")


def test_points_make_those_pay_more_who_want_more():
    instance = city({"pool": 90}, 200)
    profile = Profile.of(instance, [{"pool": 2}, {"pool": 1}])
    step = equal_shares(instance, profile, utility=Utility.POINTS).steps[0]
    assert (step.payment, step.least, step.rate) == (30, 30, 30)


def test_exactly_enough_is_enough():
    """Three shares of a third of 100 are 100, which no sum of floats says."""
    instance = city({"a": 100}, 100)
    assert equal_shares(instance, Profile.of(instance, ballots({"a": 3}))).selected == ("a",)


def test_a_cent_too_little_is_too_little():
    instance = city({"a": 10**15, "b": 1}, 10**15)
    profile = Profile.of(instance, ballots({"a b": 7}))
    assert equal_shares(instance, profile).selected == ("a",)
    assert equal_shares(
        city({"b": 1, "a": 10**15}, 10**15), Profile.of(city({"b": 1, "a": 10**15}, 0), ballots({"a b": 7}))
    ).selected == ("b",)


def test_prices_that_floats_hold_equal_are_told_apart():
    """Two prices differ by one part in 10**18."""
    costs = {"a": 10**18 + 1, "b": 10**18}
    instance = city(costs, 4 * 10**18)
    profile = Profile.of(instance, ballots({"a": 3, "b": 3}))
    assert equal_shares(instance, profile, utility=Utility.COUNT).selected[0] == "b"


def test_who_has_one_cent_less_than_his_share_among_quintillions_is_drained():
    """No float tells 10**18 - 1 from the share of 10**18 - 1/2."""
    instance = city({"one": 1, "both": 2 * 10**18 - 1}, 2 * 10**18)
    profile = Profile.of(instance, ballots({"one both": 1, "both": 1}))
    _one, both = equal_shares(instance, profile, utility=Utility.COUNT).steps
    assert (both.payment, both.least, both.drained) == (10**18, 10**18 - 1, 1)


def test_ties_go_by_the_named_rule():
    instance = city({"b": 100, "a": 100, "c": 60}, 100)
    profile = Profile.of(instance, ballots({"a b": 1, "c": 0}))
    assert equal_shares(instance, profile).selected == ("b",)
    with pytest.raises(Tied) as tie:
        equal_shares(instance, profile, ties=TieRule.named("refuse"))
    assert tie.value.projects == ("b", "a")


def test_comparison_lets_greedy_stand_if_more_voters_prefer_it():
    instance = city({"hall": 100, "x": 10, "y": 10}, 100)
    profile = Profile.of(instance, ballots({"hall": 8, "x": 1, "y": 1}))
    alone = equal_shares(instance, profile)
    assert alone.selected == ("x", "y")
    outcome = equal_shares(instance, profile, comparison=True)
    assert (outcome.selected, outcome.preferred) == (("hall",), (2, 8))


def test_excluded_and_unsupported_projects_stay_out():
    instance = city({"a": 10, "b": 10, "c": 10}, 300, exclusions=(frozenset({"a", "b"}),), minimum_support=2)
    profile = Profile.of(instance, ballots({"a b": 3, "c": 1}))
    assert equal_shares(instance, profile).selected == ("a",)
    assert phragmen(instance, profile).selected == ("a",)


def test_heading_with_a_cap_is_not_spent_beyond_it():
    projects = (Project("a", 50, heading="green"), Project("b", 50, heading="green"), Project("c", 50, heading="roads"))
    instance = Instance(projects, 200, caps={"green": 60})
    profile = Profile.of(instance, ballots({"a b c": 4}))
    assert equal_shares(instance, profile).selected == ("a", "c")


def test_nobody_voted_nothing_is_bought():
    instance = city({"a": 1}, 10)
    for completion in Completion:
        assert equal_shares(instance, Profile.of(instance, []), completion=completion).selected == ()


def test_like_ballots_are_one_group_and_blank_ones_count_as_voters():
    instance = city({"a": 1, "b": 1}, 10)
    profile = Profile.of(instance, [["a", "b"], ["b", "a"], [], []])
    assert (profile.voters, profile.copies.tolist(), profile.votes.tolist()) == (4, [2, 2], [2, 2])
    assert equal_shares(instance, profile).endowment == Fraction(10, 4)
