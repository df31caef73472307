"""A form that was not taken says so in its status, also where allauth answers 200."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.usersessions.middleware import UserSessionsMiddleware
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

from zenne.core import clock
from zenne.core.memory import Remembered

from .lastseen import LastSeen, last_seen


class AccountsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        form = (getattr(response, "context_data", None) or {}).get("form")
        if (
            request.method == "POST"
            and response.status_code == 200
            and form is not None
            and form.is_bound
            and form.errors
        ):
            response.status_code = 422
        return response


#: Which sessions this process noted lately. A person reads on the page of their devices when each was last seen: to the minute is enough.
seen: Remembered[None] = Remembered(60.0, most=20_000)


class LastSeenMiddleware(UserSessionsMiddleware):
    """Notes when and from where a session was last used, once a minute instead of at every page. What is sent comes from a page that was noted."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and request.session.session_key and request.user.is_authenticated:
            seen.get(request.session.session_key, lambda: _note(request))
        return self.get_response(request)


def _note(request: HttpRequest) -> None:
    agent = request.META.get("HTTP_USER_AGENT", "")[: UserSession._meta.get_field("user_agent").max_length]
    address = get_adapter().get_client_ip(request)
    last_seen.add(LastSeen(request.session.session_key, request.user.pk, address, agent, clock.now()))
