"""What other software reads of feasibility studies."""

import pytest

from tests.participation.ideas import factories as ideas
from zenne.participation.ideas.models import Idea

from .factories import ADAPT, FEASIBLE, REFUSED, WHY, answered, study

pytestmark = pytest.mark.django_db
NOBODY = {"fr": None, "nl": None, "en": None}


def test_a_study_says_its_service_its_answer_and_its_cost(client):
    made = answered(finding=FEASIBLE)
    said = client.get(f"/api/v1/studies/{made.pk}").json()
    assert (said["state"], said["cost_cents"], said["delay_months"], said["late"]) == ("feasible", 1_250_050, 6, False)
    assert said["service"] == {"fr": "Voirie", "nl": "Voirie nl", "en": "Voirie en"}
    assert said["links"]["idea"].endswith(f"/api/v1/ideas/{made.idea_id}")


def test_a_refusal_says_what_stands_in_the_way_in_public_words_and_nothing_between_staff(client):
    made = answered(finding=REFUSED, question="Entre nous : encore lui ?")
    answer = client.get(f"/api/v1/studies/{made.pk}")
    assert answer.json()["obstacle"] == "technique" and answer.json()["reason"] == WHY
    assert "Entre nous" not in answer.content.decode() and "answered_by" not in answer.json()


def test_nothing_is_found_before_the_answer(client):
    said = client.get(f"/api/v1/studies/{study().pk}").json()
    assert (said["state"], said["answered_at"], said["cost_cents"]) == ("requested", None, None)
    assert said["reason"] == said["ground"] == NOBODY


def test_studies_of_ideas_and_processes_that_cannot_be_read_are_not_there(client):
    hidden, draft = study(), study()
    Idea.objects.filter(pk=hidden.idea_id).update(state="rejected", listed=False)
    draft.idea.process.state = "draft"
    draft.idea.process.save(update_fields=["state"])
    for made in (hidden, draft):
        for address in (f"studies/{made.pk}", f"ideas/{made.idea_id}/studies"):
            answer = client.get(f"/api/v1/{address}")
            assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert client.get(f"/api/v1/processes/{hidden.idea.process.slug}/studies").json()["items"] == []


def test_an_answer_that_did_not_change_is_not_sent_again(client):
    address = f"/api/v1/studies/{answered(finding=ADAPT).pk}"
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(client, django_assert_num_queries, number):
    call = ideas.call()
    made = [study(ideas.idea(call)) for _n in range(number)]
    address = f"/api/v1/processes/{call.process.slug}/studies"
    client.get(address)
    with django_assert_num_queries(3):
        said = client.get(address).json()
    assert [each["id"] for each in said["items"]] == [each.pk for each in reversed(made)]


def test_a_list_goes_on_where_the_last_page_ended(client):
    call = ideas.call()
    made = [study(ideas.idea(call)).pk for _n in range(3)]
    first = client.get(f"/api/v1/processes/{call.process.slug}/studies?limit=2").json()
    rest = client.get(first["next"]).json()
    assert [each["id"] for each in first["items"] + rest["items"]] == made[::-1] and rest["next"] is None
