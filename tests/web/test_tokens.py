import pytest
from django.conf import settings as house
from django.http import HttpResponse
from django.test import RequestFactory

from zenne.web.tokens import TokenMiddleware


def sent(*, session=False, scheme="http", **headers):
    """The status of a form without a token, sent to http://testserver."""
    middleware = TokenMiddleware(lambda _request: HttpResponse())
    request = RequestFactory(headers=headers).post("/fr/ideas/1/support/", secure=scheme == "https")
    if session:
        request.COOKIES[house.SESSION_COOKIE_NAME] = "x"
    middleware.process_request(request)
    refused = middleware.process_view(request, lambda _request: HttpResponse(), (), {})
    return refused.status_code if refused else 200


def test_visitor_without_a_session_sends_a_form_of_ours():
    assert sent(origin="http://testserver") == 200


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "https://testserver", "http://testserver:81", "http://testserver.evil.example", ""],
)
def test_visitor_cannot_be_made_to_send_a_form_from_elsewhere(origin):
    assert sent(origin=origin) == 403


def test_browser_that_does_not_say_where_it_comes_from_needs_a_token():
    assert sent() == 403


def test_person_with_a_session_needs_a_token_wherever_they_come_from():
    assert sent(session=True, origin="http://testserver") == 403
