"""Votes that are over, to be tampered with."""

import json

from hypothesis import strategies as st

from tests.methods.ballots.strategies import votes
from zenne.methods.ballots.rule import Method
from zenne.methods.proofs import receipts
from zenne.methods.proofs.bundle import Bundle

ELECTORATE = {"": 12}


def frozen(tally):
    """As an activity freezes its rule."""
    rule = {"activity": 7, "kind": "vote", "rule": {"tally": tally, "title": "Été"}}
    return json.dumps(rule, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def lines(contents, *, start=0, district=None):
    return [
        receipts.line(ballot, channel="paper" if at % 3 == 0 else "online", district=district, nonce=f"{at:032x}")
        for at, ballot in enumerate(contents, start)
    ]


def made(tally, ballots, **kept):
    return Bundle.of(
        rule_text=frozen(tally), ballots=ballots, **{"electorates": ELECTORATE, "about": {"title": "Vote"}, **kept}
    )


@st.composite
def bundles(draw, methods=tuple(Method), **kept):
    rule, contents = draw(votes(methods, **kept))
    return made(rule.plain(), lines(contents))
