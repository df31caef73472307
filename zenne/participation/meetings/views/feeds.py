"""Calendars to subscribe to: one meeting, a process (public), a person (a secret address)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.core.languages import shown
from zenne.participation.processes.queries import public as public_processes

from .. import queries
from ..calendars import CONTENT_TYPE, calendar
from ..enums import RegistrationState
from .finding import meeting_at

MOST = 500


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting as a file; who is registered finds the online link in it."""
    found = meeting_at(request, pk)
    place = queries.place_of(request.user, found)
    if place is not None and place.state != RegistrationState.CANCELLED:
        place.meeting = found
        return _answer(calendar(str(found), [], [place]), f"meeting-{found.pk}", private=True)
    return _answer(calendar(str(found), [found]), f"meeting-{found.pk}", private=found.private)


@require_safe
def process(request: HttpRequest, process: str) -> HttpResponse:
    """Every public meeting of a process, the cancelled ones too: calendars that have them learn it."""
    found = public_processes().filter(slug=process).first()
    if found is None:
        raise NotFound(_("There is no process at this address."))
    rows = queries.public().filter(process=found).order_by("-starts_at", "-id")[:MOST]
    return _answer(calendar(shown(found, "title")[0], rows), f"{found.slug}-meetings")


@require_safe
def person(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where a person comes or waits, in their language. Whoever has the address reads it; a new address makes this one lead nowhere."""
    owner = queries.owner_of_calendar(key)
    if owner is None:
        raise NotFound(_("This calendar has another address now."))
    with override(owner.language):
        body = calendar(_("My meetings"), [], queries.for_calendar(owner)[:MOST])
    return _answer(body, "meetings", private=True)


def _answer(body: bytes, name: str, *, private: bool = False) -> HttpResponse:
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["Cache-Control"] = "private, no-store" if private else "public, max-age=300"
    response["X-Robots-Tag"] = "noindex"
    return response
