"""Weights become a million whole tickets; odds are exact."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.calm import calm
from tests.methods.lottery.pools import weighted
from zenne.methods.lottery import LotteryError
from zenne.methods.lottery.distribution import TICKETS, Distribution, Odds


@calm
@given(weighted())
def test_tickets_add_up_and_odds_sum_to_the_size_of_the_panel(made):
    size, panels, weights = made
    found = Distribution.of(panels, weights)
    assert sum(found.tickets) == TICKETS
    assert sum(found.odds().values()) == size
    assert all(0 < one <= 1 for one in found.odds().values())


@calm
@given(weighted())
def test_no_panel_is_further_from_its_weight_than_a_ticket(made):
    _, panels, weights = made
    found = Distribution.of(panels, weights)
    tickets = dict(zip(found.panels, found.tickets, strict=True))
    total = sum(map(Fraction, weights))
    exact: dict[tuple[str, ...], Fraction] = {}
    for panel, weight in zip(panels, weights, strict=True):
        key = tuple(sorted(panel))
        exact[key] = exact.get(key, Fraction(0)) + Fraction(weight) * TICKETS / total
    for panel, share in exact.items():
        assert abs(tickets.get(panel, 0) - share) < 1


@calm
@given(weighted(), st.randoms(use_true_random=False))
def test_order_of_panels_and_of_their_members_means_nothing(made, chance):
    _, panels, weights = made
    pairs = [(chance.sample(panel, len(panel)), weight) for panel, weight in zip(panels, weights, strict=True)]
    chance.shuffle(pairs)
    again = Distribution.of([panel for panel, _ in pairs], [weight for _, weight in pairs])
    assert again == Distribution.of(panels, weights)


@calm
@given(weighted())
def test_published_text_is_read_back(made):
    found = Distribution.of(made[1], made[2])
    assert Distribution.read(found.text) == found
    assert Distribution.read(found.text).digest == found.digest


def test_ids_with_spaces_commas_and_accents_survive_publication():
    found = Distribution.of([["Élise B.", "a,b"], ["a b", "%41"]], [1, 1])
    assert Distribution.read(found.text) == found
    assert found.text.isascii()


def test_remainders_decide_who_gets_the_last_tickets_and_the_first_panel_among_equals():
    found = Distribution.of([["c"], ["b"], ["a"]], [1, 1, 1])
    assert found.panels == (("a",), ("b",), ("c",))
    assert found.tickets == (333_334, 333_333, 333_333)


def test_published_text_says_which_tickets_a_panel_owns():
    found = Distribution.of([["1", "2"], ["3", "4"]], [1, 3])
    assert found.text == "from,to,panel\n0,249999,1 2\n250000,999999,3 4\n"
    assert [found.row_of(ticket) for ticket in (0, 249_999, 250_000, 999_999)] == [0, 0, 1, 1]


def test_panel_with_less_than_a_ticket_is_left_out():
    assert Distribution.of([["a"], ["b"]], [1, 1e-9]).panels == (("a",),)


@pytest.mark.parametrize(
    ("panels", "tickets", "code"),
    [
        ((("a",),), (999_999,), "tickets-do-not-add-up"),
        ((("a",), ("b",)), (TICKETS, 0), "bad-tickets"),
        ((("a",),), (1, 2), "bad-tickets"),
        ((("b",), ("a",)), (1, TICKETS - 1), "panels-out-of-order"),
        ((("a",), ("a",)), (1, TICKETS - 1), "panels-out-of-order"),
        ((("b", "a"),), (TICKETS,), "panel-out-of-order"),
        ((("a", "a"),), (TICKETS,), "panel-out-of-order"),
    ],
)
def test_only_its_one_spelling_is_a_distribution(panels, tickets, code):
    with pytest.raises(LotteryError, match=code):
        Distribution(panels, tickets)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("from,to\n", 1),
        ("from,to,panel\n0,x,a\n", 2),
        ("from,to,panel\n0,499999,a\n500001,999999,b\n", 3),
        ("from,to,panel\n0,499999,a\n500000,499999,b\n", 3),
        ("from,to,panel\n0,999999\n", 2),
        ("from,to,panel\n0,999999,a,b\n", 2),
        ("from,to,panel\n00,999999,a\n", 3),
        ("from,to,panel\n0,999999,%61\n", 3),
    ],
)
def test_text_that_is_no_distribution_is_told_with_its_line(text, line):
    with pytest.raises(LotteryError) as refused:
        Distribution.read(text)
    assert (refused.value.code, refused.value.parameters) == ("bad-distribution", {"line": line})


def test_weights_that_are_all_zero_are_no_distribution():
    with pytest.raises(LotteryError, match="no-panels"):
        Distribution.of([["a"]], [0.0])


def test_odds_in_figures_count_everybody_who_may_be_drawn():
    found = Distribution.of([["a", "b"], ["a", "c"]], [1, 3])
    odds = Odds.of(found, ["a", "b", "c", "d"], bins=4)
    assert (odds.smallest, odds.largest, odds.never) == (0, 1, 1)
    assert odds.histogram == (1, 1, 0, 2)
    assert Odds.of(found, []).histogram == (0,) * 20
