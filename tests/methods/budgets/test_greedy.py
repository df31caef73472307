"""Greedy rules: what is taken, what is skipped, who gives way."""

from zenne.methods.budgets import Profile, greedy

from .given import city


def test_most_votes_first_and_what_does_not_fit_is_skipped():
    instance = city({"park": 60, "pool": 50, "path": 30}, 100)
    profile = Profile.of(instance, [["park"]] * 5 + [["pool"]] * 4 + [["path"]] * 3)
    outcome = greedy(instance, profile)
    assert outcome.selected == ("park", "path")
    assert (outcome.cost, outcome.budget, outcome.rounds) == (90, 100, 2)


def test_votes_per_cost_prefers_the_cheap():
    instance = city({"park": 60, "pool": 50, "path": 30}, 80)
    profile = Profile.of(instance, [["park"]] * 5 + [["pool"]] * 4 + [["path"]] * 3)
    assert greedy(instance, profile, per_cost=True).selected == ("path", "pool")
