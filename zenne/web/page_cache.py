"""Public pages for visitors who are not signed in, kept for two seconds: a page that everybody opens at once is made once.

What keeps one person's page from another (docs/decisions/0016-page-cache.md):

- A request is only looked at here when nothing in it names a visitor: no cookie but those of `harmless`, no `Authorization`, no preview key,
  a path that is not in `PERSONAL`. A view behind it therefore cannot know whom it answers.
- An answer is only kept when it is a plain 200 that sets no cookie, does not call itself private, and varies by nothing that is not in the key.
  A page with a form's token sets the token's cookie, and so is never kept.
- The key holds scheme, host, whole address, encoding and the headers of htmx that choose between a page and a piece of it.

How fresh: an answer counts as old from the moment its making began, or that of the half it shares with others (`web.shared`). After FRESH
seconds one visitor makes it anew while others still get the old one, for STALE seconds more; nobody reads anything older than
FRESH + STALE. What a page is made from may itself be `core.memory.A_MOMENT` old: together less than five seconds.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import cc_delim_re
from django.utils.http import parse_etags

from zenne.core.memory import Made, Renewed

FRESH = 2.0
STALE = 0.5
MOST_BYTES = 16 * 1024 * 1024
LONGEST_ADDRESS = 600

#: Where pages are about somebody, or keep house for themselves.
PERSONAL = re.compile(r"^(/[a-z]{2})?/(manage|account|messages|api|health|static|media|files|documents)/")
#: Headers that are part of the key, so an answer may vary by them. `Cookie` is empty here.
KNOWN = frozenset({"accept-encoding", "cookie", "hx-request", "hx-target", "hx-boosted", "hx-history-restore-request"})
HTMX = ("HX-Request", "HX-Boosted", "HX-Target", "HX-History-Restore-Request")

REVALIDATE = "private, no-cache"  # kept by the browser, asked after each time: a page never survives signing in

Key = tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str


pages: Renewed[Kept] = Renewed(MOST_BYTES, fresh=FRESH, stale=STALE)


class PageCacheMiddleware:
    """Outside of everything that looks at cookies, outside of compression: what is kept are the bytes that travel."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        unkept: list[HttpResponse] = []
        kept = pages.get(key, lambda began: self._make(request, began, unkept))
        return answer(request, kept.value) if kept else unkept[0]

    def _make(self, request: HttpRequest, began: float, unkept: list[HttpResponse]) -> Made[Kept] | None:
        response = self.get_response(request)
        if not may_be_kept(response):
            unkept.append(response)
            return None
        began = getattr(response, "began", began)
        response.setdefault("Cache-Control", REVALIDATE)
        response["ETag"] = etag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        kept = Kept(response.status_code, tuple(response.items()), response.content, etag)
        return Made(kept, len(kept.body) + sum(len(name) + len(value) for name, value in kept.headers) + 500, began)


def key_of(request: HttpRequest) -> Key | None:
    """What an answer to this request may be kept under; None where it may not be kept at all."""
    address = address_of(request) if harmless().issuperset(request.COOKIES) else None
    if address is None:
        return None
    return (
        *address,
        next((code for code in ("br", "gzip") if code in request.META.get("HTTP_ACCEPT_ENCODING", "")), ""),
    )


def address_of(request: HttpRequest) -> Key | None:
    """What is asked, whoever asks; None where an answer is nobody else's business, or not to be remembered."""
    if not settings.PAGE_CACHE or request.method not in ("GET", "HEAD"):
        return None
    if connection.in_atomic_block:  # what is not committed must not be remembered
        return None
    meta = request.META
    if "HTTP_AUTHORIZATION" in meta or "HTTP_RANGE" in meta:
        return None
    query = meta.get("QUERY_STRING", "")
    if PERSONAL.match(request.path) or "preview=" in query or len(request.path) + len(query) > LONGEST_ADDRESS:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    htmx = (request.headers.get(name, "") for name in HTMX)
    return (request.method, request.scheme or "", host, request.path, query, *htmx)


def harmless() -> set[str]:
    """Cookies that change nothing of a public page: the token of forms (a page that uses it is never kept), and the language, which is in the address."""
    return {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}


def may_be_kept(response: HttpResponse) -> bool:
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    control = response.get("Cache-Control", "").lower()
    if any(word in control for word in ("private", "no-store", "no-cache")):
        return False
    varies = {name.strip().lower() for name in cc_delim_re.split(response.get("Vary", "")) if name.strip()}
    return varies <= KNOWN


def answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    """The kept page; or, to who has these very bytes already, only word of that."""
    asked = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    same = "*" in asked or kept.etag in asked or f"W/{kept.etag}" in asked
    response = HttpResponse(b"" if same else kept.body, status=304 if same else kept.status)
    response.headers.pop("Content-Type", None)
    for name, value in kept.headers:
        if not (same and name in ("Content-Length", "Content-Encoding", "Content-Type")):
            response[name] = value
    return response
