"""Pages whose greater half is the same for everybody: that half is made once and kept for two seconds, what is somebody's own is put in for each.

    @shared                                                       # a view that everybody may read
    def page(request, pk): ...
        context["voices"] = own(request, voices, idea)            # voices(request, idea) -> HTML, for each person anew

What keeps one person's page from another (docs/decisions/0025-shared-halves.md):

- The shared half is made by the view itself, but for nobody: a request that holds what the key holds (address, host, language, the headers
  of htmx, the `variant` a view names) and nothing else. It has no cookie, no session and no name; a view cannot put in what it cannot read.
- Where `own` is called for nobody, it leaves a gap. What fills it is made for the request that is answered, and never kept.
- Nobody is shown what not everybody may see: where the view refuses nobody, forwards them or makes a form's token, nothing is kept, and
  the view answers the person directly, as if it were not shared.

How fresh: as a visitor's page (`page_cache`). Who just sent something reads nothing kept (`just_wrote`). What is handed to `own` serves
many at once: read it, never write on it.
"""

import re
import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial, wraps
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django_htmx.middleware import HtmxDetails

from zenne.core.errors import Spoken
from zenne.core.memory import Made, Renewed

from .just_wrote import just_wrote
from .page_cache import FRESH, HTMX, STALE, Key, address_of, may_be_kept

MOST_BYTES = 16 * 1024 * 1024
#: Beside its text, a half holds the rows that its gaps are filled from.
ROWS = 3

#: All that nobody's request is made of: what `address_of` reads.
ASKED = (
    *("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL"),
    *(
        "HTTP_HOST",
        "HTTP_X_FORWARDED_PROTO",
        "wsgi.url_scheme",
        *(f"HTTP_{name.upper().replace('-', '_')}" for name in HTMX),
    ),
)
#: What the middleware knew before the view ran: the moment, whose host this is and what stands around its pages, which view, which variant of it.
KNOWN = ("now", "organisation", "own_host", "surroundings", "resolver_match", "variant")
#: What a view says of its page to what stands around it.
SAID = ("organisation", "visited", "language_urls")

_SECRET = secrets.token_hex(16)  # nobody who writes on the platform can guess what a gap looks like
_PLACE = re.compile(rf"<!--{_SECRET}:(\d+)-->")

View = Callable[..., HttpResponse]
Draw = Callable[..., object]


class Apart(Exception):
    """This page is one's own as a whole."""


@dataclass(frozen=True)
class Gap:
    """Something of one's own: `draw(request, *given)` makes it."""

    draw: Draw
    given: tuple[Any, ...]

    def filled(self, request: HttpRequest) -> SafeString:
        return conditional_escape(self.draw(request, *self.given))


@dataclass(frozen=True)
class Half:
    """A page without what is somebody's own: its texts with a gap between each two, its headers, and what the view said of it."""

    texts: tuple[str, ...]
    gaps: tuple[Gap, ...]
    headers: tuple[tuple[str, str], ...]
    said: tuple[tuple[str, Any], ...]

    def for_(self, request: HttpRequest) -> HttpResponse:
        for name, value in self.said:
            setattr(request, name, value)
        parts = [self.texts[0]]
        for gap, text in zip(self.gaps, self.texts[1:], strict=True):
            parts += (gap.filled(request), text)
        return HttpResponse("".join(parts), headers=dict(self.headers))


halves: Renewed[Half] = Renewed(MOST_BYTES, fresh=FRESH, stale=STALE)


def own(request: HttpRequest | None, draw: Draw, *given: Any) -> SafeString:
    """What `draw(request, *given)` makes of this person; while a shared half is made, the gap where it will stand."""
    gaps: list[Gap] | None = getattr(request, "gaps", None)
    if gaps is None:
        return conditional_escape(draw(request, *given))
    gaps.append(Gap(draw, given))
    return mark_safe(f"<!--{_SECRET}:{len(gaps) - 1}-->")  # noqa: S308 - our own comment


def apart(request: HttpRequest) -> None:
    """Say that what is asked is one's own as a whole (\"only mine\"), so that nothing of it is shared."""
    if hasattr(request, "gaps"):
        raise Apart


def _for_all(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> Hashable:
    return None


def shared(view: View | None = None, *, by: Callable[..., Hashable] = _for_all) -> Any:
    """A view whose pages share a half. `by`, called as the view is, names in a plain value the little beside the address that the half may depend on; the
    view finds it as `request.variant`. The fewer values, the more is shared.

    A view that lets in only some people looks at them first and then answers with a shared function of its own: what that is called with must
    be the same for all who ask the same address, but for what `by` names."""
    if view is None:
        return partial(shared, by=by)

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.variant = by(request, *args, **kwargs)  # type: ignore[attr-defined]
        address = None if just_wrote(request) else address_of(request)
        half = (
            None
            if address is None
            else halves.get(_key(request, address), lambda began: _make(request, began, view, args, kwargs))
        )
        if half is None:
            return view(request, *args, **kwargs)
        response = half.value.for_(request)
        response.began = half.began  # type: ignore[attr-defined]  # for `page_cache`, which may keep it further
        return response

    return seen


def _key(request: HttpRequest, address: Key) -> Hashable:
    return get_language(), request.variant, _takes_part(request), *address  # type: ignore[attr-defined]


def _takes_part(request: HttpRequest) -> bool:
    """Where a replica answers visitors, who takes part is never shown a half that was read there: it may be older than a copy may be."""
    return "replica" in settings.DATABASES and settings.SESSION_COOKIE_NAME in request.COOKIES


def _make(request: HttpRequest, began: float, view: View, args: Any, kwargs: Any) -> Made[Half] | None:
    nobody = _nobody(request)
    try:
        response = view(nobody, *args, **kwargs)
    except (Apart, Spoken, Http404, PermissionDenied):
        return None
    if not may_be_kept(response) or "CSRF_COOKIE" in nobody.META:
        return None
    html = response.content.decode()
    pieces = _PLACE.split(html)
    gaps: list[Gap] = nobody.gaps  # type: ignore[attr-defined]
    half = Half(
        texts=tuple(pieces[::2]),
        gaps=tuple(gaps[int(number)] for number in pieces[1::2]),
        headers=tuple(response.items()),
        said=tuple((name, getattr(nobody, name)) for name in SAID if hasattr(nobody, name)),
    )
    return Made(half, ROWS * len(html), began)


def _nobody(request: HttpRequest) -> HttpRequest:
    """The same request, from nobody. What it lacks (session, cookies, messages) fails where a view reads it, instead of being wrong."""
    nobody = WSGIRequest(
        {name: request.META[name] for name in ASKED if name in request.META} | {"wsgi.input": BytesIO()}
    )
    for name in KNOWN:
        setattr(nobody, name, getattr(request, name, None))
    nobody.user = AnonymousUser()
    nobody.htmx = HtmxDetails(nobody)  # type: ignore[attr-defined]
    nobody.gaps = []  # type: ignore[attr-defined]
    return nobody
