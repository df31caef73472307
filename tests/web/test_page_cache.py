import threading
import time

import pytest
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from zenne.core.memory import A_MOMENT
from zenne.web.page_cache import FRESH, STALE, PageCacheMiddleware
from zenne.web.tokens import TokenMiddleware


class Site:
    """One view that counts how often it is asked; `headers` and `cookies` of its answer as a test sets them."""

    def __init__(self):
        self.made = 0
        self.status, self.headers, self.cookies = 200, {"Vary": "Cookie, HX-Request, Accept-Encoding"}, {}

    def __call__(self, request):
        self.made += 1
        response = HttpResponse(f"page {self.made}", status=self.status, headers=self.headers)
        for name, value in self.cookies.items():
            response.set_cookie(name, value)
        response["X-Noted"] = "process 7"
        return response


@pytest.fixture
def site(page_clock):
    return Site()


@pytest.fixture
def ask(site):
    middleware = PageCacheMiddleware(site)

    def get(path="/fr/", *, method="GET", cookies=None, host="testserver", **headers):
        request = RequestFactory(headers={"host": host, **headers}).generic(method, path)
        request.COOKIES.update(cookies or {})
        return middleware(request)

    return get


def test_page_is_made_once_for_all_visitors(ask, site):
    assert [ask().text for _visitor in range(3)] == ["page 1"] * 3
    assert site.made == 1


def test_kept_page_carries_what_the_view_noted_for_the_outside(ask):
    ask()
    assert ask()["X-Noted"] == ask()["X-Noted"] == "process 7"


def test_page_is_fresh_within_five_seconds(ask, page_clock):
    assert FRESH + STALE + A_MOMENT < 5
    ask()
    page_clock.now += FRESH + STALE + 0.01
    assert ask().text == "page 2"


def test_age_counts_from_when_the_making_began(page_clock, settings):
    def slow(_request):
        page_clock.now += 10
        return HttpResponse(f"made until {page_clock.now}")

    middleware = PageCacheMiddleware(slow)
    assert middleware(RequestFactory().get("/fr/")).text == "made until 1010.0"
    assert middleware(RequestFactory().get("/fr/")).text == "made until 1020.0"


@pytest.mark.parametrize(
    "cookies", [{"sessionid": "x"}, {"messages": "x"}, {"idea-draft-3": "x"}, {"something": "x"}], ids=str
)
def test_visitor_whom_a_cookie_names_gets_a_page_of_their_own(ask, site, cookies):
    ask()
    assert [ask(cookies=cookies).text for _time in range(2)] == ["page 2", "page 3"]
    assert ask().text == "page 1"


def test_cookies_that_say_nothing_change_nothing(ask):
    ask()
    assert ask(cookies={"csrftoken": "x", "django_language": "nl"}).text == "page 1"


@pytest.mark.parametrize(
    "path",
    [
        "/manage/",
        "/fr/account/login/",
        "/nl/messages/",
        "/api/v1/ideas/",
        "/fr/processes/a/?preview=3f",
        "/fr/?q=" + "x" * 700,
    ],
)
def test_page_that_is_somebodys_own_is_not_kept(ask, path):
    assert [ask(path).text for _time in range(2)] == ["page 1", "page 2"]


def test_program_with_a_token_of_its_own_is_not_answered_from_here(ask):
    ask()
    assert ask(authorization="Bearer x").text == "page 2"


def test_what_is_sent_is_never_kept(ask):
    assert [ask(method="POST").text for _time in range(2)] == ["page 1", "page 2"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "private"},
        {"Cache-Control": "no-store"},
        {"Vary": "Accept-Language"},
        {"Vary": "Cookie, User-Agent"},
        {"Vary": "*"},
    ],
    ids=str,
)
def test_answer_that_is_not_for_everybody_is_not_kept(ask, site, headers):
    site.headers = headers
    assert [ask().text for _time in range(2)] == ["page 1", "page 2"]


def test_answer_that_sets_a_cookie_is_not_kept(ask, site):
    site.cookies = {"anything": "x"}
    assert [ask().text for _time in range(2)] == ["page 1", "page 2"]


@pytest.mark.parametrize("status", [301, 302, 403, 404, 410, 500])
def test_only_a_plain_answer_is_kept(ask, site, status):
    site.status = status
    assert [ask().text for _time in range(2)] == ["page 1", "page 2"]


def test_page_with_the_token_of_a_form_is_not_kept(page_clock):
    def view(request):
        return HttpResponse(get_token(request))

    middleware = PageCacheMiddleware(TokenMiddleware(view))
    first, second = (middleware(RequestFactory().get("/fr/")).text for _time in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/nl/", {}),
        ("/fr/?page=2", {}),
        ("/fr/", {"host": "jette.localhost"}),
        ("/fr/", {"accept-encoding": "br"}),
        ("/fr/", {"hx-request": "true"}),
        ("/fr/", {"hx-request": "true", "hx-boosted": "true"}),
        ("/fr/", {"hx-request": "true", "hx-history-restore-request": "true"}),
    ],
    ids=str,
)
def test_other_address_host_encoding_or_piece_is_another_page(ask, settings, path, headers):
    settings.ALLOWED_HOSTS = ["testserver", "jette.localhost"]
    ask()
    assert ask(path, **headers).text == "page 2"
    assert ask().text == "page 1" and ask(path, **headers).text == "page 2"


def test_host_that_is_not_ours_reaches_nothing_kept(ask, site):
    ask(host="evil.example")
    ask(host="evil.example")
    assert site.made == 2


def test_browser_that_has_the_page_is_told_so_without_a_body(ask):
    first = ask()
    again = ask(**{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == first["Cache-Control"] == "private, no-cache"
    assert ask(**{"if-none-match": '"other"'}).status_code == 200


def test_stampede_makes_the_page_once(settings):
    settings.PAGE_CACHE = True
    made = []

    def slow(_request):
        made.append(1)
        time.sleep(0.03)
        return HttpResponse(f"page {len(made)}")

    middleware, seen = PageCacheMiddleware(slow), []
    threads = [
        threading.Thread(target=lambda: seen.append(middleware(RequestFactory().get("/fr/")).text))
        for _each in range(24)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == ["page 1"] * 24


def test_while_one_makes_it_anew_the_others_read_the_one_before(page_clock):
    made, others = [], []

    def view(request):
        made.append(1)
        if len(made) == 2:
            others.append(middleware(RequestFactory().get("/fr/")).text)
        return HttpResponse(f"page {len(made)}")

    middleware = PageCacheMiddleware(view)
    middleware(RequestFactory().get("/fr/"))
    page_clock.now += FRESH + 0.1
    assert middleware(RequestFactory().get("/fr/")).text == "page 2"
    assert others == ["page 1"]
