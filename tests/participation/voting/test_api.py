"""What other software reads of votes, and what it cannot."""

import pytest

from zenne.participation.processes.actions import ensure_frozen
from zenne.participation.voting import actions, queries

from .factories import AFTER, NOW, cast, counted_vote, sealed, staff, vote

pytestmark = pytest.mark.django_db
RESULT = {"winners", "score", "votes", "standings"}


def read(client, of):
    return client.get(f"/api/v1/votes/{of.pk}")


def test_an_open_vote_says_its_rule_its_window_its_options_and_how_many_voted(client):
    made = vote(costs=(100_00, 250_00))
    ensure_frozen(made.activity, now=NOW)
    cast(made, None, 1)
    said = read(client, made).json()
    assert said["method"] == "approval" and said["count"] == "greedy" and said["budget_cents"] == 10_000_000
    assert said["rule_digest"] == queries.frozen_rule(made).digest
    assert said["opens_at"] < said["closes_at"] and said["sealed_at"] is None
    assert said["turnout"] == {"total": 1, "online": 1, "paper": 0, "counter": 0}
    assert [option["cost_cents"] for option in said["options"]] == [100_00, 250_00]
    assert said["options"][0]["title"] == {"fr": "Option 1", "nl": "Keuze 1", "en": "Choice 1"}


def test_nothing_of_a_result_is_answered_before_it_is_published_to_staff_neither(client):
    made = vote()
    ensure_frozen(made.activity, now=NOW)
    for number in (1, 2, 2):
        cast(made, None, number)
    while_open = read(client, made)
    made = sealed(made)
    manager = staff(made.process.organisation)
    result = actions.count_now(made, now=AFTER)
    client.force_login(manager)
    counted = read(client, made)
    for answer in (while_open, counted):
        assert answer.json()["result"] is None
        assert not any(f'"{word}":' in answer.text for word in RESULT) and "bundle" not in answer.text
    assert result.root not in while_open.text
    actions.publish_result(result, by=manager, now=AFTER)
    said = read(client, made).json()["result"]
    assert said["winners"] == [2] and said["ballots"] == 3


def test_a_published_result_has_all_it_takes_to_count_again(client):
    made = counted_vote()
    result, said = queries.public_result(made), read(client, made).json()
    found = said["result"]
    assert said["state"] == "counted" and found["root"] == result.root and found["rule_digest"] == result.rule_digest
    assert [(each["option"], each["won"], each["votes"]) for each in found["standings"]] == [
        (1, False, 1),
        (2, True, 2),
        (3, False, 0),
    ]
    assert all(each["reason"]["nl"] for each in found["standings"])
    assert client.get(found["bundle_url"]).status_code == 200


def test_an_annulled_vote_keeps_its_result_and_says_why(client):
    made = counted_vote()
    reason = {"fr": "Une erreur.", "nl": "Een fout.", "en": "A mistake."}
    actions.annul(made, reason=reason, by=staff(made.process.organisation), now=AFTER)
    said = read(client, made).json()
    assert said["state"] == "annulled" and said["annulment"] == reason and said["result"]["winners"] == [2]


def test_votes_of_a_draft_process_are_not_there(client):
    made = vote()
    made.process.state = "draft"
    made.process.save(update_fields=["state"])
    assert read(client, made).status_code == 404
    assert client.get(f"/api/v1/processes/{made.process.slug}/votes").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_votes_asks_as_much_for_three_as_for_one(client, django_assert_num_queries, number):
    first = vote()
    for _ in range(number - 1):
        vote(first.process)
    cast(first, None, 1)
    address = f"/api/v1/processes/{first.process.slug}/votes"
    client.get(address)
    with django_assert_num_queries(4):
        said = client.get(address).json()["items"]
    assert len(said) == number and said[-1]["turnout"]["online"] == 1
