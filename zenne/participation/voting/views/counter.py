"""Voting on a shared device at a counter: one code, one ballot, and nothing left behind.

The page knows no account: whoever is signed in on the device is signed out first. It sets no cookie: the code in its address, which nobody else knows and
which works once, stands for the token that other forms carry. No answer is kept by the browser, so that its back button shows nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from zenne.core import clock
from zenne.core.errors import NotFound, Spoken
from zenne.people.access.answers import NotAllowed
from zenne.web.htmx import render

from .. import actions, counting, explaining, filling, queries, showing
from ..enums import Districts, Method
from ..errors import Unfit
from ..models import CounterPass, District, Vote
from .filling_in import Paper, fields, filled_in, sections
from .finding import around, vote_at

View = Callable[..., HttpResponse]
RECEIPT_STAYS = 180  # seconds


def _quietly(view: View) -> View:
    """Nothing of the answer is kept by the browser."""

    @wraps(view)
    def quiet(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return quiet


@require_safe
@_quietly
def enter(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """Where a device at a counter waits for the next code."""
    vote = vote_at(request, process, pk)
    code, fault = request.GET.get("code", ""), ""
    if code:
        try:
            actions.pass_at(vote, code, now=request.now)  # type: ignore[attr-defined]
            return HttpResponseRedirect(_address(vote, "".join(filter(str.isalnum, code.upper()))))
        except NotFound as error:
            fault = str(error.message)
    return _page(request, vote, "enter", {"fault": fault}, status=404 if fault else 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@_quietly
def ballot(request: HttpRequest, process: str, pk: int, code: str) -> HttpResponse:
    """The ballot, the second look at it, and the receipt: one address, which shows nothing once the code was used."""
    vote = vote_at(request, process, pk)
    try:
        leave = actions.pass_at(vote, code, now=request.now)  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            logout(request)
            return _without_cookies(request, HttpResponseRedirect(request.path))
        return _step(request, vote, code, leave)
    except NotFound as error:
        return _page(request, vote, "over", {"said": error.message}, status=404)
    except NotAllowed as error:
        return _page(request, vote, "over", {"said": showing.said(error.refused)}, status=403)
    except Unfit as error:
        return _fill(request, vote, code, leave, faults=error.faults, status=422)
    except Spoken as error:
        return _page(request, vote, "over", {"said": error.message or error.headline}, status=error.status)


def _step(request: HttpRequest, vote: Vote, code: str, leave: CounterPass) -> HttpResponse:
    said = request.POST
    if "time" in said:
        leave.expires_at = actions.give_time(leave, now=request.now)  # type: ignore[attr-defined]
    if "leave" in said:
        actions.drop_pass(leave)
        return _gone(request, _page(request, vote, "over", {"said": _("You left without voting. Nothing was kept.")}))
    paper = _paper(request, vote, leave)
    if vote.districts_mode == Districts.ONE and paper.district is None:
        return _page(request, vote, "district", {"districts": paper.districts, "code": code})
    content = filling.blank(vote) if "blank" in said else paper.content
    if "cast" in said:
        return _cast(request, paper, code, content)
    if request.method != "POST" or said.keys() & {"again", "time", "where"}:
        return _fill(request, vote, code, leave)
    if "blank" not in said and paper.faults:
        return _fill(request, vote, code, leave, faults=[fault.words for fault in paper.faults], status=422)
    return _review(request, paper, code, content)


def _cast(request: HttpRequest, paper: Paper, code: str, content: dict[str, Any]) -> HttpResponse:
    if content["choices"] is not None and (slips := filling.slips(paper.vote, paper.options, paper.given)):
        raise Unfit([fault.words for fault in slips])
    done = actions.cast_at_counter(
        paper.vote,
        code,
        content=content,
        district=paper.district,
        now=request.now,  # type: ignore[attr-defined]
        clock=clock.now,
    )
    receipt = reverse("voting:receipt", args=[paper.vote.process.slug, paper.vote.pk, done.ballot.leaf])
    context = {
        "code": showing.grouped_code(done.ballot.leaf),
        "check": request.build_absolute_uri(receipt.split(done.ballot.leaf)[0]),
        "stays": RECEIPT_STAYS,
        "replaced": done.replaced,
    }
    return _gone(request, _page(request, paper.vote, "receipt", context))


def _fill(
    request: HttpRequest,
    vote: Vote,
    code: str,
    leave: CounterPass,
    *,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    paper = _paper(request, vote, leave)
    options = paper.options
    if vote.random_order:
        by_key = {option.key: option for option in options}
        options = [by_key[key] for key in counting.order(list(by_key), leave.code)]
    keys = filling.chosen(paper.content)
    until = actions.lasts_until(vote, leave.expires_at)
    context = {
        "code": code,
        "sections": sections(paper, options, at_counter=True),
        "district": paper.district,
        "purses": showing.purses(vote, paper.options, paper.districts, paper.district, keys),
        "faults": faults or [],
        "method": vote.method,
        "limits": explaining.limits(vote),
        "most": 1 if vote.method == Method.SINGLE else vote.max_choices,
        "expires_at": until,
        "seconds": int((until - request.now).total_seconds()),  # type: ignore[attr-defined]
    }
    return _page(request, vote, "ballot", context, status=status)


def _review(request: HttpRequest, paper: Paper, code: str, content: dict[str, Any]) -> HttpResponse:
    vote, blank = paper.vote, content["choices"] is None
    context = {
        "code": code,
        "lines": showing.lines(content, vote, paper.options),
        "blank": blank,
        "fields": fields(vote, paper.given if blank else showing.given_by(content)),
        "district": paper.district,
        "method": vote.method,
    }
    return _page(request, vote, "review", context)


def _paper(request: HttpRequest, vote: Vote, leave: CounterPass) -> Paper:
    districts = queries.districts_of(vote)
    district: District | None = leave.district
    if vote.districts_mode == Districts.ONE:
        where = request.POST.get("district", "")
        district = next((each for each in districts if str(each.number) == where), None)
    given = filled_in(request, vote)
    return Paper(vote, districts, district, filling.offered(vote, queries.sheet(vote).options, district), given)


def _page(request: HttpRequest, vote: Vote, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    names = [
        {
            "code": each,
            "name": get_language_info(each)["name_local"].capitalize(),
            "url": translate_url(request.path, each),
        }
        for each in vote.process.organisation.languages
    ]
    shared = around(request, vote) | {"languages": names, "language": get_language()}
    shared["enter"] = reverse("voting:counter", args=[vote.process.slug, vote.pk])
    return render(request, f"participation/voting/counter/{name}.html", shared | context, status=status)


def _gone(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Ask the browser to forget what it has of us (https only; elsewhere it is not heard)."""
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return _without_cookies(request, response)


def _without_cookies(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    for name in (settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME):
        if name in request.COOKIES:
            response.delete_cookie(name, path=settings.SESSION_COOKIE_PATH)
    return response


def _address(vote: Vote, code: str) -> str:
    return reverse("voting:counter_ballot", args=[vote.process.slug, vote.pk, code])
