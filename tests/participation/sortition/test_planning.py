"""The arithmetic of a design."""

from random import Random

import pytest

from zenne.participation.sortition.planning import (
    Group,
    Plan,
    doubts,
    expected,
    expected_pool,
    letters,
    quota,
)


def plan(**given):
    groups = given.pop("groups", [Group("w", 51.0, 17, 19), Group("m", 49.0, 16, 18)])
    return Plan(**{"size": 35, "response": 4.0, "categories": {"gender": groups}, **given})


def codes(of):
    return {each.code for each in doubts(of)}


def test_a_quota_is_the_share_with_room_rounded_outward():
    assert quota(52, 35, 0) == (18, 19)
    assert quota(52, 35, 10) == (16, 21)
    assert quota(20, 35, 0) == (7, 7)
    assert quota(0, 35, 10) == (0, 0)


@pytest.mark.parametrize("seed", range(40))
def test_quotas_of_shares_that_add_up_never_contradict_the_size(seed):
    chance = Random(seed)  # noqa: S311 - examples, the same each time
    weights = [chance.randint(1, 1000) for _group in range(chance.randint(2, 12))]
    size, tolerance = chance.randint(2, 200), chance.randint(0, 100)
    found = [quota(weight / sum(weights) * 100, size, tolerance) for weight in weights]
    assert sum(least for least, _most in found) <= size <= sum(most for _least, most in found)


def test_letters_bring_the_pool_that_is_wished():
    assert letters(plan()) == 7000
    assert expected_pool(plan()) == 280
    assert letters(plan(wished=120)) == 3000


def test_a_group_that_answers_less_needs_more_letters_and_is_a_smaller_part_of_the_pool():
    groups = [Group("w", 50.0, 0, 35), Group("m", 50.0, 0, 35, response=2.0)]
    shy = plan(groups=groups)
    assert letters(shy) > letters(plan())
    found = expected(shy, "gender")
    assert found["w"] == pytest.approx(2 * found["m"], abs=2)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"groups": [Group("w", 100.0, 35, 35)]}, "one-group"),
        ({"groups": [Group("w", 50.0, 20, 35), Group("m", 50.0, 20, 35)]}, "minima-above-size"),
        ({"groups": [Group("w", 50.0, 0, 10), Group("m", 50.0, 0, 10)]}, "maxima-below-size"),
        ({"groups": [Group("w", 60.0, 0, 35), Group("m", 60.0, 0, 35)]}, "shares-off"),
        ({"groups": [Group("w", 99.0, 0, 35), Group("m", 1.0, 5, 35)]}, "few-can-meet"),
        ({"groups": [Group("w", 99.0, 0, 35), Group("m", 1.0, 1, 35)]}, "less-than-a-seat"),
        ({"groups": [Group("w", 50.0, 35, 35), Group("m", 50.0, 0, 0)]}, "nobody-allowed"),
        ({"letters": 500}, "pool-below-size"),
        ({"letters": 2000}, "pool-small"),
        ({"population": 5000}, "more-letters-than-people"),
        (
            {"categories": {f"c{n}": [Group(g, 25.0, 0, 35) for g in "abcd"] for n in range(7)}},
            "many-categories",
        ),
        (
            {"categories": {f"c{n}": [Group(g, 25.0, 0, 35) for g in "abcd"] for n in range(5)}},
            "too-many-kinds",
        ),
    ],
)
def test_what_is_likely_to_go_wrong_is_named(given, code):
    assert code in codes(plan(**given))


def test_nothing_is_said_against_a_sound_design():
    assert codes(plan()) == set()
