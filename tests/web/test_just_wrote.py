import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from zenne.web.just_wrote import COOKIE, JustWroteMiddleware, just_wrote

ask = JustWroteMiddleware(lambda request: HttpResponse())


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_who_sends_something_is_known_to_have_for_some_seconds(method, settings):
    cookie = ask(RequestFactory().generic(method, "/fr/")).cookies[COOKIE]
    assert cookie["max-age"] == settings.SECONDS_AFTER_A_WRITE >= 5 and cookie["httponly"]
    request = RequestFactory().get("/fr/")
    assert not just_wrote(request)
    request.COOKIES[COOKIE] = cookie.value
    assert just_wrote(request)


@pytest.mark.parametrize(("method", "path"), [("GET", "/fr/"), ("HEAD", "/fr/"), ("POST", "/api/v1/ideas")])
def test_who_reads_and_programs_get_no_cookie(method, path):
    assert not ask(RequestFactory().generic(method, path)).cookies
