"""Somebody's place: confirmed, changed, given back; with the code for the door. Whoever has its secret address may, signed in or not."""

import io
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zenne.core.errors import Spoken
from zenne.core.languages import shown
from zenne.people.access.answers import NotAllowed
from zenne.web.htmx import render

from .. import actions, showing
from ..enums import MeetingState, RegistrationState
from ..forms import WishForm
from ..models import Registration
from ..rules import is_open, may_change
from .finding import place_at


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, key: UUID) -> HttpResponse:
    registration = place_at(request, key)
    form = WishForm(
        request.POST if request.POST.get("verb") == "change" else None,
        meeting=registration.meeting,
        registration=registration,
    )
    if request.method != "POST":
        return _page(request, registration, form)
    now = request.now  # type: ignore[attr-defined]
    try:
        match request.POST.get("verb", ""):
            case "confirm":
                confirmed = actions.confirm_guest(registration, now=now)
                messages.success(request, showing.place_words(confirmed)["words"])
            case "leave":
                actions.cancel_registration(registration, now=now)
                messages.success(request, _("Your place is free again. Thank you for saying so."))
            case "change" if form.is_valid():
                actions.change_registration(registration, wishes=form.wishes(), now=now)
                messages.success(request, _("This is kept."))
            case "change":
                return _page(request, registration, form, status=422)
    except NotAllowed as refusal:
        messages.error(request, str(refusal.refused.message))
    except Spoken as refusal:
        messages.error(request, str(refusal.message or refusal.headline))
    return HttpResponseRedirect(request.path)


@require_safe
def qr(request: HttpRequest, key: UUID) -> HttpResponse:
    """The code for the door, black on white whatever the colours around it. It opens nothing but the staff's own page."""
    registration = place_at(request, key)
    drawing = io.BytesIO()
    address = request.build_absolute_uri(reverse("meetings:check", args=[registration.code]))
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", scale=8, border=4, light="#fff", xmldecl=False
    )
    return HttpResponse(
        drawing.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "private, no-store"}
    )


def _page(request: HttpRequest, registration: Registration, form: WishForm, status: int = 200) -> HttpResponse:
    now = request.now  # type: ignore[attr-defined]
    meeting = registration.meeting
    title, language = shown(meeting, "title")
    context = {
        "registration": registration,
        "meeting": meeting,
        "process": meeting.process,
        "title": title or str(meeting.activity),
        "language": language,
        "line": showing.line(meeting, now),
        "said": showing.place_words(registration),
        "unconfirmed": registration.state == RegistrationState.UNCONFIRMED,
        "holds": registration.holds_a_place,
        "waits": registration.state == RegistrationState.WAITING,
        "before": _before(registration) if registration.state == RegistrationState.WAITING else 0,
        "gone": registration.state == RegistrationState.CANCELLED,
        "again": registration.state == RegistrationState.CANCELLED and bool(is_open(meeting, now)),
        "may_change": bool(may_change(registration, now)),
        "over": meeting.is_over(now),
        "cancelled": meeting.state == MeetingState.CANCELLED,
        "reason": shown(meeting, "cancel_reason"),
        "own": registration.person_id is not None and registration.person_id == request.user.pk,
        "form": form,
    }
    response = render(request, "participation/meetings/place.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _before(registration: Registration) -> int:
    """How many wait before them."""
    line = registration.meeting.registrations.filter(state=RegistrationState.WAITING)
    earlier = line.filter(queued_at__lt=registration.queued_at) | line.filter(
        queued_at=registration.queued_at, pk__lt=registration.pk
    )
    return earlier.count()
