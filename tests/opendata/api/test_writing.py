"""Writing with a token: the same actions, rules and words as on the pages."""

from datetime import timedelta

import pytest

from tests.opendata.api.factories import NOW, Program, secret_of
from tests.participation.ideas import factories as ideas
from tests.races import at_once
from zenne.participation.ideas.models import Idea

pytestmark = pytest.mark.django_db
TREES = {
    "title": "Des arbres sur la place",
    "text": "Il y fait 38 degrés en été : plantons dix tilleuls.",
    "theme": "green",
}


def test_an_idea_is_sent_read_supported_discussed_and_withdrawn(now):
    call = ideas.call()
    author, neighbour = Program(ideas.resident("Amina")), Program(ideas.resident("Bram"))
    sent = author("POST", f"/activities/{call.pk}/ideas", TREES)
    assert sent.status_code == 201, sent.content
    here = sent["Location"]
    assert here.endswith(f"/api/v1/ideas/{sent.json()['id']}")
    assert Program().get(here.partition("/api/v1")[2]).json()["title"] == TREES["title"]
    number = sent.json()["id"]
    voice = neighbour("PUT", f"/ideas/{number}/support")
    assert voice.json() == {"idea": number, "value": 1, "support_count": 1, "oppose_count": 0}
    comment = neighbour("POST", f"/discussions/ideas.idea/{number}/comments", {"text": "Et un banc, s'il vous plaît."})
    assert comment.status_code == 201, comment.content
    listed = Program().get(f"/discussions/ideas.idea/{number}/comments").json()
    assert [item["text"] for item in listed["items"]] == ["Et un banc, s'il vous plaît."]
    assert author("PATCH", f"/ideas/{number}", {"title": "Dix tilleuls"}).json()["title"] == "Dix tilleuls"
    taken_back = author("PUT", f"/ideas/{number}/withdrawal", {"reason": "C'est déjà fait."})
    assert taken_back.json()["state"] == "withdrawn", taken_back.content
    assert author("PUT", f"/ideas/{number}/withdrawal").status_code == 200
    assert Program().get(f"/ideas/{number}").status_code == 410
    assert Idea.objects.get().state == "withdrawn"


def test_a_refusal_says_why_since_when_and_what_would_help(now, clock_shows):
    call = ideas.call()
    program = Program(secret=secret_of(ideas.resident(), days=60))
    clock_shows(call.phase.closes_at)
    refused = program("POST", f"/activities/{call.pk}/ideas?language=nl", TREES)
    assert refused.status_code == 403
    told = refused.json()
    assert (told["type"], told["reason"]) == ("urn:zenne:not-allowed", "closed")
    assert told["facts"] == {"closes_at": "2026-07-15T09:30:00Z"}
    assert told["detail"] == "Dit is afgesloten."


def test_words_are_refused_as_the_form_refuses_them_each_at_its_place(now):
    call, program = ideas.call(), Program(ideas.resident())
    refused = program("POST", f"/activities/{call.pk}/ideas?language=en", {"title": "!!!", "text": "Short."})
    assert refused.status_code == 422
    assert {error["pointer"]: error["detail"] for error in refused.json()["errors"]} == {
        "/title": "Give your idea a title in words.",
        "/text": "Describe your idea in a sentence or two.",
        "/theme": "Choose a theme.",
    }
    nothing = program("POST", f"/activities/{call.pk}/ideas?language=en", {"title": "", "text": ""})
    assert {error["detail"] for error in nothing.json()["errors"]} == {"This is needed."}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (TREES | {"title": 12}, "/title"),
        (TREES | {"title": "x" * 121}, "/title"),
        (TREES | {"colour": "red"}, "/colour"),
        (TREES | {"language": "xx"}, "/language"),
        (TREES | {"theme": "fire"}, "/theme"),
        (TREES | {"place": {"lon": 4.35}}, "/place/lat"),
        (TREES | {"place": {"lon": 4.35, "lat": "50.8"}}, "/place/lat"),
        (TREES | {"place": {"lon": 2.35, "lat": 48.85}}, "/place"),
    ],
)
def test_a_value_that_cannot_be_taken_is_pointed_at(now, body, pointer):
    call, program = ideas.call(), Program(ideas.resident())
    refused = program("POST", f"/activities/{call.pk}/ideas", body)
    assert refused.status_code == 422, refused.content
    assert pointer in {error["pointer"] for error in refused.json()["errors"]}


def test_a_place_is_kept(now):
    call, program = ideas.call(), Program(ideas.resident())
    place = {"lon": 4.3283, "lat": 50.8763, "address": "Place du Miroir"}
    sent = program("POST", f"/activities/{call.pk}/ideas", TREES | {"place": place})
    assert sent.json()["place"] == place


def test_the_limit_of_a_call_holds_here_too(now):
    call, program = ideas.call(ideas_per_person=1), Program(ideas.resident())
    assert program("POST", f"/activities/{call.pk}/ideas", TREES).status_code == 201
    refused = program("POST", f"/activities/{call.pk}/ideas", TREES | {"title": "Un autre"})
    assert (refused.status_code, refused.json()["reason"]) == (403, "limit-reached")
    assert refused.json()["facts"] == {"limit": 1}


def test_a_comment_is_corrected_for_a_quarter_of_an_hour_and_deleted_at_any_time(now, clock_shows):
    idea, program = ideas.idea(), Program(ideas.resident("Bram"))
    made = program("POST", f"/discussions/ideas.idea/{idea.pk}/comments", {"text": "Bien.", "language": "fr"}).json()
    here = f"/comments/{made['id']}"
    assert program("PATCH", here, {"text": "Très bien."}).json()["text"] == "Très bien."
    clock_shows(NOW + timedelta(minutes=15))
    assert program("PATCH", here, {"text": "Mal."}).json()["reason"] == "too-late"
    gone = program("DELETE", here)
    assert (gone.status_code, gone.json()["state"], gone.json()["text"]) == (200, "deleted", None)
    assert program("DELETE", here).status_code == 200
    assert Program().get(here).json()["text"] is None, "the place is kept, the words are gone"
    idea.refresh_from_db()
    assert idea.comment_count == 0


def test_a_voice_is_given_turned_and_taken_back(now):
    idea, program = ideas.idea(ideas.call(oppose=True)), Program(ideas.resident())
    path = f"/ideas/{idea.pk}/support"
    said = [program("PUT", path, {"value": value}).json() for value in (1, 1, -1)]
    assert [(one["value"], one["support_count"], one["oppose_count"]) for one in said] == [
        (1, 1, 0),
        (1, 1, 0),
        (-1, 0, 1),
    ]
    assert program.get(path).json()["value"] == -1
    assert [item["idea"] for item in program.get("/me/supports").json()["items"]] == [idea.pk]
    assert [program("DELETE", path).json()["value"] for _turn in range(2)] == [0, 0]


def test_a_process_is_followed_once(now):
    process, program = ideas.call().process, Program(ideas.resident())
    for _turn in range(2):
        assert program("PUT", f"/processes/{process.slug}/follow").json()["following"] is True
    assert [item["slug"] for item in program.get("/me/follows").json()["items"]] == [process.slug]
    assert program("DELETE", f"/processes/{process.slug}/follow").json()["following"] is False
    assert program.get("/me/follows").json()["items"] == []


def test_the_same_request_under_the_same_key_is_done_once_and_answered_twice(now):
    call, program = ideas.call(), Program(ideas.resident())
    path = f"/activities/{call.pk}/ideas"
    first = program("POST", path, TREES, Idempotency_Key="one")
    again = program("POST", path, TREES, Idempotency_Key="one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first["Location"] == again["Location"]
    assert ("Idempotent-Replayed" in first, again["Idempotent-Replayed"]) == (False, "true")
    other = program("POST", path, TREES | {"title": "Un autre"}, Idempotency_Key="one")
    assert (other.status_code, other.json()["type"]) == (422, "urn:zenne:key-reused")
    assert Idea.objects.count() == 1


def test_a_refusal_uses_no_key_up(now):
    call, program = ideas.call(), Program(ideas.resident())
    path = f"/activities/{call.pk}/ideas"
    assert program("POST", path, TREES | {"theme": "fire"}, Idempotency_Key="one").status_code == 422
    assert program("POST", path, TREES, Idempotency_Key="one").status_code == 201


def test_a_key_belongs_to_one_person(now):
    call = ideas.call()
    for person in (ideas.resident(), ideas.resident()):
        assert Program(person)("POST", f"/activities/{call.pk}/ideas", TREES, Idempotency_Key="one").status_code == 201
    assert Idea.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x" * 65])
def test_a_key_has_a_size(now, key):
    call, program = ideas.call(), Program(ideas.resident())
    refused = program("POST", f"/activities/{call.pk}/ideas", TREES, Idempotency_Key=key)
    assert refused.json()["errors"][0]["parameter"] == "Idempotency-Key"


@pytest.mark.django_db(transaction=True)
def test_the_same_request_sent_sixteen_times_at_once_is_one_idea(now):
    call, program = ideas.call(), Program(ideas.resident())
    answers = at_once(*[lambda: program("POST", f"/activities/{call.pk}/ideas", TREES, Idempotency_Key="one")] * 16)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer for answer in answers) == 1
    assert Idea.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_thirty_two_requests_at_once_are_counted_one_by_one(now):
    answers = at_once(*[lambda: Program().get("/")] * 32)
    left = sorted(int(answer["RateLimit"].split(";r=")[1].split(";")[0]) for answer in answers)
    assert left == list(range(268, 300))
