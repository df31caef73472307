"""Ballots are read strictly and written in one spelling."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.ballots.strategies import contents
from tests.methods.calm import few
from zenne.methods.ballots import content
from zenne.methods.ballots.content import Kind, Malformed, canonical, parse
from zenne.methods.ballots.rule import Form, Method


@few
@given(st.sampled_from(list(Method)).flatmap(lambda method: contents(method, "abcde")))
def test_ballot_that_was_written_is_read_back_the_same(ballot):
    assert parse(json.loads(canonical(ballot.plain()))) == ballot


def test_same_choices_have_one_spelling():
    assert content.approval(["b", "a", "b"]) == content.approval(["a", "b"])
    assert content.points({"b": 1, "a": 2, "c": 0}) == content.points({"a": 2, "b": 1})
    assert content.approval([]) == content.blank(Kind.APPROVAL)
    assert canonical(content.approval(["é", "a"]).plain()) == '{"choices":["a","é"],"kind":"approval"}'.encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ([], "an object"),
        ({"kind": "approval"}, "nothing else"),
        ({"kind": "approval", "choices": ["a"], "name": "Amina"}, "nothing else"),
        ({"kind": "petition", "choices": ["a"]}, "no kind of ballot 'petition'"),
        ({"kind": ["approval"], "choices": ["a"]}, "no kind of ballot"),
        ({"kind": "approval", "choices": []}, "is blank"),
        ({"kind": "approval", "choices": ["b", "a"]}, "in the order of their ids"),
        ({"kind": "approval", "choices": ["a", "a"]}, "stands twice"),
        ({"kind": "approval", "choices": "a"}, "are a list"),
        ({"kind": "approval", "choices": [1]}, "characters, not by 1"),
        ({"kind": "approval", "choices": ["x" * 65]}, "1 to 64 characters"),
        ({"kind": "single", "choices": ["a", "b"]}, "is one option"),
        ({"kind": "points", "choices": ["a"]}, "give each option a value"),
        ({"kind": "points", "choices": {}}, "is blank"),
        ({"kind": "points", "choices": {"a": 0}}, "whole number from 1"),
        ({"kind": "points", "choices": {"a": True}}, "True is not a whole number"),
        ({"kind": "points", "choices": {"a": 1.5}}, "1.5 is not a whole number"),
        ({"kind": "score", "choices": {"a": -1}}, "whole number from 0"),
        ({"kind": "yes_no", "choices": {"a": "maybe"}}, "yes, no or abstain"),
        ({"kind": "yes_no", "choices": {"a": ["yes"]}}, "yes, no or abstain"),
        ({"kind": "ranking", "invalid": ""}, "a reason"),
    ],
)
def test_ballot_that_is_not_one_is_told_why(data, reason):
    with pytest.raises(Malformed, match=reason):
        parse(data)


@few
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.sampled_from(["kind", "choices", "invalid", "a"]), inner, max_size=3),
        ),
    )
)
def test_any_json_is_a_ballot_or_malformed(data):
    try:
        ballot = parse(data)
    except Malformed:
        return
    assert ballot.plain() == data


@pytest.mark.parametrize(
    ("form", "ballot", "reason"),
    [
        (Form(Kind.APPROVAL), content.ranking(["a"]), "takes approval ballots"),
        (Form(Kind.APPROVAL), content.approval(["z"]), "no option 'z'"),
        (Form(Kind.APPROVAL, least=2), content.approval(["a"]), "at least 2"),
        (Form(Kind.APPROVAL, most=1), content.approval(["a", "b"]), "at most 1"),
        (Form(Kind.POINTS, total=5), content.points({"a": 3, "b": 3}), "at most 5 points, not 6"),
        (Form(Kind.POINTS, cap=2), content.points({"a": 3}), "at most 2, not 3"),
        (Form(Kind.SCORE, highest=5), content.score({"a": 6}), "at most 5, not 6"),
        (Form(Kind.APPROVAL, cost=100), content.approval(["a", "b"]), "cost at most 100 together, not 110"),
    ],
)
def test_ballot_that_the_rule_does_not_allow_is_told_why(form, ballot, reason):
    with pytest.raises(Malformed, match=reason):
        form.check(ballot, frozenset("abc"), {"a": 60, "b": 50, "c": 40})


def test_ballot_at_the_limits_is_allowed():
    Form(Kind.POINTS, least=1, most=2, total=5, cap=3).check(content.points({"a": 3, "b": 2}), frozenset("ab"))
    Form(Kind.APPROVAL, cost=110).check(content.approval(["a", "b"]), frozenset("ab"), {"a": 60, "b": 50})
    Form(Kind.APPROVAL, least=2).check(content.blank(Kind.APPROVAL), frozenset("ab"))
