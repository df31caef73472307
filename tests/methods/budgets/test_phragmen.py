"""Phragmén's sequential rule: who buys when."""

from fractions import Fraction

from zenne.methods.budgets import Instance, Profile, Project, TieRule, phragmen


def city(costs, budget):
    return Instance(tuple(Project(one, cost) for one, cost in costs.items()), budget)


def test_phragmens_own_example_of_1899_elects_one_of_each_and_a_second_of_the_largest():
    """1034 voters for A, B and C, 519 for P, Q and R, 90 for A, B and Q, 47 for A, P and Q: three seats go to A, Q and B."""
    instance = city(dict.fromkeys("ABCPQR", 1), 3)
    groups = {"ABC": 1034, "PQR": 519, "ABQ": 90, "APQ": 47}
    profile = Profile.of(instance, [ballot for names, many in groups.items() for ballot in [list(names)] * many])
    outcome = phragmen(instance, profile)
    assert outcome.selected == ("A", "Q", "B")
    assert outcome.steps[0].rate == Fraction(1, 1034 + 90 + 47)


def test_rule_ends_at_the_first_purchase_that_does_not_fit_unless_filled():
    instance = city({"park": 60, "pool": 50, "path": 30}, 100)
    profile = Profile.of(instance, [["park"]] * 6 + [["pool"]] * 4 + [["path"]])
    assert phragmen(instance, profile).selected == ("park",)
    assert phragmen(instance, profile, exhaustive=True).selected == ("park", "path")


def test_moment_is_the_money_each_voter_has_earned():
    instance = city({"a": 10, "b": 12}, 100)
    profile = Profile.of(instance, [["a", "b"], ["a"], ["b"]])
    steps = phragmen(instance, profile).steps
    assert [(step.project, step.rate) for step in steps] == [("a", 5), ("b", Fraction(17, 2))]


def test_tied_projects_of_unlike_support_each_keep_their_own_sum():
    """Two voters earn 10 for `a` when three earn 15 for `b`: both at the moment 5."""
    instance = city({"b": 15, "a": 10, "c": 9}, 100)
    profile = Profile.of(instance, [["a", "c"]] * 2 + [["b", "c"]] * 3)
    for order in ("order", "min-cost"):
        steps = phragmen(instance, profile, ties=TieRule.named(order)).steps
        assert {step.project: step.rate for step in steps} == {
            "c": Fraction(9, 5),
            "a": Fraction(34, 5),
            "b": Fraction(34, 5),
        }
