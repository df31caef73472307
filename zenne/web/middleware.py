"""What every page needs before its view runs, and what a person reads when a view refuses."""

from collections.abc import Callable

from django.db import DataError
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from zenne.core import clock
from zenne.core.errors import Spoken, StillNeeded, TooMany

from .htmx import wants_fragment
from .typed import typed_texts
from .visited import mark


class PageMiddleware:
    """Gives the request its moment, `request.now`, turns Spoken errors into pages, fragments or problem documents,
    and has the answer say which page it is (`visited`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]
        if not hasattr(request, "organisation"):
            request.organisation = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        mark(request, response)
        return response

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> HttpResponse | None:
        """An address with a NUL in it is no address: PostgreSQL has no such text. In a form, the field says so itself."""
        if "\x00" in request.path_info or _has_nul(request.GET):
            return refusal(request, Spoken(_("This address is damaged. Try to come here from another page.")))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Two things reach the database where nothing of ours stands before it, and are said as what they are: a text that holds a NUL, which a
        field of a form refuses itself; and a row to be deleted, a file of the library for instance, that others refer to."""
        if isinstance(exception, Spoken):
            return refusal(request, exception)
        if isinstance(exception, DataError) and _has_nul(request.POST):
            return refusal(request, Spoken(_("What was sent holds a character that no text can hold. Type it again.")))
        if isinstance(exception, (ProtectedError, RestrictedError)):
            return refusal(request, StillNeeded(_("This cannot be deleted: other things still need it.")))
        return None


def _has_nul(said: QueryDict) -> bool:
    return any("\x00" in text for name, texts in said.lists() for text in (name, *texts) if isinstance(text, str))


def refusal(request: HttpRequest, error: Spoken) -> HttpResponse:
    """The error in the form this caller understands. A page gives back what somebody had written, so that nothing is typed twice."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return problem(request, error)
    if wants_fragment(request):
        context = {"error": error, "remedies": error.remedies}
        response = beside(render(request, "web/refusal_fragment.html", context, status=error.status))
    else:
        context = {"error": error, "remedies": error.remedies, "typed": typed_texts(request)}
        response = render(request, "web/refusal.html", context, status=error.status)
    return in_time(response, error)


def beside(response: HttpResponse) -> HttpResponse:
    """The page behind stays; the words go where the page keeps its messages."""
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "beforeend"
    return response


def in_time(response: HttpResponse, error: Spoken) -> HttpResponse:
    if error.retry_after is not None:
        response["Retry-After"] = str(error.retry_after)
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    """What allauth answers with when one of its limits is reached."""
    return refusal(request, TooMany(_("Please wait a minute, then try again.")))


def problem(request: HttpRequest, error: Spoken) -> HttpResponse:
    """RFC 9457: the same words for a program."""
    response = JsonResponse(
        {
            "type": f"urn:zenne:{error.code}",
            "title": str(error.headline),
            "detail": str(error.message),
            "status": error.status,
            "instance": request.path,
        },
        status=error.status,
        content_type="application/problem+json",
    )
    return in_time(response, error)
