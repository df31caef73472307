"""Instant runoff, Schulze and Borda: examples that everybody can look up, axioms, and slow oracles written another way."""

from itertools import pairwise, permutations

import pytest
from hypothesis import assume, given

from tests.methods.ballots.strategies import votes
from tests.methods.calm import few
from zenne.methods.ballots import content
from zenne.methods.ballots.content import Kind
from zenne.methods.ballots.counting import Cast, count
from zenne.methods.ballots.rule import Form, Method, Option, Rule, Tie, TieRule

SETTLED = (TieRule.ORDER, TieRule.LOT)


def rule(method, options, **kept):
    return Rule(method, tuple(map(Option, options)), Form(Kind.RANKING), **kept)


def tally(method, options, profile, **kept):
    """`profile`: {"abc": 3}: three ballots that rank a, b, c."""
    ballots = [Cast(content.ranking(ranked)) for ranked, times in profile.items() for _ in range(times)]
    return count(rule(method, options, **kept), ballots)


# --- examples ------------------------------------------------------------------------------------------------------------------

TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}


def test_capital_of_tennessee():
    """Wikipedia's example of voting methods: Memphis, Nashville, Chattanooga, Knoxville."""
    runoff = tally(Method.RUNOFF, "MNCK", TENNESSEE)
    assert runoff.winners == ("K",)
    assert [dict(step.votes) for step in runoff.rounds] == [
        {"M": 42, "N": 26, "C": 15, "K": 17},
        {"M": 42, "N": 26, "K": 32},
        {"M": 42, "K": 58},
    ]
    borda = tally(Method.BORDA, "MNCK", TENNESSEE)
    assert (borda.winners, borda.scores) == (("N",), {"M": 126, "N": 194, "C": 173, "K": 107})
    pairs = tally(Method.SCHULZE, "MNCK", TENNESSEE)
    assert pairs.ranking == (("N",), ("C",), ("K",), ("M",))
    assert pairs.pairwise["N"] == {"M": 58, "C": 68, "K": 68}
    assert pairs.paths["M"] == {"N": 0, "C": 0, "K": 0}  # a lost duel is no link


def test_example_1_of_schulzes_paper():
    """Schulze 2011, section 3.1: 21 voters; the winner is d, the ranking d > a > c > b."""
    found = tally(Method.SCHULZE, "abcd", {"acdb": 8, "badc": 2, "cdba": 4, "dbac": 4, "dcba": 3})
    assert found.pairwise == {
        "a": {"b": 8, "c": 14, "d": 10},
        "b": {"a": 13, "c": 6, "d": 2},
        "c": {"a": 7, "b": 15, "d": 12},
        "d": {"a": 11, "b": 19, "c": 9},
    }
    assert found.paths == {
        "a": {"b": 14, "c": 14, "d": 12},
        "b": {"a": 13, "c": 13, "d": 12},
        "c": {"a": 13, "b": 15, "d": 12},
        "d": {"a": 13, "b": 19, "c": 13},
    }
    assert (found.winners, found.ranking) == (("d",), (("d",), ("a",), ("c",), ("b",)))


def test_schulze_example_of_forty_five_voters():
    """Wikipedia, Schulze method: E > A > C > B > D with its table of strongest paths."""
    profile = {"ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8}
    found = tally(Method.SCHULZE, "ABCDE", profile, winners=2)
    assert found.ranking == (("E",), ("A",), ("C",), ("B",), ("D",))
    assert found.winners == ("E", "A")
    assert found.paths["E"] == {"A": 25, "B": 28, "C": 28, "D": 31}
    assert found.paths["A"] == {"B": 28, "C": 28, "D": 30, "E": 24}


def test_runoff_that_ends_by_majority_in_the_first_round():
    found = tally(Method.RUNOFF, "abc", {"abc": 3, "bca": 1, "c": 1})
    assert (found.winners, len(found.rounds), found.rounds[0].eliminated) == (("a",), 1, ())


def test_ballot_whose_options_are_gone_is_exhausted():
    found = tally(Method.RUNOFF, "abc", {"ab": 4, "bc": 3, "c": 2})
    assert [(step.eliminated, step.exhausted) for step in found.rounds] == [(("c",), 0), ((), 2)]
    assert found.winners == ("a",)


def test_options_that_cannot_save_one_another_go_together_without_a_tie_rule():
    found = tally(Method.RUNOFF, "abcd", {"a": 5, "b": 4, "c": 1, "d": 1}, tie=Tie(TieRule.REFUSE))
    assert (found.rounds[0].eliminated, found.winners, found.ties) == (("c", "d"), ("a",), ())


def test_tie_for_last_that_matters_stops_a_runoff_that_refuses():
    found = tally(Method.RUNOFF, "abc", {"ab": 4, "ba": 3, "cb": 3}, tie=Tie(TieRule.REFUSE))
    assert (found.winners, found.undecided, found.ties[0].round) == ((), ("b", "c"), 1)
    settled = tally(Method.RUNOFF, "abc", {"ab": 4, "ba": 3, "cb": 3})
    assert (settled.winners, settled.ties[0].order) == (("b",), ("b", "c"))


# --- oracles -------------------------------------------------------------------------------------------------------------------


def eliminate(ballots, left, seats, order):
    """Instant runoff said once more: one option at a time, no shortcuts, down to the number of winners."""
    if len(left) <= seats:
        return set(left)
    firsts = [next((option for option in ballot if option in left), None) for ballot in ballots]
    worst = min(left, key=lambda option: (firsts.count(option), -order.index(option)))
    return eliminate(ballots, [option for option in left if option != worst], seats, order)


@few
@given(votes((Method.RUNOFF,), plain=True, ties=SETTLED, most=14))
def test_runoff_elects_whom_going_one_by_one_elects(vote):
    rule, ballots = vote
    outcome = count(rule, map(Cast, ballots))
    able = [option for option in rule.ids if any(option in ballot.options for ballot in ballots)]
    expected = eliminate([ballot.options for ballot in ballots], able, rule.winners, rule.tie.order(rule.ids))
    assert set(outcome.winners) == expected


@few
@given(votes((Method.RUNOFF,), plain=True, ties=(TieRule.REFUSE,), most=10))
def test_runoff_that_refuses_ties_decides_only_what_no_tie_rule_could_change(vote):
    rule, ballots = vote
    outcome = count(rule, map(Cast, ballots))
    able = [option for option in rule.ids if any(option in ballot.options for ballot in ballots)]
    lists = [ballot.options for ballot in ballots]
    if not outcome.undecided:
        every = [eliminate(lists, able, rule.winners, order) for order in permutations(rule.ids)]
        assert all(winners == set(outcome.winners) for winners in every)


@few
@given(votes((Method.SCHULZE,), plain=True, most=12))
def test_strongest_paths_are_the_best_of_all_paths(vote):
    rule, ballots = vote
    outcome = count(rule, map(Cast, ballots))
    duels = {pair: prefer(ballots, *pair) for pair in permutations(rule.ids, 2)}
    for start, end in permutations(rule.ids, 2):
        between = [option for option in rule.ids if option not in (start, end)]
        paths = [
            (start, *middle, end) for length in range(len(between) + 1) for middle in permutations(between, length)
        ]
        best = max(min(duels[link] * (duels[link] > duels[link[::-1]]) for link in pairwise(path)) for path in paths)
        assert outcome.paths[start][end] == best


# --- axioms --------------------------------------------------------------------------------------------------------------------


def condorcet(rule, ballots):
    """The option that wins every duel, if there is one."""
    for one in rule.ids:
        if all(prefer(ballots, one, other) > prefer(ballots, other, one) for other in rule.ids if other != one):
            return one
    return None


def prefer(ballots, one, other):
    """How many ballots put one before the other; options left out stand equal at the end."""
    places = [{option: place for place, option in enumerate(ballot.options)} for ballot in ballots]
    return sum(place.get(one, 99) < place.get(other, 99) for place in places)


@few
@given(votes((Method.SCHULZE,), plain=True, most=12))
def test_schulze_elects_who_wins_every_duel(vote):
    rule, ballots = vote
    winner = condorcet(rule, ballots)
    assume(winner)
    assert count(rule, map(Cast, ballots)).winners[:1] == (winner,)


@few
@given(votes((Method.SCHULZE, Method.BORDA, Method.RUNOFF), plain=True, most=12))
def test_who_loses_every_duel_is_never_the_only_winner(vote):
    rule, ballots = vote
    loser = next(
        (
            one
            for one in rule.ids
            if all(prefer(ballots, one, other) < prefer(ballots, other, one) for other in rule.ids if other != one)
        ),
        None,
    )
    assume(loser)
    assert count(rule, map(Cast, ballots)).winners != (loser,)


@few
@given(votes((Method.RUNOFF, Method.SCHULZE), plain=True, most=12))
def test_first_choice_of_more_than_half_wins(vote):
    rule, ballots = vote
    firsts = [ballot.options[0] for ballot in ballots if ballot.options]
    best = max(rule.ids, key=firsts.count)
    assume(2 * firsts.count(best) > len(firsts) > 0)
    assume(
        rule.winners == 1 or rule.tie.rule is not TieRule.REFUSE
    )  # refusing to choose for a later seat leaves them all open
    assert best in count(rule, map(Cast, ballots)).winners


@few
@given(votes((Method.SCHULZE,), plain=True, most=10))
def test_turning_every_ballot_around_turns_the_beaten_around(vote):
    """Reversal symmetry (Schulze 2011, section 4.4), for ballots that rank every option."""
    rule, ballots = vote
    full = [[*ballot.options, *(option for option in rule.ids if option not in ballot.options)] for ballot in ballots]
    forward = count(rule, [Cast(content.ranking(ranked)) for ranked in full])
    backward = count(rule, [Cast(content.ranking(reversed(ranked))) for ranked in full])
    for one, other in permutations(rule.ids, 2):
        assert forward.paths[one][other] == backward.paths[other][one]


@pytest.mark.parametrize("method", [Method.RUNOFF, Method.SCHULZE, Method.BORDA])
def test_box_without_a_valid_ballot_elects_nobody(method):
    assert tally(method, "abc", {}).winners == ()
