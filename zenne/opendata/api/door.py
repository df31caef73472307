"""The one door of the API: what is true of every answer is made so here.

A request for /api/v1 never meets the pages' middleware: it has no session, no cookie, no form token and no redirect, and whatever goes wrong
it is answered with a problem document.
"""

import hashlib
import logging
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import DisallowedHost, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.http.request import MediaType
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, parse_http_date_safe
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

from zenne.core import clock
from zenne.core.errors import NotFound, Spoken
from zenne.core.languages import LANGUAGES, current
from zenne.web.outage import passing

from . import actions, graphs, problems, queries
from .enums import Budget
from .errors import (
    Broken,
    Fault,
    Faulty,
    Malformed,
    MethodNotAllowed,
    NotAcceptable,
    RateLimited,
    Unauthorized,
)
from .limits import LIMITS
from .reading import broken, read_body

PREFIX = "/api/v1"
SAFE = ("GET", "HEAD", "OPTIONS")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ASKABLE = "Authorization, Content-Type, Idempotency-Key, If-None-Match, If-Modified-Since, Accept-Language"
READABLE = (
    "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, Idempotent-Replayed, WWW-Authenticate, Content-Language"
)
FRESH = "public, max-age=5"
OWN = "private, no-cache"
NEVER = "no-store"
log = logging.getLogger(__name__)


class ApiMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info != PREFIX and not request.path_info.startswith(f"{PREFIX}/"):
            return self.get_response(request)
        return answer(request)


def answer(request: HttpRequest) -> HttpResponse:
    """The answer to any request for the API."""
    _prepare(request)
    with override(_language(request)):
        try:
            response = _answer(request)
        except Spoken as refusal:
            response = problems.answer(request, refusal)
        except SuspiciousOperation:
            response = problems.answer(request, Malformed(_("This request cannot be taken.")))
        except Exception as error:  # noqa: BLE001 - the outermost handler: what passes is told, a bug is written down
            away = passing(error)
            response = problems.answer(request, away) if away else _broken(request, error)
        return _finish(request, response)


def _prepare(request: HttpRequest) -> None:
    """No cookie comes in; what the house expects on every request is there."""
    request.META.pop("HTTP_COOKIE", None)
    request.COOKIES = {}
    request.now = clock.now()  # type: ignore[attr-defined]
    request.user = AnonymousUser()
    request.organisation, request.own_host = None, False  # type: ignore[attr-defined]
    request.token, request.replayed, request.quota = None, False, {}  # type: ignore[attr-defined]


def _language(request: HttpRequest) -> str:
    """As the address asks, else as the request prefers. The person's own comes in where neither says (`_identify`)."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else get_language_from_request(request).split("-")[0]


def _answer(request: HttpRequest) -> HttpResponse:
    try:
        request.get_host()
    except DisallowedHost as error:
        raise Malformed(_("We do not answer to this host name.")) from error
    _readable(request)
    if request.method == "OPTIONS":
        return _options(request)
    _identify(request)
    _count(request)
    if request.wrong_token:  # type: ignore[attr-defined]
        raise Unauthorized(_("This token opens nothing: it was revoked, has run out, or never was."), "invalid_token")
    takes_json = _takes_json(request)
    if not takes_json and graphs.asked(request) is None:
        raise NotAcceptable(_("Ask for application/json."))
    if (asked := request.GET.get("language")) is not None and asked not in LANGUAGES:
        raise Faulty([Fault(_("One of these: %(values)s.") % {"values": ", ".join(LANGUAGES)}, parameter="language")])
    read_body(request)
    response = _operate(request)
    if not takes_json and response["Content-Type"].startswith("application/json"):
        raise NotAcceptable(_("This is answered as application/json only."))
    return response


def _readable(request: HttpRequest) -> None:
    texts = [request.path_info, *(text for pair in request.GET.lists() for text in (pair[0], *pair[1]))]
    if any(broken(text) for text in texts):
        raise Malformed(_("This address holds characters that no text has."))


def _identify(request: HttpRequest) -> None:
    """Who asks: by a token in the Authorization header, and by nothing else."""
    request.wrong_token = False  # type: ignore[attr-defined]
    header = request.META.get("HTTP_AUTHORIZATION")
    if header is None:
        return
    kind, _space, secret = header.partition(" ")
    token = queries.token_of(secret.strip(), request.now) if kind.lower() == "bearer" else None  # type: ignore[attr-defined]
    if token is None:
        request.wrong_token = True  # type: ignore[attr-defined]
        return
    request.token, request.user = token, token.person  # type: ignore[attr-defined]
    actions.note_use(token, now=request.now)  # type: ignore[attr-defined]


def _count(request: HttpRequest) -> None:
    """Count the request against its caller's budget, and refuse it when that is spent."""
    token = request.token  # type: ignore[attr-defined]
    if token is None:
        budget, caller = Budget.ANONYMOUS, f"address {_network(request)}"
    else:
        budget = Budget.READS if request.method in SAFE else Budget.WRITES
        caller = f"{budget} of token {token.pk}"
    limit = LIMITS[budget]
    left, seconds = actions.count_request(caller, limit, now=request.now)  # type: ignore[attr-defined]
    request.quota = {  # type: ignore[attr-defined]
        "RateLimit-Policy": f'"{budget}";q={limit.requests};w={limit.seconds}',
        "RateLimit": f'"{budget}";r={max(left, 0)};t={seconds}',
    }
    if left < 0:
        raise RateLimited(seconds)


def _network(request: HttpRequest) -> str:
    """Where a request comes from. An IPv6 household has 2^64 addresses, and counts as one; so do all whose address nobody can tell."""
    try:
        address = get_adapter().get_client_ip(request)
    except PermissionDenied:
        return ""
    return ":".join(address.split("%")[0].split(":")[:4]) if ":" in address else address


def _takes_json(request: HttpRequest) -> bool:
    asked = request.headers.get("Accept", "*/*") or "*/*"
    kinds = [MediaType(part) for part in asked.split(",") if part.strip()]
    return any(kind.match("application/json") or kind.match(problems.MEDIA_TYPE) for kind in kinds)


def _operate(request: HttpRequest) -> HttpResponse:
    """Let the operation at this address answer. A HEAD is a GET whose words stay here."""
    path = request.path_info if request.path_info != PREFIX else f"{PREFIX}/"
    try:
        found = resolve(path)
    except Resolver404:
        raise NotFound(_("There is nothing at this address.")) from None
    request.resolver_match = found
    asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
    try:
        response = found.func(request, *found.args, **found.kwargs)
    finally:
        request.method = asked
    if response.status_code == 405:
        refused = problems.answer(request, MethodNotAllowed(_("See the Allow header for what it does.")))
        refused["Allow"] = _allowed(response["Allow"])
        return refused
    return response


def _allowed(methods: str) -> str:
    known = {name.strip() for name in methods.split(",")}
    if "GET" in known:
        known.add("HEAD")
    return ", ".join(name for name in METHODS if name in known | {"OPTIONS"})


def _options(request: HttpRequest) -> HttpResponse:
    """What may be done here; to a browser that asks before it lets another site's script, what it may send."""
    path = request.path_info if request.path_info != PREFIX else f"{PREFIX}/"
    try:
        found = resolve(path)
    except Resolver404:
        raise NotFound(_("There is nothing at this address.")) from None
    request.method = "TRACE"  # no operation answers it, so the view says what it does answer
    allowed = _allowed(found.func(request, *found.args, **found.kwargs)["Allow"])
    request.method = "OPTIONS"
    response = HttpResponse(status=204, headers={"Allow": allowed})
    if "Access-Control-Request-Method" in request.headers:
        response["Access-Control-Allow-Methods"] = allowed
        response["Access-Control-Allow-Headers"] = ASKABLE
        response["Access-Control-Max-Age"] = "86400"
    return response


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("%s %s", request.method, request.path, exc_info=error)
    got_request_exception.send(sender=ApiMiddleware, request=request)
    return problems.answer(request, Broken(_("It is written down, and we will look at it.")))


def _finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The headers of every answer, and 304 where the caller has it already."""
    for name, value in request.quota.items():  # type: ignore[attr-defined]
        response[name] = value
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = READABLE
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Language"] = current()
    patch_vary_headers(response, ["Accept-Language", "Authorization"])
    if request.replayed:  # type: ignore[attr-defined]
        response["Idempotent-Replayed"] = "true"
    response["Content-Length"] = str(len(response.content))
    if request.method not in ("GET", "HEAD") or response.status_code != 200:
        response["Cache-Control"] = NEVER
        return response
    if "Cache-Control" not in response:
        response["Cache-Control"] = FRESH if request.token is None else OWN  # type: ignore[attr-defined]
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    if _has_it(request, response):
        response.status_code, response.content = 304, b""
        del response["Content-Type"], response["Content-Length"]
    elif request.method == "HEAD":
        response.content = b""
    return response


def _has_it(request: HttpRequest, response: HttpResponse) -> bool:
    """RFC 9110, section 13.2.2: the tag decides where one is sent, else the date."""
    if (sent := request.headers.get("If-None-Match")) is not None:
        tags = [tag.removeprefix("W/") for tag in parse_etags(sent)]
        return "*" in tags or response["ETag"] in tags
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    changed = parse_http_date_safe(response.get("Last-Modified", ""))
    return since is not None and changed is not None and changed <= since
