"""What every fair lottery keeps, on random small pools."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.calm import calm
from tests.methods.lottery.strategies import instances
from zenne.methods.lottery import Entry
from zenne.methods.lottery.legacy import legacy_odds
from zenne.methods.lottery.leximin import leximin
from zenne.methods.lottery.maximin import maximin
from zenne.methods.lottery.nash import nash

NEAR = 2e-4
some = settings(calm, max_examples=12)
ALGORITHMS = (leximin, maximin, nash)
feasible_pools = instances()


@pytest.mark.parametrize("solve", ALGORITHMS)
@some
@given(feasible_pools)
def test_all_panels_keep_to_everything_and_the_odds_are_those_of_the_panels(solve, instance):
    instance = replace(instance, per_address=None)
    fair = solve(instance)
    assert not any(instance.broken(panel) for panel in fair.panels)
    assert len(set(fair.panels)) == len(fair.panels) == len(fair.weights)
    assert math.fsum(fair.weights) == pytest.approx(1)
    assert math.fsum(fair.probabilities.values()) == pytest.approx(instance.size)
    for one, odds in fair.probabilities.items():
        held = math.fsum(weight for panel, weight in zip(fair.panels, fair.weights, strict=True) if one in panel)
        assert held == pytest.approx(odds, abs=1e-9)
    assert fair.minimum <= fair.bound


@pytest.mark.parametrize("solve", ALGORITHMS)
@some
@given(feasible_pools, st.randoms(use_true_random=False))
def test_order_and_names_of_the_pool_change_nobodys_odds(solve, instance, random):
    """Nor does it matter which of the equal people has which number."""
    instance = replace(instance, per_address=None)
    shuffled = list(instance.pool)
    random.shuffle(shuffled)
    other = {entry.id: f"n{number}" for number, entry in enumerate(shuffled)}
    renamed = tuple(Entry(other[entry.id], entry.features, entry.address) for entry in shuffled)
    before, after = solve(instance), solve(replace(instance, pool=renamed))
    for one, odds in before.probabilities.items():
        assert after.probabilities[other[one]] == pytest.approx(odds, abs=1e-9)


@pytest.mark.parametrize("solve", ALGORITHMS)
@some
@given(feasible_pools)
def test_equal_people_have_equal_odds_and_the_same_question_the_same_answer(solve, instance):
    instance = replace(instance, per_address=None)
    fair = solve(instance)
    odds: dict[tuple[str, ...], float] = {}
    for entry in instance.pool:
        mine = fair.probabilities[entry.id]
        assert odds.setdefault(instance.profile(entry), mine) == pytest.approx(mine, abs=1e-9)
    assert solve(instance) == fair


@some
@given(feasible_pools)
def test_leximin_is_at_least_maximin_and_legacy_at_the_minimum_and_nash_at_the_product(instance):
    instance = replace(instance, per_address=None)
    fairest, highest, product = leximin(instance), maximin(instance), nash(instance)
    greedy = legacy_odds(instance, "Zenne", 40)
    reachable = [one for one in fairest.probabilities if one not in fairest.unreachable]
    assert fairest.minimum >= highest.minimum - NEAR
    assert fairest.bound >= min(greedy.probabilities[one] for one in reachable) - NEAR

    def geometric(fair):
        return math.fsum(math.log(max(fair.probabilities[one], 1e-12)) for one in reachable) / len(reachable)

    assert geometric(product) >= max(geometric(other) for other in (fairest, highest, greedy)) - NEAR


@some
@given(feasible_pools, st.data())
def test_who_must_be_there_is_always_and_who_must_not_never(instance, data):
    """One of a panel that exists is included, one who is not on it is excluded: so that panel remains."""
    instance = replace(instance, per_address=None)
    panel = data.draw(st.sampled_from(leximin(instance).panels))
    include = frozenset(data.draw(st.lists(st.sampled_from(panel), max_size=2)))
    exclude = frozenset(data.draw(st.lists(st.sampled_from(sorted(set(instance.by_id) - set(panel))), max_size=2)))
    bound = replace(instance, include=include, exclude=exclude)
    fair = leximin(bound)
    assert all(fair.probabilities[one] == pytest.approx(1) for one in include)
    assert all(fair.probabilities[one] == 0 for one in exclude)
    assert not any(bound.broken(panel) for panel in fair.panels)
