"""How a vote shows elsewhere: in reports, open data, search, sitemaps and messages to other software."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from zenne.core.search import findable
from zenne.methods.ballots.content import canonical
from zenne.opendata.exports.kinds import Wish, datasets
from zenne.opendata.webhooks.kinds import webhooks
from zenne.participation.processes.actions import ensure_frozen
from zenne.participation.reporting.kinds import Frozen, chapters
from zenne.participation.voting import actions, counting, queries

from .factories import AFTER, NOW, cast, counted_vote, sealed, staff, vote

pytestmark = pytest.mark.django_db


def counted_in_secret():
    """A vote that is counted, and whose result is not public."""
    made = vote()
    ensure_frozen(made.activity, now=NOW)
    for number in (1, 2, 2):
        cast(made, None, number)
    made = sealed(made)
    actions.count_now(made, now=AFTER)
    return made


def rows(name, of):
    dataset = datasets[name]
    wish = Wish(now=AFTER, asked={"process": str(of.process.pk)})
    found = [dict(zip([column.name for column in dataset.columns], row, strict=True)) for row in dataset.rows(wish)]
    assert len(found) == dataset.count(wish)
    return found


def chapter(of, moment=AFTER):
    with override("en"):
        return chapters["voting"].write(Frozen(of.process, moment, "en", "https://example.org"))


def test_the_report_of_a_process_tells_each_published_result():
    blocks = chapter(counted_vote())
    assert [block["text"] for block in blocks if block["kind"] == "heading"][:2] == [
        "The vote – The result",
        "The vote – Who voted",
    ]
    assert any(block.get("text") == "One option won: Choice 2." for block in blocks)


def test_the_report_of_a_process_says_nothing_of_a_result_that_is_not_public():
    assert chapter(counted_in_secret()) == []
    assert chapter(counted_vote(), AFTER - timedelta(seconds=1)) == []


def test_the_report_tells_a_vote_as_it_stood_before_it_was_annulled():
    made = counted_vote()
    later = AFTER + timedelta(days=1)
    reason = {"fr": "Une erreur.", "nl": "Een fout.", "en": "A mistake."}
    actions.annul(made, reason=reason, by=staff(made.process.organisation), now=later)
    assert "annulled" not in json.dumps(chapter(made))
    assert "annulled: A mistake." in json.dumps(chapter(made, later))


def test_the_ballots_of_a_published_result_are_open_data_with_what_their_fingerprints_are_made_of():
    made = counted_vote()
    found = rows("ballots", made)
    assert [row["leaf"] for row in found] == sorted((row["leaf"] for row in found), reverse=True)
    assert sorted(json.loads(row["ballot"])["choices"][0] for row in found) == ["1", "2", "2"]
    for row in found:
        ballot = json.loads(row["ballot"])
        assert canonical(ballot).decode() == row["ballot"]
        assert counting.leaf(ballot, channel=row["channel"], district=None, nonce=row["nonce"]) == row["leaf"]


def test_no_ballot_and_no_outcome_is_open_data_before_publication():
    made = counted_in_secret()
    assert rows("ballots", made) == []
    found = rows("vote-options", made)
    assert len(found) == 3
    assert {(row["outcome"], row["votes"], row["score"], row["reason"]) for row in found} == {("", None, "", "")}


def test_every_option_is_open_data_with_what_became_of_it():
    found = rows("vote-options", counted_vote())
    assert [(row["option"], row["outcome"], row["votes"], row["rank"]) for row in found] == [
        (1, "lost", 1, None),
        (2, "won", 2, 1),
        (3, "lost", 0, None),
    ]
    assert all(row["reason"] for row in found)


def test_other_software_hears_of_a_result_only_once_it_is_public():
    made = counted_in_secret()
    assert webhooks["vote.counted"].data(made.pk, {}) is None
    actions.publish_result(made.results.get(), by=staff(made.process.organisation), now=AFTER)
    told = webhooks["vote.counted"].data(made.pk, {})["vote"]
    assert told["winners"] == [2] and told["ballots"] == 3 and told["state"] == "counted"
    assert told["root"] == queries.public_result(made).root


def test_a_vote_is_found_by_its_title_and_by_what_is_on_the_ballot(client):
    made = vote()
    find = findable["votes"].find
    assert [hit.url for hit in find("stemming", None, NOW, 5)] == [made.get_absolute_url()]
    assert [hit.url for hit in find("keuze 2", None, NOW, 5)] == [made.get_absolute_url()]
    assert find("stemming", made.process.organisation_id + 1, NOW, 5) == find("parking", None, NOW, 5) == []
    made.process.state = "draft"
    made.process.save(update_fields=["state"])
    assert find("stemming", None, NOW, 5) == []


def test_search_engines_are_told_of_a_vote_and_of_its_result_once_it_is_public(client):
    secret, public = counted_in_secret(), counted_vote()
    page = client.get(reverse("sitemap-section", args=["votes", 1])).text
    assert f"/votes/{secret.pk}/<" in page and f"/votes/{secret.pk}/result/" not in page
    assert f"/votes/{public.pk}/result/<" in page
