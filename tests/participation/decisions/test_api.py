"""What other software reads of what authorities promised."""

from datetime import timedelta

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import PROV, SKOS

from tests.participation.ideas import factories as ideas
from zenne.opendata.api.graphs import BESLUIT, ELI
from zenne.opendata.api.representations import at
from zenne.participation.decisions import actions
from zenne.participation.decisions.enums import CommitmentState
from zenne.participation.selections import actions as selections

from .factories import LATER, NO, TODAY, commitment, published

pytestmark = pytest.mark.django_db
TITLE = {"fr": "Les plans", "nl": "De plannen", "en": "The plans"}


def manager(of):
    return ideas.staff(of.decision.process.organisation)


def test_a_commitment_says_its_decision_its_state_and_its_milestones(client, clock_shows):
    made = commitment()
    actions.add_milestone(made, title=TITLE, due_on=TODAY + timedelta(days=5), by=manager(made), now=LATER)
    clock_shows(LATER)
    said = client.get(f"/api/v1/commitments/{made.pk}").json()
    assert (said["state"], said["idea"], said["late"]) == ("planned", made.idea_id, False)
    assert said["decision"]["reference"] == "2026/0617/12" and said["decision"]["body"]["nl"] == "College"
    assert said["decision"]["selection"] == made.decision.selection_id
    [step] = said["milestones"]
    assert step["title"] == TITLE and step["due_on"] == step["first_due_on"] == "2026-06-22"
    clock_shows(LATER + timedelta(days=30))
    assert client.get(f"/api/v1/commitments/{made.pk}").json()["late"] is True


def test_a_promise_that_answers_no_idea_has_a_title_of_its_own(client):
    process = ideas.call().process
    made = actions.promise(process, title=TITLE, by=ideas.staff(process.organisation), now=LATER)
    said = client.get(f"/api/v1/commitments/{made.pk}").json()
    assert (said["title"], said["idea"], said["decision"], said["links"]) == (TITLE, None, None, {})
    assert client.get(f"/api/v1/processes/{process.slug}/commitments").json()["items"] == [said]


def test_a_promise_that_stops_says_why(client):
    made = commitment()
    actions.set_state(made, to=CommitmentState.STOPPED, reason=NO, by=manager(made), now=LATER)
    assert client.get(f"/api/v1/commitments/{made.pk}").json()["reason"] == NO


def test_nothing_is_said_of_promises_whose_decision_was_annulled(client):
    made = commitment()
    selections.annul(made.decision.selection, reason=NO, by=manager(made), now=LATER)
    answer = client.get(f"/api/v1/commitments/{made.pk}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert client.get(f"/api/v1/processes/{made.decision.process.slug}/commitments").json()["items"] == []
    assert client.get(f"/api/v1/ideas/{made.idea_id}/commitments").json()["items"] == []


def test_an_answer_that_did_not_change_is_not_sent_again(client):
    address = f"/api/v1/commitments/{commitment().pk}"
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(client, django_assert_num_queries, number):
    call = ideas.call()
    published([ideas.idea(call) for _n in range(number)])
    address = f"/api/v1/processes/{call.process.slug}/commitments"
    client.get(address)
    with django_assert_num_queries(4):
        said = client.get(address).json()
    assert len(said["items"]) == number
    ids = [each["id"] for each in said["items"]]
    assert ids == sorted(ids, reverse=True)


@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("jsonld", "json-ld")])
def test_decisions_are_linked_data_in_the_words_that_europe_has_for_them(client, form, name):
    decision = commitment().decision
    here = URIRef(at(f"/decisions/{decision.pk}"))
    alone, listed = (
        Graph().parse(data=client.get(f"/api/v1{path}?format={form}").content, format=name)
        for path in (f"/decisions/{decision.pk}", "/decisions")
    )
    assert (here, RDF.type, BESLUIT.Besluit) in alone and (here, ELI.id_local, Literal("2026/0617/12")) in alone
    assert (here, ELI.date_document, Literal(decision.decided_on)) in alone
    assert (here, PROV.generated, URIRef(at(f"/selections/{decision.selection_id}"))) in alone
    assert (alone.value(here, ELI.passed_by), SKOS.prefLabel, Literal("College", lang="nl")) in alone
    assert alone.isomorphic(listed)
