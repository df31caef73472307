"""Tie rules: named, and a lot that anyone can draw again."""

import hashlib

import pytest

from zenne.methods.budgets import Instance, Profile, Project, Tied, TieRule, UnknownTieRule, greedy

INSTANCE = Instance((Project("c", 30), Project("b", 20), Project("a", 20)), 60)
PROFILE = Profile.of(INSTANCE, [["a", "b", "c"]] * 2)


@pytest.mark.parametrize(
    ("words", "selected"), [("order", ("c", "b")), ("min-cost", ("b", "a")), ("max-votes", ("c", "b"))]
)
def test_named_rule_decides(words, selected):
    assert greedy(INSTANCE, PROFILE, ties=TieRule.named(words)).selected == selected
    assert str(TieRule.named(words)) == words


def test_lot_is_drawn_by_the_published_digest():
    drawn = sorted("abc", key=lambda one: hashlib.sha256(f"2026-11-22/{one}".encode()).hexdigest())
    assert greedy(INSTANCE, PROFILE, ties=TieRule.named("lot:2026-11-22")).selected[0] == drawn[0]
    assert str(TieRule.named("lot:a:b")) == "lot:a:b"


def test_refusing_names_those_that_are_equal():
    with pytest.raises(Tied) as tie:
        greedy(INSTANCE, PROFILE, ties=TieRule.named("refuse"))
    assert tie.value.projects == ("c", "b", "a")


@pytest.mark.parametrize("words", ["", "lot", "lot:", "order:5", "coin"])
def test_other_words_are_refused(words):
    with pytest.raises(UnknownTieRule):
        TieRule.named(words)
