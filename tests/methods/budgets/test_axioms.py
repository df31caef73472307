"""What the rules promise, tried on thousands of small elections; and that the quick rules are the slow ones of the papers."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zenne.methods.budgets import Completion, Profile, TieRule, Utility, equal_shares, greedy, phragmen

from . import naive
from .strategies import cities

WORTH = {
    Utility.COST: lambda project, _points: project.cost,
    Utility.COUNT: lambda _project, _points: 1,
    Utility.POINTS: lambda _project, points: points,
}
RULES = {
    "greedy": greedy,
    "greedy-cost": lambda instance, profile: greedy(instance, profile, per_cost=True),
    "equal-shares": equal_shares,
    "equal-shares count": lambda instance, profile: equal_shares(instance, profile, utility=Utility.COUNT),
    "equal-shares points": lambda instance, profile: equal_shares(instance, profile, utility=Utility.POINTS),
    "equal-shares add1u": lambda instance, profile: equal_shares(instance, profile, completion=Completion.ADD1U),
    "equal-shares exhaustive": lambda instance, profile: equal_shares(instance, profile, completion=Completion.EXHAUSTIVE),
    "phragmen": phragmen,
}  # fmt: skip
MONOTONE = ("greedy", "greedy-cost", "equal-shares", "equal-shares count", "equal-shares exhaustive", "phragmen")
EXHAUSTIVE = ("greedy", "greedy-cost", "equal-shares exhaustive")


@pytest.mark.parametrize("utility", Utility)
@settings(max_examples=100, deadline=None)
@given(city=cities(most_points=3))
def test_equal_shares_is_what_the_paper_says(utility, city):
    instance, ballots = city
    quick = equal_shares(instance, Profile.of(instance, ballots), utility=utility)
    assert list(quick.selected) == naive.equal_shares(instance, ballots, WORTH[utility])


@settings(max_examples=60, deadline=None)
@given(cities(), st.sampled_from([7, 20, 100]))
def test_add1u_passes_over_no_step_that_matters(city, unit):
    instance, ballots = replace(city[0], unit=unit), city[1]
    quick = equal_shares(instance, Profile.of(instance, ballots), completion=Completion.ADD1U)
    assert list(quick.selected) == naive.add1u(instance, ballots, WORTH[Utility.COST])


@settings(max_examples=150, deadline=None)
@given(cities(projects=7, voters=20))
def test_phragmen_is_what_the_paper_says(city):
    instance, ballots = city
    assert list(phragmen(instance, Profile.of(instance, ballots)).selected) == naive.phragmen(instance, ballots)


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=50, deadline=None)
@given(city=cities(most_points=3), shuffled=st.randoms(use_true_random=False))
def test_order_of_ballots_does_not_matter(rule, city, shuffled):
    instance, ballots = city
    mixed = list(ballots)
    shuffled.shuffle(mixed)
    first, second = (RULES[rule](instance, Profile.of(instance, some)) for some in (ballots, mixed))
    assert first == second


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=50, deadline=None)
@given(city=cities(most_points=3))
def test_budget_is_never_overspent_and_every_winner_is_paid_whole_and_wanted(rule, city):
    instance, ballots = city
    outcome = RULES[rule](instance, Profile.of(instance, ballots))
    costs = {project.id: project.cost for project in instance.projects}
    assert outcome.cost == sum(costs[one] for one in outcome.selected) <= instance.budget
    assert len(set(outcome.selected)) == len(outcome.selected) == outcome.rounds
    assert all(any(ballot.get(one, 0) > 0 for ballot in ballots) for one in outcome.selected)


@pytest.mark.parametrize("rule", EXHAUSTIVE)
@settings(max_examples=50, deadline=None)
@given(city=cities())
def test_nothing_that_somebody_wants_would_still_fit(rule, city):
    instance, ballots = city
    outcome = RULES[rule](instance, Profile.of(instance, ballots))
    left = instance.budget - outcome.cost
    wanted = {one for ballot in ballots for one in ballot}
    assert not [p.id for p in instance.projects if p.id in wanted - set(outcome.selected) and p.cost <= left]


@pytest.mark.parametrize("rule", MONOTONE)
@settings(max_examples=60, deadline=None)
@given(city=cities(), data=st.data())
def test_one_vote_more_never_hurts_a_winner(rule, city, data):
    instance, ballots = city
    before = RULES[rule](instance, Profile.of(instance, ballots)).selected
    for winner in before:
        without = [at for at, ballot in enumerate(ballots) if winner not in ballot]
        if without:
            at = data.draw(st.sampled_from(without))
            more = [{**ballot, winner: 1} if place == at else ballot for place, ballot in enumerate(ballots)]
            assert winner in RULES[rule](instance, Profile.of(instance, more)).selected


@pytest.mark.parametrize("utility", [Utility.COST, Utility.COUNT])
@settings(max_examples=100, deadline=None)
@given(city=cities(projects=5, voters=6))
def test_no_group_that_deserves_more_is_left_out(utility, city):
    """Extended justified representation up to one project (Peters, Pierczyński and Skowron 2021, theorem 2), by trying all groups and all wishes."""
    instance, ballots = city
    won = set(equal_shares(instance, Profile.of(instance, ballots), utility=utility).selected)
    worth = {project.id: WORTH[utility](project, 1) for project in instance.projects}
    costs = {project.id: project.cost for project in instance.projects}
    for size in range(1, len(ballots) + 1):
        for group in combinations(ballots, size):
            common = set.intersection(*(set(ballot) for ballot in group))
            for many in range(1, len(common) + 1):
                for wish in combinations(sorted(common), many):
                    if sum(costs[one] for one in wish) * len(ballots) <= size * instance.budget:
                        assert any(satisfied(ballot, wish, won, worth) for ballot in group)


def satisfied(ballot, wish, won, worth):
    """Somebody has as much as the wish would give, or would have more with one more project of it."""
    has = sum(worth[one] for one in won if one in ballot)
    due = sum(worth[one] for one in wish)
    return has >= due or any(has + worth[one] > due for one in wish if one not in won)


@settings(deadline=None)
@given(cities(), st.text(min_size=1, max_size=4))
def test_every_tie_rule_gives_an_outcome_and_the_same_one_again(city, seed):
    instance, ballots = city
    profile = Profile.of(instance, ballots)
    for words in ("order", "min-cost", "max-votes", f"lot:{seed}"):
        first = equal_shares(instance, profile, ties=TieRule.named(words))
        assert first == equal_shares(instance, profile, ties=TieRule.named(words))


@settings(deadline=None)
@given(cities(most_points=3))
def test_shares_of_each_step_add_up_to_the_cost_to_the_last_digit(city):
    """What the steps say was paid is what it cost: payers at the payment, except the drained, who give less."""
    instance, ballots = city
    outcome = equal_shares(instance, Profile.of(instance, ballots))
    for step in outcome.steps:
        cost = instance.costs[instance.position[step.project]]
        if cost:
            assert step.payers and step.least <= step.payment
            assert step.payment * (step.payers - step.drained) <= cost <= step.payment * step.payers
            if not step.drained:
                assert step.payment == Fraction(cost, step.payers)
