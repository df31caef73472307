"""When something the house stands on is away: the database restarts, a disk is full. Also the last answer to a bug.

It is Django's `handler500`, which every exception of every layer ends in, so what is said here may need neither database nor session.
"""

import sys
from collections.abc import Iterator

import psycopg
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext_lazy as _
from django.views.defaults import server_error

from zenne.core.errors import Away, Full, Spoken
from zenne.core.setbacks import LOST_DATABASE, NO_ROOM

from .middleware import beside, in_time, problem
from .typed import typed_texts

PROGRAMS = "/api/"
DISK_FULL = "53100"
# what PostgreSQL says when it is not there, stops, starts, became a replica, has no connection left, or could not bring two writers
# into an order (https://www.postgresql.org/docs/current/errcodes-appendix.html)
PASSING = ("08", "57P", "53", "40", "25006", "55P03")


def failure(request: HttpRequest) -> HttpResponse:
    """503 or 507, in words, when it passes by itself; else the page for a bug."""
    error = passing(sys.exc_info()[1])
    if error is None:
        return server_error(request)
    with override(get_language_from_request(request, check_path=True)):
        return in_time(_answer(request, error), error)


def passing(exception: BaseException | None) -> Spoken | None:
    """What to say of a failure that is nobody's mistake and passes by itself; None for every other."""
    for one in _chain(exception):
        if isinstance(one, OSError) and one.errno in NO_ROOM:
            return Full(_("What you sent could not be kept. Please try again later."))
        if not isinstance(one, (*LOST_DATABASE, psycopg.OperationalError, psycopg.InterfaceError)):
            continue
        state = getattr(one, "sqlstate", None) or getattr(one.__cause__, "sqlstate", None)
        if state == DISK_FULL:
            return Full(_("What you sent could not be kept. Please try again later."))
        if state is None or state.startswith(PASSING):
            return Away(_("Please try again in a few seconds. Nothing that was kept before is lost."))
    return None


def _chain(exception: BaseException | None) -> Iterator[BaseException]:
    while exception is not None:
        yield exception
        exception = exception.__cause__


def _answer(request: HttpRequest, error: Spoken) -> HttpResponse:
    if (
        request.path.startswith(PROGRAMS)
        or request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    ):
        return problem(request, error)
    if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):  # no middleware may have run yet
        return beside(HttpResponse(render_to_string("web/away_fragment.html", {"error": error}), status=error.status))
    again = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    context = {"error": error, "again": again, "typed": typed_texts(request)}
    return HttpResponse(render_to_string("web/away.html", context), status=error.status)
