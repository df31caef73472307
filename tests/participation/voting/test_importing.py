"""An election held elsewhere becomes a closed vote here: counted again, beside what its organiser decided."""

from datetime import UTC, datetime

import pytest

from tests.data import real
from zenne.core.errors import Conflict
from zenne.methods.proofs.verdict import verify
from zenne.participation.processes.enums import ProcessState
from zenne.participation.voting import actions, importing, queries
from zenne.participation.voting.enums import Completion, Count, Method, VoteState
from zenne.participation.voting.models import SealedBallot, Vote, VoteKey
from zenne.people.access.answers import NotAllowed

from .factories import NOW, process, resident, staff

pytestmark = pytest.mark.django_db
SMALL = """META
key;value
country;Netherlands
unit;Assen
instance;2024
num_projects;3
num_votes;4
budget;100.50
vote_type;{kind}
rule;{rule}
date_begin;{begin}
date_end;{end}
currency;{currency}
PROJECTS
project_id;cost;name;selected
7;60;Pop-up podium;1
9;40.50;Bankjes;{bankjes}
12;50;Bomen;0
VOTES
voter_id;vote{columns}
{votes}
"""
VOTES = {
    "approval": ("", "1;7,9\n2;7\n3;9,7\n4;12"),
    "choose-1": ("", "1;7\n2;7\n3;9\n4;12"),
    "cumulative": (";points", "1;7,9;3,1\n2;7;4\n3;9,7;2,2\n4;12;1"),
    "scoring": (";points", "1;7,9;3,1\n2;7;4\n3;9,7;2,0\n4;12;1"),
    "ordinal": ("", "1;7,9\n2;7,12\n3;9,7\n4;12,9"),
}


def small(kind="approval", **fields):
    columns, votes = VOTES[kind]
    given = {"rule": "greedy", "begin": "31.03.2024", "end": "15.04.2024", "currency": "EUR", "bankjes": 1, **fields}
    return SMALL.format(kind=kind, columns=columns, votes=votes, **given).encode()


def imported(data, name="small.pb"):
    """The vote of a file, counted and public."""
    where = process()
    manager = staff(where.organisation)
    made = actions.import_election(where, importing.plan(data, file=name, now=NOW), by=manager, now=NOW)
    result = actions.count_now(made, now=NOW)
    assert not result.failure, result.failure
    actions.publish_result(result, by=manager, now=NOW)
    return queries.votes().get(pk=made.pk)


def page(client, of):
    return client.get(f"/en/processes/{of.process.slug}/votes/{of.pk}/result/").text


def test_a_real_election_is_counted_again_with_the_outcome_of_its_city(client, tmp_path):
    made = imported(real("elections/Netherlands_Assen_2024.pb").read_bytes())
    assert made.state(NOW) == VoteState.COUNTED and made.count == Count.EQUAL_SHARES and made.size == 84
    result = queries.public_result(made)
    assert set(result.tally[""]["winners"]) == set(made.imported["official"])
    assert "The organiser’s own outcome is the same." in page(client, made)
    file = tmp_path / "vote.zip"
    file.write_bytes(result.bundle.read())
    assert verify(file, root=result.root, rule=result.rule_digest).holds


def test_a_real_election_whose_file_names_no_outcome_says_so(client):
    made = imported(real("elections/Netherlands_Amsterdam_643.pb").read_bytes())
    assert made.method == Method.SINGLE and made.size == 66 and made.imported["official"] is None
    assert "The file does not say what the organiser decided." in page(client, made)


@pytest.mark.parametrize(
    ("kind", "method", "content"),
    [
        ("approval", Method.APPROVAL, {"kind": "approval", "choices": ["1", "2"]}),
        ("choose-1", Method.SINGLE, {"kind": "single", "choices": ["2"]}),
        ("cumulative", Method.POINTS, {"kind": "points", "choices": {"1": 2, "2": 2}}),
        ("scoring", Method.SCORE, {"kind": "score", "choices": {"1": 0, "2": 2}}),
    ],
)
def test_each_kind_of_vote_becomes_a_ballot_of_ours(kind, method, content):
    made = imported(small(kind))
    assert made.method == method
    assert content in SealedBallot.objects.filter(vote=made).values_list("content", flat=True)
    assert [(option.title, option.cost_cents) for option in queries.options_of(made)] == [
        ("Pop-up podium", 60_00),
        ("Bankjes", 40_50),
        ("Bomen", 50_00),
    ]
    assert made.budget_cents == 100_50 and made.imported["ids"] == {"1": "7", "2": "9", "3": "12"}


def test_it_is_closed_with_the_dates_of_the_file_and_nobody_can_be_tied_to_a_ballot():
    made = imported(small())
    assert made.activity.window() == (
        datetime(2024, 3, 30, 23, tzinfo=UTC),
        datetime(2024, 4, 15, 22, tzinfo=UTC),
    )
    assert queries.turnout(made).by_channel == {"online": 4, "paper": 0, "counter": 0}
    assert not VoteKey.objects.filter(vote=made).exists()
    nonces = SealedBallot.objects.filter(vote=made).values_list("nonce", flat=True)
    assert len(set(nonces)) == 4


def test_nothing_is_promised_to_voters_of_a_vote_that_was_held_elsewhere(client):
    made = imported(small())
    home = f"/en/processes/{made.process.slug}/votes/{made.pk}/"
    for address in (home, f"{home}rule/", f"{home}result/"):
        shown = client.get(address).text
        assert "Your ballot carries no name" not in shown and f"{home}receipts/" not in shown
        assert "you can change your mind" not in shown


def test_an_outcome_that_differs_is_shown_with_what_differs(client):
    shown = page(client, imported(small(bankjes=0)))
    assert "The organiser’s own outcome differs." in shown and "Not: “Bankjes”." in shown


@pytest.mark.parametrize(
    ("named", "taken", "exact"),
    [
        ("greedy", (Count.GREEDY, Completion.NONE), True),
        ("equalshares", (Count.EQUAL_SHARES, Completion.NONE), True),
        ("equalshares/add1", (Count.EQUAL_SHARES, Completion.ADD1U), True),
        ("greedy-no-skip", (Count.GREEDY, Completion.NONE), False),
        ("unknown", (Count.GREEDY, Completion.NONE), False),
    ],
)
def test_the_rule_of_the_file_is_taken_or_it_is_said_that_another_was(named, taken, exact):
    plan = importing.plan(small(rule=named), file="small.pb", now=NOW)
    assert (plan.settings["count"], plan.settings["completion"]) == taken and plan.imported["exact"] is exact


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (small("ordinal"), "rankings"),
        (small(currency="PLN"), "amounts are in PLN"),
        (small(end="15.04.2099"), "not over yet"),
        (small(begin="spring"), "`date_begin` in META is no day"),
        (small(begin="31.02.2024"), "`date_begin` in META is no day"),
        (small(begin="01.05.2024"), "ends before it begins"),
    ],
)
def test_a_file_that_cannot_be_a_vote_is_refused_with_the_reason(data, reason):
    with pytest.raises(importing.Unsuited, match=reason):
        importing.plan(data, file="small.pb", now=NOW)


def test_only_managers_import_and_only_into_a_public_process():
    where = process()
    plan = importing.plan(small(), file="small.pb", now=NOW)
    with pytest.raises(NotAllowed):
        actions.import_election(where, plan, by=resident(), now=NOW)
    where.state = ProcessState.DRAFT
    where.save(update_fields=["state"])
    with pytest.raises(Conflict):
        actions.import_election(where, plan, by=staff(where.organisation), now=NOW)
    assert not Vote.objects.exists() and not where.phases.exists()


def test_votes_on_paper_keep_their_channel():
    data = small().replace(b"voter_id;vote\n", b"voter_id;vote;voting_method\n")
    head, votes = data.rstrip(b"\n").split(b"voting_method\n")
    lines = [line + (b";internet" if at else b";paper") for at, line in enumerate(votes.split(b"\n"))]
    made = imported(head + b"voting_method\n" + b"\n".join(lines) + b"\n")
    assert queries.turnout(made).by_channel == {"online": 3, "paper": 1, "counter": 0}
    assert made.size == 3 and queries.public_result(made).size == 4
