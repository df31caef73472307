"""Forms on public pages: with a token for who has a session, without one for who has none.

A token makes a page one visitor's own, and every such page would have to be made for each of them anew. Who has no session has no rights
that a foreign page could borrow; what they send is kept while they sign in (`people.access.resume`), so it must still come from a page of ours.
Their browser says so itself: `Origin` (every browser sends it with a form since 2020) must name this host. Without it, the token is asked as ever.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .pieces import TOKEN_PLACE


class TokenMiddleware(CsrfViewMiddleware):
    """Django's check of tokens, but that a visitor without a session may show where they come from instead."""

    def process_view(
        self, request: HttpRequest, callback: Callable[..., Any], callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseBase | None:
        if not has_session(request) and "HTTP_ORIGIN" in request.META and self._origin_verified(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)


def token_field(request: HttpRequest | None) -> SafeString:
    """What a form carries: the same in all forms of one page."""
    if request is None or not has_session(request):
        return SafeString()
    secret, field = getattr(request, "token_field", (None, SafeString()))
    if secret is None or secret != request.META.get("CSRF_COOKIE"):  # signing in gives a new secret
        field = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
        request.token_field = request.META["CSRF_COOKIE"], field  # type: ignore[attr-defined]
    return field


def with_token(request: HttpRequest | None, drawn: str) -> SafeString:
    """A piece that was drawn for everybody, with this person's token in its forms (`web.pieces`)."""
    return mark_safe(drawn.replace(TOKEN_PLACE, token_field(request)))  # noqa: S308 - our own pieces


def has_session(request: HttpRequest) -> bool:
    """Whether the visitor came with a session, which is where people and what was kept for them are."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES
