"""Lots that anybody can draw again."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from tests.methods.calm import calm
from zenne.methods.lots import drawn, ticket


def test_ticket_is_what_the_command_line_gives():
    assert ticket("2026", "a") == hashlib.sha256(b"2026/a").hexdigest()


@calm
@given(st.sets(st.text(max_size=4)), st.text(max_size=4), st.randoms(use_true_random=False))
def test_order_follows_from_the_seed_only(names, seed, chance):
    listed = chance.sample(sorted(names), len(names))
    assert drawn(listed, seed) == drawn(sorted(names), seed)
    assert sorted(drawn(listed, seed)) == sorted(names)


def test_everybody_comes_first_about_as_often():
    firsts = [drawn("abc", str(seed))[0] for seed in range(900)]
    assert all(240 < firsts.count(name) < 360 for name in "abc")
