"""The examples on the rule page, counted by the methods that count votes."""

import pytest

from zenne.methods import budgets
from zenne.methods.ballots import content as contents
from zenne.methods.ballots.counting import Cast, count
from zenne.methods.ballots.rule import Form, Kind, Method, Option, Rule
from zenne.participation.voting import explaining
from zenne.participation.voting.enums import BUDGET_COUNTS, Count
from zenne.participation.voting.models import Vote

PLACES = ("trees", "benches", "fountain")


@pytest.mark.parametrize(
    ("shown", "method"),
    [
        (Count.INSTANT_RUNOFF, Method.RUNOFF),
        (Count.SCHULZE, Method.SCHULZE),
        (Count.BORDA, Method.BORDA),
    ],
)
def test_the_ranked_example_wins_as_it_is_counted(shown, method):
    example = explaining.example(Vote(method="ranking", count=shown))
    said = [place for place, row in zip(PLACES, example.rows, strict=True) if row.wins]
    ballots = [
        Cast(contents.ranking(PLACES[at] for at in order))
        for order, times in explaining.RANKED
        for _time in range(times)
    ]
    options = tuple(Option(place) for place in PLACES)
    outcome = count(Rule(method, options, Form(Kind.RANKING)), ballots)
    assert said == list(outcome.winners) == ["benches"]


EXAMPLES = [(shown, False) for shown in sorted(BUDGET_COUNTS)] + [(Count.EQUAL_SHARES, True)]


@pytest.mark.parametrize(("shown", "compared"), EXAMPLES)
def test_the_budget_example_is_funded_as_it_is_counted(shown, compared):
    example = explaining.example(Vote(method="approval", count=shown, comparison=compared))
    instance = budgets.Instance(
        tuple(budgets.Project(str(at), cost) for at, cost in enumerate(explaining.COSTS)), explaining.BUDGET
    )
    ballots = [[str(at) for at in chosen] for chosen, times in explaining.CHOSEN for _time in range(times)]
    profile = budgets.Profile.of(instance, ballots)
    outcome = {
        Count.GREEDY: lambda: budgets.greedy(instance, profile),
        Count.GREEDY_COST: lambda: budgets.greedy(instance, profile, per_cost=True),
        Count.EQUAL_SHARES: lambda: budgets.equal_shares(
            instance, profile, completion=budgets.Completion.ADD1U, comparison=compared
        ),
        Count.PHRAGMEN: lambda: budgets.phragmen(instance, profile),
    }[shown]()
    assert sorted(outcome.selected) == [str(at) for at, row in enumerate(example.rows) if row.wins]


@pytest.mark.parametrize("method", ["approval", "points", "score"])
def test_an_example_speaks_of_what_voters_give(method):
    example = explaining.example(Vote(method=method, count=Count.MOST, winners=2))
    assert [row.wins for row in example.rows] == [True, True, False]
    assert len(example.columns) == 1
