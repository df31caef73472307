"""Every algorithm against the enumeration of all panels of small pools."""

import math

import pytest
from hypothesis import assume, given, settings

from tests.methods.calm import calm
from tests.methods.lottery.naive import all_panels, best, leximin_levels, smallest_change
from tests.methods.lottery.strategies import instances
from zenne.methods.lottery import LotteryError
from zenne.methods.lottery.leximin import leximin
from zenne.methods.lottery.maximin import maximin
from zenne.methods.lottery.nash import nash
from zenne.methods.lottery.panels import feasible
from zenne.methods.lottery.relaxations import relaxations, relaxed

NEAR = 2e-4
some = settings(calm, max_examples=25)


@some
@given(instances())
def test_leximin_gives_everyone_the_odds_that_all_panels_together_allow(instance):
    assume(all_panels(instance))
    expected = leximin_levels(instance)
    fair = leximin(instance)
    assert fair.certified
    assert fair.probabilities == pytest.approx({**dict.fromkeys(instance.by_id, 0.0), **expected}, abs=NEAR)
    assert set(fair.unreachable) == instance.by_id.keys() - expected.keys()


@some
@given(instances())
def test_maximin_reaches_the_best_minimum_and_its_bound_is_one(instance):
    panels = all_panels(instance)
    assume(panels)
    people = sorted(set().union(*panels))
    expected = best(panels, dict.fromkeys(people), people)
    fair = maximin(instance)
    assert fair.certified
    assert fair.minimum == pytest.approx(expected, abs=NEAR)
    assert fair.bound >= expected - 1e-6


@some
@given(instances())
def test_no_panel_is_worth_more_than_the_pool_at_the_odds_of_nash(instance):
    """The condition of the optimum: with a seat worth 1/p, no panel exceeds the number of people who can be drawn. What is not proven so near says so."""
    panels = all_panels(instance)
    assume(panels)
    fair = nash(instance)
    people = len(set().union(*panels))
    beyond = 20 * NEAR if fair.certified else 0.01
    assert max(math.fsum(1 / fair.probabilities[one] for one in panel) for panel in panels) <= people * (1 + beyond)


@some
@given(instances(quotas_met=False, most=7))
def test_relaxations_are_the_smallest_and_let_a_panel_exist(instance):
    try:
        (first, *others) = relaxations(instance, alternatives=3)
    except LotteryError as fault:
        assert fault.code == "pool-too-small"
        return
    total, touched = smallest_change(instance)
    for changes in (first, *others):
        assert sum(one.change for one in changes) == total
        assert len(changes) == touched
        mended = relaxed(instance, changes)
        assert not mended.broken(feasible(mended))
    assert len({frozenset((one.category, one.value) for one in changes) for changes in (first, *others)}) == 1 + len(
        others
    )
    if not first:
        assert not instance.broken(feasible(instance))
    else:
        with pytest.raises(LotteryError, match="infeasible"):
            feasible(instance)
