from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.utils.html import format_html
from django.utils.translation import override

from zenne.core.errors import NotFound
from zenne.core.memory import A_MOMENT
from zenne.web import page_cache, shared
from zenne.web.just_wrote import COOKIE
from zenne.web.page_cache import PageCacheMiddleware
from zenne.web.shared import apart, own
from zenne.web.visited import visited


def asked(path="/fr/", *, by=None, cookies=None, method="GET", **headers):
    request = RequestFactory(headers=headers).generic(method, path, REMOTE_ADDR="192.0.2.7")
    request.COOKIES.update(cookies or ({"sessionid": by} if by else {}))
    request.META["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in request.COOKIES.items())
    request.user = SimpleNamespace(is_authenticated=True, name=by) if by else AnonymousUser()
    request.session = {"secret": by}
    return request


def greeting(request, words):
    return format_html("{}, {}", words, getattr(request.user, "name", "visitor"))


class Site:
    """A page of two halves that says how often its shared one was made."""

    def __init__(self):
        self.made, self.seen = 0, []
        self.ask = shared.shared(self.view)

    def view(self, request, **_arguments):
        self.made += 1
        self.seen.append(request)
        return HttpResponse(format_html("<p>half {}</p><b>{}</b>", self.made, own(request, greeting, "Hello")))


@pytest.fixture
def site(page_clock):
    return Site()


def test_half_is_made_once_and_what_is_ones_own_for_each(site):
    pages = [site.ask(asked(by=name)).text for name in ("amina", "bart", None, "amina")]
    names = ("amina", "bart", "visitor", "amina")
    assert pages == [f"<p>half 1</p><b>Hello, {name}</b>" for name in names]
    assert site.made == 1


def test_half_is_made_for_a_request_that_has_nobody_in_it(site):
    site.ask(
        asked(
            by="amina",
            **{"user-agent": "Amina's", "accept-language": "nl", "x-forwarded-for": "192.0.2.7"},
        )
    )
    (nobody,) = site.seen
    assert not nobody.user.is_authenticated and nobody.COOKIES == {} and not hasattr(nobody, "session")
    told = " ".join(f"{name} {value}" for name, value in nobody.META.items())
    assert (
        "mina" not in told
        and "192.0.2.7" not in told
        and set(nobody.headers) <= {"Host", "Cookie", "Content-Length", "Content-Type"}
    )
    assert (nobody.path, nobody.get_host(), nobody.scheme) == ("/fr/", "testserver", "http")


def test_view_that_reads_the_session_for_everybody_fails_and_leaks_nothing(page_clock):
    with pytest.raises(AttributeError):
        shared.shared(lambda request: HttpResponse(request.session["secret"]))(asked(by="amina"))


@pytest.mark.parametrize("refusal", [NotFound("hidden"), Http404()], ids=lambda error: type(error).__name__)
def test_what_not_everybody_may_read_is_shown_to_who_may_and_never_kept(page_clock, refusal):
    @shared.shared
    def draft(request):
        if not request.user.is_authenticated:
            raise refusal
        return HttpResponse(f"draft for {request.user.name}")

    assert draft(asked(by="staff")).text == "draft for staff"
    with pytest.raises(type(refusal)):
        draft(asked())
    assert len(shared.halves) == 0


def test_half_with_the_token_of_a_form_is_not_kept(page_clock):
    ask = shared.shared(lambda request: HttpResponse(get_token(request)))
    assert ask(asked(by="amina")).text != ask(asked(by="bart")).text
    assert len(shared.halves) == 0


def test_answer_that_is_not_a_page_for_all_is_not_kept(page_clock):
    for answer in (HttpResponse(status=302), HttpResponse(headers={"Cache-Control": "private"})):
        shared.shared(lambda request, answer=answer: answer)(asked())
    assert len(shared.halves) == 0


def test_what_is_asked_for_oneself_alone_is_not_shared(page_clock):
    @shared.shared
    def mine(request):
        apart(request)
        return HttpResponse(f"ideas of {request.user.name}")

    assert [mine(asked(by=name)).text for name in ("amina", "bart")] == ["ideas of amina", "ideas of bart"]
    assert len(shared.halves) == 0


def test_variants_are_kept_apart_and_known_to_the_view(page_clock):
    ask = shared.shared(by=lambda request: len(request.user.name))(
        lambda request: HttpResponse(f"door {request.variant}")
    )
    assert [ask(asked(by=name)).text for name in ("amina", "bart", "marie")] == ["door 5", "door 4", "door 5"]
    assert len(shared.halves) == 2


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/nl/", {}),
        ("/fr/?page=2", {}),
        ("/fr/", {"host": "jette.localhost"}),
        ("/fr/", {"hx-request": "true"}),
        ("/fr/", {"hx-request": "true", "hx-target": "results"}),
    ],
    ids=str,
)
def test_other_address_host_or_piece_is_another_half(site, settings, path, headers):
    settings.ALLOWED_HOSTS = ["testserver", "jette.localhost"]
    site.ask(asked())
    assert "half 2" in site.ask(asked(path, **headers)).text
    assert "half 1" in site.ask(asked()).text


def test_other_language_is_another_half(site):
    site.ask(asked())
    with override("nl"):
        assert "half 2" in site.ask(asked()).text


@pytest.mark.parametrize("path", ["/manage/", "/fr/account/login/", "/nl/messages/", "/fr/processes/a/?preview=3f"])
def test_page_that_is_somebodys_own_has_no_half_to_share(site, path):
    assert [site.ask(asked(path)).text[3:9] for _time in range(2)] == ["half 1", "half 2"]


def test_half_is_anew_within_five_seconds(site, page_clock):
    assert shared.halves.fresh + shared.halves.stale + A_MOMENT < 5
    site.ask(asked())
    page_clock.now += shared.halves.fresh + 0.01
    assert "half 2" in site.ask(asked()).text


def test_visitors_page_made_of_a_half_is_not_kept_for_longer_than_the_half(site, page_clock):
    site.ask(asked(by="amina"))
    page_clock.now += 1.5
    visitors = PageCacheMiddleware(site.ask)
    assert "half 1" in visitors(asked()).text
    page_clock.now += 0.6
    assert "half 2" in visitors(asked()).text
    assert len(page_cache.pages) == 1


def test_who_just_sent_something_reads_nothing_kept(site):
    site.ask(asked(by="amina"))
    assert "half 2" in site.ask(asked(by="amina", cookies={"sessionid": "amina", COOKIE: "1"})).text
    assert "half 1" in site.ask(asked(by="bart")).text


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_of_what_is_not_committed(site):
    with transaction.atomic():
        site.ask(asked())
    assert len(shared.halves) == 0


def test_words_that_look_like_a_gap_stay_words(page_clock):
    typed = "<!--0--><!--" + "0" * 32 + ":0-->"
    ask = shared.shared(lambda request: HttpResponse(typed + str(own(request, greeting, "Hello"))))
    assert ask(asked(by="amina")).text == f"{typed}Hello, amina"


def test_what_is_ones_own_is_escaped_unless_it_is_safe(site):
    assert "<b>Hello, &lt;i&gt;</b>" in site.ask(asked(by="<i>")).text


def test_what_the_view_said_of_its_page_is_known_each_time(page_clock):
    @shared.shared
    def ask(request):
        visited(request, "process", process=7)
        request.organisation = "Jette"
        return HttpResponse("page")

    for _time in range(2):
        request = asked(by="amina")
        ask(request)
        assert (request.visited.process, request.organisation) == (7, "Jette")


def test_without_the_cache_every_page_is_made_whole(site, settings):
    settings.PAGE_CACHE = False
    assert [site.ask(asked(by="amina")).text for _time in range(2)] == [
        f"<p>half {time}</p><b>Hello, amina</b>" for time in (1, 2)
    ]
    assert all(request.user.is_authenticated for request in site.seen)
