"""Several budgets: each heading with its own money, projects and voters. And what cannot be an instance."""

import pytest

from zenne.methods.budgets import (
    Instance,
    NotABallot,
    NotAnInstance,
    Profile,
    Project,
    by_heading,
    equal_shares,
    tally_headings,
)

PROJECTS = (Project("n1", 50, heading="north"), Project("s1", 50, heading="south"), Project("n2", 50, heading="north"))
INSTANCE = Instance(PROJECTS, 150)
PROFILE = Profile.of(INSTANCE, [["n1", "n2"], ["n1"], ["s1"], ["s1", "n1"]])


def test_each_heading_is_counted_with_its_own_money():
    outcomes = tally_headings(INSTANCE, PROFILE, {"north": 100, "south": 40}, equal_shares)
    assert {heading: outcome.selected for heading, outcome in outcomes.items()} == {"north": ("n1",), "south": ()}
    assert outcomes["north"].endowment == 25


def test_only_those_who_vote_on_a_heading_may_share_its_money():
    parts = by_heading(INSTANCE, PROFILE, {"north": 100, "south": 60}, everyone=False)
    assert [profile.voters for _instance, profile in parts.values()] == [3, 2]
    outcome = equal_shares(*parts["south"])
    assert (outcome.selected, outcome.endowment) == (("s1",), 30)


def test_heading_without_a_budget_is_refused():
    with pytest.raises(NotAnInstance, match="'south' has projects, but no budget"):
        by_heading(INSTANCE, PROFILE, {"north": 100})


@pytest.mark.parametrize(
    ("projects", "more", "reason"),
    [
        ((Project("a", 1), Project("a", 2)), {}, "project 'a' is there twice"),
        ((Project("a", -1),), {}, "project 'a' has a negative cost"),
        ((Project("a", 2**62),), {}, "amounts are too large to be compared exactly"),
        ((Project("a", 1),), {"exclusions": (frozenset({"a", "z"}),)}, "'z' is excluded by another project, but is no project"),
        ((Project("a", 1),), {"caps": {"green": 5}}, "heading 'green' has a cap, but no project"),
        ((), {"budget": -1}, "a budget is not negative"),
    ],
)  # fmt: skip
def test_contradictions_are_refused(projects, more, reason):
    with pytest.raises(NotAnInstance, match=reason):
        Instance(projects, **{"budget": 10, **more})


@pytest.mark.parametrize(("ballot", "reason"), [(["x"], "'x' is no project"), (["n1", "n1"], "names a project twice")])
def test_ballot_that_names_what_is_not_there_or_twice_is_refused(ballot, reason):
    with pytest.raises(NotABallot, match=reason):
        Profile.of(INSTANCE, [ballot])


def test_points_that_cannot_be_added_exactly_are_refused():
    with pytest.raises(NotABallot, match="too many to be added exactly"):
        Profile.of(INSTANCE, [{"n1": 2**53}])
