"""Votes out of thin air: options, rules and boxes of every method."""

from fractions import Fraction

from hypothesis import strategies as st

from zenne.methods.ballots import content
from zenne.methods.ballots.rule import Base, Form, Method, Option, Quorum, Rule, Threshold, Tie, TieRule

LETTERS = "abcde"
REASONS = ("torn", "two marks")


def contents(method, options, *, blanks=True):
    some = st.lists(st.sampled_from(options), unique=True, max_size=len(options))
    made = {
        Method.APPROVAL: some.map(content.approval),
        Method.SINGLE: st.sampled_from(options).map(content.single),
        Method.POINTS: st.dictionaries(st.sampled_from(options), st.integers(0, 4)).map(content.points),
        Method.SCORE: st.dictionaries(st.sampled_from(options), st.integers(0, 5)).map(content.score),
        Method.YES_NO: st.dictionaries(st.sampled_from(options), st.sampled_from(content.ANSWERS)).map(content.yes_no),
    }.get(method, some.map(content.ranking))
    if not blanks:
        return made.filter(lambda one: not one.blank)
    other = st.sampled_from([content.blank(method.kind), *(content.null(method.kind, reason) for reason in REASONS)])
    return st.one_of(made, made, made, other)


@st.composite
def rules(draw, methods=tuple(Method), *, plain=False, ties=tuple(TieRule)):
    """`plain`: no quorum and no threshold."""
    method = draw(st.sampled_from(methods))
    options = draw(st.permutations(LETTERS[: draw(st.integers(2, len(LETTERS)))]))
    rule = draw(st.sampled_from(ties))
    bases = [base for base in Base if base is not Base.EXPRESSED or method is Method.YES_NO]
    limits = st.builds(
        Threshold,
        st.sampled_from([Fraction(1, 2), Fraction(1, 3), Fraction(1, 10)]),
        st.sampled_from(bases),
        st.booleans(),
    )
    return Rule(
        method=method,
        options=tuple(Option(option, minimum=0 if plain else draw(st.sampled_from([0, 0, 2]))) for option in options),
        form=Form(
            method.kind, cap=4 if method is Method.POINTS else None, highest=5 if method is Method.SCORE else None
        ),
        winners=draw(st.one_of(st.integers(1, 3), st.none() if method is Method.YES_NO else st.just(1))),
        tie=Tie(rule, draw(st.sampled_from(["1", "a seed"])) if rule is TieRule.LOT else ""),
        quorum=None
        if plain
        else draw(st.one_of(st.none(), st.builds(Quorum, st.integers(0, 4), st.just(Fraction(1, 10))))),
        threshold=None if plain else draw(st.one_of(st.none(), limits)),
    )


@st.composite
def votes(draw, methods=tuple(Method), *, most=9, **kept):
    """A rule and the contents of its box."""
    rule = draw(rules(methods, **kept))
    return rule, draw(st.lists(contents(rule.method, rule.ids), max_size=most))
