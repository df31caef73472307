"""The smallest change of votes that changes the outcome, against trying every change on small boxes."""

from collections import Counter
from itertools import combinations, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.ballots import strategies
from tests.methods.calm import calm
from zenne.methods.ballots import content
from zenne.methods.ballots.content import Kind
from zenne.methods.ballots.counting import count_box
from zenne.methods.ballots.margins import SUMS, Margin, margin
from zenne.methods.ballots.rule import Form, Method, Option, Quorum, Rule, Tie, TieRule

ELECTORATE = 6
MOST = 4


@st.composite
def small(draw, methods):
    """Votes of three options at most and four ballots at most, whose every ballot can be written down."""
    rule = draw(strategies.rules(methods))
    ids = rule.ids[: draw(st.integers(1, 3))]
    form = Form(
        rule.form.kind,
        cap=2 if rule.form.cap else None,
        total=2 if rule.form.cap else None,
        highest=2 if rule.form.highest else None,
    )
    rule = Rule(rule.method, rule.options[: len(ids)], form, rule.winners, rule.tie, rule.quorum, rule.threshold)
    every = ballots(rule)
    return rule, draw(st.lists(st.sampled_from(every), min_size=1, max_size=MOST))


def ballots(rule):
    ids, kind = rule.ids, rule.form.kind
    if kind is Kind.APPROVAL:
        made = [content.approval(some) for size in range(len(ids) + 1) for some in combinations(ids, size)]
    elif kind is Kind.SINGLE:
        made = [content.single(option) for option in ids]
    elif kind is Kind.POINTS:
        made = [
            content.points(dict(zip(ids, given, strict=True)))
            for given in product(range(3), repeat=len(ids))
            if sum(given) <= 2
        ]
    elif kind is Kind.SCORE:
        made = [content.score(dict(zip(ids, given, strict=True))) for given in product(range(3), repeat=len(ids))]
    elif kind is Kind.YES_NO:
        made = [content.yes_no(dict(zip(ids, said, strict=True))) for said in product(content.ANSWERS, repeat=len(ids))]
    else:
        made = [content.ranking(some) for size in range(len(ids) + 1) for some in permutations(ids, size)]
    return [*dict.fromkeys([*made, content.blank(kind), content.null(kind, "torn")])]


def tried(rule, box, limit):
    """The smallest number of changed ballots that changes the outcome, by trying all; None when it is above `limit`."""
    before = told(rule, box)
    every = ballots(rule)
    for number in range(1, min(limit, len(box)) + 1):
        for chosen in combinations(range(len(box)), number):
            kept = [said for at, said in enumerate(box) if at not in chosen]
            if any(told(rule, [*kept, *new]) != before for new in product(every, repeat=number)):
                return number
    return None


def told(rule, box):
    outcome = count_box(rule, Counter(box), electorate=ELECTORATE)
    return set(outcome.winners), set(outcome.undecided)


def judged(rule, box):
    counted = Counter(box)
    return margin(rule, counted, count_box(rule, counted, electorate=ELECTORATE), electorate=ELECTORATE)


@settings(calm, max_examples=150)
@given(small(SUMS))
def test_margin_of_sums_is_the_smallest_of_all_changes(vote):
    rule, box = vote
    limit = 2 if len(ballots(rule)) < 15 else 1
    found, expected = judged(rule, box), tried(rule, box, limit)
    if expected is None:
        assert found.low is None or found.low > limit or len(box) <= limit
        assert found.low is None or len(box) > limit
    else:
        assert found.low <= expected
        assert found.high is None or expected <= found.high
    if rule.method is not Method.YES_NO and not count_box(rule, Counter(box), electorate=ELECTORATE).undecided:
        assert found.exact


@settings(calm, max_examples=100)
@given(small((Method.RUNOFF, Method.SCHULZE)))
def test_bounds_of_ranked_methods_hold(vote):
    rule, box = vote
    found, expected = judged(rule, box), tried(rule, box, 2 if len(ballots(rule)) < 10 else 1)
    if expected is not None:
        assert found.low <= expected
    if found.high is not None and expected is None:
        assert found.high > 1
    if expected is not None and found.high is not None:
        assert expected <= found.high


def rule(method, options="abc", **kept):
    form = Form(method.kind, cap=5 if method is Method.POINTS else None, highest=5 if method is Method.SCORE else None)
    return Rule(method, tuple(map(Option, options)), form, **kept)


@pytest.mark.parametrize(
    ("box", "number"),
    [({"a": 10, "b": 6}, 3), ({"a": 10, "b": 7}, 2), ({"b": 10, "a": 7}, 2), ({"b": 10, "a": 6}, 2), ({"a": 1}, 1)],
)
def test_moving_one_vote_from_first_to_second_closes_two(box, number):
    """When equal, a goes before b: it needs to come level only."""
    assert judged(
        rule(Method.SINGLE), [content.single(option) for option, times in box.items() for _ in range(times)]
    ) == Margin(number, number)


def test_runoff_is_bounded_by_its_rounds():
    profile = {"acb": 40, "bca": 35, "cba": 25}
    box = [content.ranking(said) for said, times in profile.items() for _ in range(times)]
    assert judged(rule(Method.RUNOFF), box) == Margin(5, 6)
    # b wins 60 to 40: eleven ballots from b to a would turn that; six from b to c keep c in, against whom a loses too, to c


def test_schulze_is_bounded_by_its_paths():
    box = [content.ranking("abc")] * 8 + [content.ranking("bca")] * 3
    found = judged(rule(Method.SCHULZE), box)
    assert (found.low, found.high) == (3, 3)


def test_vote_without_quorum_or_ballots_hangs_on_no_ballot():
    assert judged(rule(Method.SINGLE, quorum=Quorum(3)), [content.single("a")]) == Margin(None, None)
    assert judged(rule(Method.SINGLE), []) == Margin(None, None)


def test_refused_tie_hangs_on_one_ballot():
    box = [content.single("a"), content.single("b")]
    assert judged(rule(Method.SINGLE, tie=Tie(TieRule.REFUSE)), box) == Margin(1, 1)
