"""What is true of every answer, whatever it is about."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from tests.opendata.api.factories import NOW, Program, secret_of
from tests.participation.ideas import factories as ideas
from zenne.opendata.api import limits
from zenne.opendata.api.enums import Budget
from zenne.opendata.api.limits import Limit

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def problem(answer, status):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == PROBLEM
    told = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    return told


def test_an_address_that_is_not_there_is_a_problem_in_the_language_asked_for(now):
    assert problem(Program().get("/nowhere?language=nl"), 404)["detail"] == "Er is niets op dit adres."
    assert (
        problem(Program().get("/nowhere", Accept_Language="fr-BE"), 404)["detail"] == "Il n’y a rien à cette adresse."
    )


def test_a_language_we_do_not_speak_is_refused(now):
    assert problem(Program().get("/statuses?language=xx"), 422)["errors"][0]["parameter"] == "language"


def test_a_method_that_is_not_offered_is_refused_with_those_that_are(now):
    answer = Program()("DELETE", "/processes")
    problem(answer, 405)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_what_is_no_json_is_not_answered(now):
    problem(Program().get("/processes", Accept="text/html"), 406)
    assert Program().get("/processes", Accept="text/html, */*;q=0.1").status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe{}", 400),
        (b'{"title": NaN}', 400),
        (b'{"place": {"lon": 1e999, "lat": 1}}', 400),
        (b"[" * 100_000, 400),
        (b"9" * 5000, 400),
        (b"{}", 422),
        (b"[]", 422),
        (b"null", 422),
        (b'{"title": "a\\u0000b", "text": "x"}', 422),
        (b'{"title": "\\ud800", "text": "x"}', 422),
        (b'{"title": "x", "text": "y", "sate": 1}', 422),
        (json.dumps({"title": "x" * 300_000}).encode(), 413),
    ],
)
def test_a_body_that_cannot_be_taken_is_a_problem_and_never_a_fault(now, body, status):
    call, program = ideas.call(), Program(ideas.resident())
    problem(program("POST", f"/activities/{call.pk}/ideas", body), status)


def test_a_form_is_not_json(now):
    call = ideas.call()
    answer = Client().post(
        f"/api/v1/activities/{call.pk}/ideas", {"title": "x"}, headers=Program(ideas.resident()).headers
    )
    problem(answer, 415)


@pytest.mark.parametrize(
    "path",
    [
        "/ideas/0",
        "/ideas/99999999999999999999",
        "/ideas/9223372036854775808",
        "/ideas/-1",
        "/ideas/١٢",
        "/processes/%00",
        "/processes?q=%00",
        "/processes?limit=0",
        "/processes?limit=101",
        "/processes?limit=2.0",
        "/processes?cursor=made-up",
        "/areas/commune/%F0%9F%98%80",
        "/ideas/" + "1" * 3000,
    ],
)
def test_an_address_that_means_nothing_is_a_problem_and_never_a_fault(now, path):
    answer = Program().get(path)
    problem(answer, answer.status_code)
    assert answer.status_code in (400, 404, 422)


def test_what_did_not_change_is_answered_without_a_body(now):
    first = Program().get("/statuses")
    for sent in (first["ETag"], f"W/{first['ETag']}", f'"other", {first["ETag"]}', "*"):
        again = Program().get("/statuses", If_None_Match=sent)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    assert Program().get("/statuses", If_None_Match='"other"').status_code == 200


def test_the_way_of_an_idea_knows_when_it_last_changed(now):
    path = f"/ideas/{ideas.idea().pk}/statuses"
    changed = Program().get(path)["Last-Modified"]
    assert changed == "Mon, 15 Jun 2026 09:30:00 GMT"
    assert Program().get(path, If_Modified_Since=changed).status_code == 304
    assert Program().get(path, If_Modified_Since="Mon, 15 Jun 2026 09:29:59 GMT").status_code == 200


def test_head_is_get_without_the_words(now):
    get, head = Program().get("/statuses"), Program()("HEAD", "/statuses")
    assert (head.status_code, head.content) == (200, b"")
    assert (head["ETag"], head["Content-Length"]) == (get["ETag"], str(len(get.content)))


def test_another_site_may_ask_from_its_own_pages(now):
    asked = Program()(
        "OPTIONS",
        f"/ideas/{ideas.idea().pk}/support",
        Origin="https://elsewhere.example",
        Access_Control_Request_Method="PUT",
        Access_Control_Request_Headers="authorization, content-type",
    )
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Methods"] == asked["Allow"] == "GET, HEAD, PUT, DELETE, OPTIONS"
    assert "Authorization" in asked["Access-Control-Allow-Headers"]
    for answer in (asked, Program().get("/statuses"), Program().get("/nowhere")):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer


def test_being_signed_in_on_the_pages_opens_nothing_here(now, client_for):
    person = ideas.resident()
    client = client_for(person)
    assert client.get("/api/v1/me").status_code == 401
    call = ideas.call()
    answer = client.post(f"/api/v1/activities/{call.pk}/ideas", "{}", content_type="application/json")
    assert problem(answer, 401)
    assert answer["WWW-Authenticate"] == 'Bearer realm="zenne"'


def test_no_answer_sets_a_cookie_and_what_is_ones_own_is_kept_by_nobody_else(now):
    anonymous, mine = Program().get("/statuses"), Program(ideas.resident()).get("/me")
    assert not anonymous.cookies
    assert not mine.cookies
    assert anonymous["Cache-Control"] == "public, max-age=5"
    assert mine["Cache-Control"] == "private, no-cache"
    assert {"Accept-Language", "Authorization"} <= set(anonymous["Vary"].split(", "))
    assert "Cookie" not in anonymous["Vary"]


def test_a_caller_that_asks_too_much_is_told_when_to_come_back(now, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, Budget.ANONYMOUS, Limit(2, 60))
    first, second, third = (Program().get("/statuses") for _turn in range(3))
    assert (first["RateLimit-Policy"], first["RateLimit"]) == ('"anonymous";q=2;w=60', '"anonymous";r=1;t=60')
    assert second["RateLimit"] == '"anonymous";r=0;t=60'
    assert problem(third, 429)["type"] == "urn:zenne:rate-limited"
    assert third["Retry-After"] == "60"
    assert Program(ideas.resident()).get("/me").status_code == 200, "a token has a budget of its own"


def test_a_new_window_begins_with_nothing_used(now, monkeypatch, clock_shows):
    monkeypatch.setitem(limits.LIMITS, Budget.ANONYMOUS, Limit(1, 60))
    assert [Program().get("/statuses").status_code for _turn in range(2)] == [200, 429]
    clock_shows(NOW + timedelta(seconds=60))
    assert Program().get("/statuses").status_code == 200


def test_wrong_tokens_are_counted_where_they_come_from(now, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, Budget.ANONYMOUS, Limit(3, 60))
    tries = [Program(secret="zenne_guess").get("/me").status_code for _turn in range(4)]
    assert tries == [401, 401, 401, 429]


def test_a_bug_is_answered_and_written_down(now, monkeypatch, caplog):
    monkeypatch.setattr("zenne.opendata.api.door.read_body", lambda request: 1 / 0)
    client = Client(raise_request_exception=False)
    told = problem(client.get("/api/v1/statuses"), 500)
    assert "ZeroDivisionError" not in json.dumps(told)
    assert "ZeroDivisionError" in caplog.text


def test_a_token_may_be_written_in_any_case_of_bearer(now):
    secret = secret_of(ideas.resident())
    assert Client().get("/api/v1/me", headers={"Authorization": f"bearer {secret}"}).status_code == 200
    assert Client().get("/api/v1/me", headers={"Authorization": f"Basic {secret}"}).status_code == 401
