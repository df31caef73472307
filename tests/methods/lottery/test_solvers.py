"""What one sees of the solvers: bounds, stopping, progress, limits per address, people nobody can draw, and words for what cannot be."""

import random
from itertools import pairwise

import pytest

from zenne.methods.lottery import Entry, Instance, LotteryError, Quota
from zenne.methods.lottery.legacy import legacy, legacy_odds
from zenne.methods.lottery.leximin import leximin
from zenne.methods.lottery.maximin import maximin
from zenne.methods.lottery.nash import nash
from zenne.methods.lottery.panels import feasible
from zenne.methods.lottery.relaxations import Relaxation, relaxations, relaxed

ALGORITHMS = (leximin, maximin, nash)


def town(people=60, size=12):
    """More old people than young, more of the centre than of the north; quotas ask for halves and thirds."""
    chance = random.Random(7)  # noqa: S311 - made up, and the same each time
    pool = tuple(
        Entry(
            f"{number:03}",
            {
                "age": chance.choices(["old", "young"], [3, 1])[0],
                "place": chance.choices(["centre", "north", "south"], [5, 1, 2])[0],
                "tongue": chance.choices(["fr", "nl"], [4, 1])[0],
            },
        )
        for number in range(people)
    )
    half, third = size // 2, size // 3
    quotas = (
        *(Quota("age", value, half, half) for value in ("old", "young")),
        *(Quota("place", value, third - 1, third + 1) for value in ("centre", "north", "south")),
        *(Quota("tongue", value, third, size - third) for value in ("fr", "nl")),
    )
    return Instance(pool, quotas, size)


def pair(home, *names, **features):
    return [Entry(name, features or {"age": "old"}, home) for name in names]


@pytest.mark.parametrize("solve", ALGORITHMS)
def test_an_answer_says_how_near_it_is_and_that_it_is_proven(solve):
    fair = solve(town())
    assert fair.certified
    assert fair.gap <= 1e-4
    assert 0 < fair.minimum <= fair.bound < 1
    assert not fair.unreachable


@pytest.mark.parametrize("solve", ALGORITHMS)
def test_told_to_stop_at_once_the_answer_is_a_lottery_all_the_same(solve):
    instance = town()
    fair = solve(instance, stop=lambda: True)
    assert fair.panels
    assert not any(instance.broken(panel) for panel in fair.panels)
    assert not fair.certified
    assert fair.minimum <= solve(instance).minimum <= fair.bound + 1e-9


def test_a_deadline_that_comes_later_leaves_a_better_answer_and_a_true_bound():
    instance = town()
    best = leximin(instance)
    left = iter(range(60, -1, -1))
    fair = leximin(instance, deadline=lambda: next(left, 0))
    assert fair.minimum > 0
    assert best.minimum <= fair.bound + 1e-9
    for one, odds in best.probabilities.items():
        assert fair.probabilities[one] >= odds * (1 - fair.gap) - 1e-6


def test_progress_goes_from_stage_to_stage_and_knows_the_bound_once_there_is_one():
    told = []
    fair = leximin(town(), progress=lambda stage, share, bound: told.append((stage, share, bound)))
    assert [stage for stage, _next in pairwise([*dict.fromkeys(stage for stage, _share, _bound in told), ""])] == [
        "levels",
        "panels",
        "mixture",
    ]
    assert all(0 <= share <= 1 for _stage, share, _bound in told)
    assert told[-1][2] == pytest.approx(fair.bound)


def test_of_those_who_share_an_address_only_so_many_are_drawn():
    pool = (*pair("a", "1", "2", "3"), *pair("b", "4", "5"), *pair("", "6", "7"))
    quotas = (Quota("age", "old", 0, 9),)
    fair = leximin(Instance(pool, quotas, 4, per_address=1))
    assert all(len({"1", "2", "3"} & set(panel)) <= 1 and len({"4", "5"} & set(panel)) <= 1 for panel in fair.panels)
    assert fair.probabilities == pytest.approx(
        {"1": 1 / 3, "2": 1 / 3, "3": 1 / 3, "4": 1 / 2, "5": 1 / 2, "6": 1, "7": 1}
    )


def test_who_fits_on_no_panel_is_named_and_the_minimum_is_of_the_others():
    """Young people are not wanted."""
    pool = (Entry("1", {"age": "young"}), *pair("", "2", "3", "4"))
    fair = leximin(Instance(pool, (Quota("age", "old", 0, 2), Quota("age", "young", 0, 0)), 2))
    assert fair.unreachable == ("1",)
    assert fair.minimum == pytest.approx(2 / 3)


def test_where_whole_people_cannot_do_what_averages_can_the_levels_are_raised_one_by_one():
    """Of three people any two share a trait, and each trait may sit once: halves of all three could sit together, but people are whole."""
    kinds = {"ab": "yyn", "bc": "nyy", "ac": "yny"}
    pool = tuple(
        Entry(name, dict(zip(("a", "b", "c"), kind, strict=True))) for name, kind in [*kinds.items(), ("none", "nnn")]
    )
    quotas = tuple(Quota(kind, value, 0, 1 if value == "y" else 9) for kind in "abc" for value in "yn")
    told = []
    fair = leximin(Instance(pool, quotas, 2), progress=lambda stage, *_rest: told.append(stage))
    assert "raising" in told
    assert fair.certified
    assert fair.probabilities == pytest.approx({"ab": 1 / 3, "bc": 1 / 3, "ac": 1 / 3, "none": 1})


def test_one_smallest_relaxation_of_quotas_that_no_pool_can_meet():
    pool = (*pair("", "1", "2", "3"), Entry("4", {"age": "young"}))
    instance = Instance(pool, (Quota("age", "old", 1, 1), Quota("age", "young", 2, 2)), 3)
    with pytest.raises(LotteryError, match="infeasible"):
        feasible(instance)
    (changes,) = relaxations(instance)
    assert changes == (Relaxation("age", "old", 1, 1, 1, 2), Relaxation("age", "young", 2, 2, 1, 2))
    assert sum(one.change for one in changes) == 2
    with pytest.raises(LotteryError, match="stale-relaxation"):
        relaxed(relaxed(instance, changes), changes)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"size": 9}, "pool-too-small"),
        ({"size": 4, "per_address": 1}, "pool-too-small"),
        ({"size": 1, "include": frozenset({"1", "4"})}, "too-many-included"),
        ({"size": 2, "per_address": 1, "include": frozenset({"1", "2"})}, "included-together"),
    ],
)
def test_what_no_change_of_quotas_can_help_is_said_at_once(changes, code):
    pool = (*pair("a", "1", "2"), *pair("b", "3"), *pair("", "4"))
    instance = Instance(pool, (Quota("age", "old", 0, 9),), **changes)
    for ask in (feasible, relaxations, *ALGORITHMS):
        with pytest.raises(LotteryError) as fault:
            ask(instance)
        assert fault.value.code == code


def test_legacy_draws_the_same_panel_from_the_same_seed_and_meets_the_quotas():
    instance = town()
    panel, _again = legacy(instance, "seed")
    assert legacy(instance, "seed")[0] == panel
    assert not instance.broken(panel)
    assert len({legacy(instance, f"seed {number}")[0] for number in range(10)}) > 5


def test_legacy_begins_again_when_it_gets_stuck_and_gives_up_at_its_limit():
    """Only one pair has all of one, two and three between them; greed finds that out on the way."""
    kinds = [("p", "x", "m"), ("p", "y", "n"), ("q", "x", "n"), ("q", "y", "m"), ("q", "x", "m")]
    pool = tuple(Entry(str(at), dict(zip(("one", "two", "three"), kind, strict=True))) for at, kind in enumerate(kinds))
    quotas = tuple(
        Quota(*cell, 1, 1)
        for cell in (("one", "p"), ("one", "q"), ("two", "x"), ("two", "y"), ("three", "m"), ("three", "n"))
    )
    instance = Instance(pool, quotas, 2)
    again = [legacy(instance, f"seed {number}") for number in range(30)]
    assert {panel for panel, _restarts in again} == {("1", "4")}
    assert max(restarts for _panel, restarts in again) > 0
    stuck = next(f"seed {number}" for number, (_panel, restarts) in enumerate(again) if restarts)
    with pytest.raises(LotteryError, match="restarts-exhausted"):
        legacy(instance, stuck, restarts=0)


def test_odds_of_legacy_are_frequencies_and_claim_nothing():
    instance = town()
    fair = legacy_odds(instance, "seed", 200)
    assert sum(fair.probabilities.values()) == pytest.approx(instance.size)
    assert not fair.certified
    assert fair.minimum <= leximin(instance).minimum
    with pytest.raises(LotteryError, match="stopped"):
        legacy_odds(instance, "seed", stop=lambda: True)
