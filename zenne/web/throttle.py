"""Limits against abuse, by the name of an address: so many requests of one person, or of one connection, in so many seconds.

The table is the setting THROTTLES. All processes count together (`core.counting`); of a connection only a digest is kept, and not
longer than the limit lasts. What somebody had written comes back with the refusal (`refusal`).
"""

import hashlib
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zenne.core.counting import count
from zenne.core.errors import TooMany

from .middleware import refusal


class ThrottleMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> HttpResponse | None:
        for key in _keys(request):
            most, seconds = settings.THROTTLES.get(key, (0, 0))
            if most and _count(key, _who(request), seconds) > most:
                error = TooMany(_("That was a lot in a short time. Please wait a little, then go on."))
                error.retry_after = seconds
                return refusal(request, error)
        return None


def _keys(request: HttpRequest) -> list[str]:
    """What the table may call this request: with each parameter that has a value, and without."""
    if request.resolver_match is None:
        return []
    name = f"{'GET' if request.method == 'HEAD' else request.method} {request.resolver_match.view_name}"
    return [name, *(f"{name}?{parameter}" for parameter, value in request.GET.items() if value)]


def _who(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"person {request.user.pk}"
    return f"connection {get_adapter().get_client_ip(request) or ''}"


def _count(what: str, who: str, seconds: int) -> int:
    digest = hashlib.sha256(f"{settings.SECRET_KEY}{what}{who}".encode()).hexdigest()[:32]
    return count(f"throttle:{digest}", seconds)
