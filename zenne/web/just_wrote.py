"""Who just sent something reads no copies for some seconds, so that they see what they did.

A cookie says so to every process, until what others keep or a replica shows is sure to have it too.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "wrote"
PROGRAMS = "/api/"  # they carry no cookie


class JustWroteMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD", "OPTIONS", "TRACE") and not request.path_info.startswith(PROGRAMS):
            response.set_cookie(
                COOKIE,
                "1",
                max_age=settings.SECONDS_AFTER_A_WRITE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def just_wrote(request: HttpRequest) -> bool:
    return COOKIE in request.COOKIES
