"""What every page gets: a curable refusal becomes a detour; the back office is shut for who is no staff, and staff show a second factor before it opens."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.rules import has_second_factor

from .answers import NotAllowed
from .resume import CURABLE, detour
from .rules import needs_second_factor

BACK_OFFICE = "/manage/"
DOOR = "wagtailadmin.access_admin"


class AccessMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asks = request.path.startswith(BACK_OFFICE) and isinstance(request.user, Person)
        person = request.user if asks else None
        if person is not None and not person.has_perm(DOOR):
            raise PermissionDenied  # Wagtail sends them to sign in, and that page sends whoever is signed in back
        if (
            settings.STAFF_SECOND_FACTOR
            and person is not None
            and needs_second_factor(person)
            and not has_second_factor(person)
        ):
            messages.warning(
                request, _("Staff sign in with two factors. Add a passkey or an authenticator app to go on.")
            )
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        curable = isinstance(error, NotAllowed) and error.refused.reason in CURABLE and request.accepts("text/html")
        if curable and getattr(request, "resumed_from", None) != error.refused.reason:
            return detour(request, error.refused)
        return None
