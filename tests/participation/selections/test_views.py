"""What everyone reads of selections, as pages, feed, table and through the API."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.participation.ideas import factories as ideas
from tests.visitors import signed_in, streamed
from zenne.participation.ideas.actions import (
    change_status,
    complete_merge,
    consent_merge,
    propose_merge,
    withdraw_idea,
)
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.selections import actions
from zenne.participation.selections.enums import Outcome
from zenne.participation.selections.staff import desk_url
from zenne.people.organisations.enums import Role

from . import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(clock_shows):
    return clock_shows(make.LATER + timedelta(minutes=2))


@pytest.fixture
def decided():
    """A jury's choice of one idea out of two."""
    call = ideas.call()
    good = ideas.idea(call, title="Des <b>bancs</b>", author=ideas.resident("Nadia"))
    return make.published([good], [ideas.idea(call, title="Un téléphérique")])


def at(selection, language="fr"):
    with override(language):
        return selection.get_absolute_url()


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_a_selection_says_what_was_kept_and_why_in_three_languages(client, decided, language):
    page = client.get(at(decided, language))
    assert page.status_code == 200
    for text in (make.TITLE, make.STATEMENT, make.RULE, make.YES, make.NO, make.SCORE.label, make.SCORE.said):
        assert text[language] in page.text
    assert "Des &lt;b&gt;bancs&lt;/b&gt;" in page.text and decided.rule_digest in page.text
    listed = client.get(at(decided, language).removesuffix("1/"))
    assert make.TITLE[language] in listed.text


def test_an_annulled_selection_stays_with_its_reason_on_top(client, decided):
    staff = ideas.staff(decided.process.organisation)
    actions.annul(decided, reason={"fr": "Le quorum manquait."}, by=staff, now=make.LATER)
    page = client.get(at(decided))
    assert page.status_code == 200 and "Le quorum manquait." in page.text and make.YES["fr"] in page.text


def test_an_idea_that_is_no_longer_public_is_not_named(client, decided):
    hidden = decided.choices.get(outcome=Outcome.NOT_KEPT).idea
    staff = ideas.staff(decided.process.organisation)
    change_status(hidden, to=IdeaState.REJECTED, reason=make.NO, by=staff, now=make.LATER)
    assert hidden.title not in client.get(at(decided)).text
    assert hidden.title not in streamed(client.get(f"/fr/processes/{decided.process.slug}/data/choices.csv"))


def test_a_kept_idea_that_joined_another_or_was_taken_back_since_says_so(client):
    """The list stays as it was published; whoever reads it learns why the idea goes on no more."""
    call = ideas.call()
    joins, stays = ideas.idea(call, title="Des bancs"), ideas.idea(call, title="Des bancs et de l'ombre")
    leaves = ideas.idea(call, title="Un banc bleu", author=ideas.resident("Nadia"))
    by, said = ideas.staff(call.process.organisation), "Depuis, elle a rejoint une autre idée"
    made = make.with_choices([joins, stays, leaves], by=by)
    made = actions.publish(made, move={Outcome.KEPT: IdeaState.ADMISSIBLE}, by=by, now=make.LATER)
    assert said not in client.get(at(made)).text
    merge = propose_merge(source=joins, target=stays, reason=make.YES, by=by, now=make.LATER)
    for consent in merge.consents.all():
        consent_merge(merge, agreed=True, by=consent.person, now=make.LATER)
    complete_merge(merge, by=by, now=make.LATER)
    withdraw_idea(leaves, by=leaves.author, now=make.LATER)
    page = client.get(at(made)).text
    assert page.count(said) == 1 and page.count(stays.get_absolute_url()) == 2
    assert "Depuis, elle a été retirée par son auteur." in page and leaves.title not in page
    assert said in signed_in(by).get(desk_url(made)).text


@pytest.mark.parametrize("number", [0, 2, 99999999999])
def test_a_number_that_was_never_given_is_not_found(client, decided, number):
    assert client.get(at(decided).replace("/1/", f"/{number}/")).status_code == 404


def test_a_draft_is_nobodys_to_read(client):
    made = make.with_choices([ideas.idea()])
    assert client.get(f"/fr/processes/{made.process.slug}/selections/1/").status_code == 404
    assert client.get(f"/api/v1/selections/{made.pk}").status_code == 404
    assert make.TITLE["fr"] not in client.get(f"/fr/processes/{made.process.slug}/").text


def test_the_page_of_an_idea_tells_its_whole_way(client, decided):
    idea = decided.choices.get(outcome=Outcome.KEPT).idea
    made = make.with_choices([idea], source=decided, title={code: f"Vote {code}" for code in ("fr", "nl", "en")})
    actions.publish(made, move={Outcome.KEPT: IdeaState.SELECTED}, by=None, now=make.LATER)
    page = client.get(idea.get_absolute_url()).text
    assert page.index(make.TITLE["fr"]) < page.index("Vote fr")
    assert "Vote fr" in client.get(at(decided)).text, "the first leads on to the next"


def test_the_page_of_a_process_and_its_feed_list_what_was_decided(client, decided):
    home = f"/fr/processes/{decided.process.slug}/"
    assert make.TITLE["fr"] in client.get(home).text
    feed = client.get(f"{home}selections.atom")
    assert feed["Content-Type"].startswith("application/atom+xml") and make.TITLE["fr"] in feed.text


def test_search_engines_are_told_of_it(client, decided):
    found = client.get(reverse("sitemap-section", args=["selections", 1]))
    assert f"http://testserver{at(decided)}" in found.text


def test_the_table_has_a_row_per_choice_and_no_name(client, decided):
    text = streamed(client.get(f"/fr/processes/{decided.process.slug}/data/choices.csv"))
    rows = {row["outcome"]: row for row in csv.DictReader(io.StringIO(text))}
    assert set(rows) == {"kept", "not_kept"}
    assert rows["kept"]["cost_cents"] == "100000" and rows["kept"]["figures"] == "score=17/4"
    assert rows["not_kept"]["reason"] == make.NO["fr"]
    assert "Nadia" not in text


def test_programs_read_the_same(client, decided):
    answer = client.get(f"/api/v1/selections/{decided.pk}").json()
    assert answer["title"] == make.TITLE and answer["rule_digest"] == decided.rule_digest
    kept, dropped = answer["choices"]
    assert (kept["outcome"], kept["figures"][0]["value"], kept["reason"]) == ("kept", "17/4", make.YES)
    assert dropped["outcome"] == "not_kept"
    listed = client.get(f"/api/v1/processes/{decided.process.slug}/selections").json()
    of_idea = client.get(f"/api/v1/ideas/{kept['idea']}/selections").json()
    assert [one["id"] for one in listed["items"]] == [one["id"] for one in of_idea["items"]] == [decided.pk]


@pytest.mark.parametrize("number", [1, 3])
def test_a_selection_of_three_ideas_asks_no_more_than_one_of_one(client, django_assert_num_queries, number):
    call = ideas.call()
    made = make.published([ideas.idea(call) for _ in range(number)])
    client.get(at(made))
    with django_assert_num_queries(8):
        client.get(at(made))
    with django_assert_num_queries(3):
        client.get(f"/api/v1/selections/{made.pk}")


def test_managers_annul_at_the_desk_and_others_only_read(client_for, decided):
    desk = f"/manage/selection/desk/{decided.pk}/"
    editor = client_for(ideas.staff(decided.process.organisation, Role.EDITOR))
    assert "reason_fr" not in editor.get(desk).text
    assert editor.post(desk, {"reason_fr": "Non"}).status_code == 403
    manager = client_for(ideas.staff(decided.process.organisation))
    refused = manager.post(desk, {"reason_fr": ""})
    assert refused.status_code == 422
    assert manager.post(desk, {"reason_fr": "Erreur de calcul"}).status_code == 302
    decided.refresh_from_db()
    assert decided.annulment == "Erreur de calcul"


def test_other_software_hears_of_it(decided):
    from zenne.opendata.webhooks.kinds import webhooks

    told = webhooks["selection.published"].data(decided.pk, {})
    assert json.dumps(told) and told["selection"]["title"] == make.TITLE
