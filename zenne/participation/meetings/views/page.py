"""The public page of a meeting, and the way to a place."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import Spoken
from zenne.core.languages import shown
from zenne.opendata.statistics.enums import PageKind
from zenne.participation.processes.enums import Action
from zenne.participation.processes.models import Process
from zenne.participation.processes.rules import permission_for
from zenne.people.access.answers import NotAllowed
from zenne.people.access.enums import Level
from zenne.people.accounts.models import Person
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.queries import base_map
from zenne.web.htmx import render
from zenne.web.sending import sent_from
from zenne.web.visited import visited

from .. import actions, queries, showing
from ..enums import COMING, MeetingState
from ..forms import GuestForm, WishForm
from ..models import Meeting
from ..rules import is_open, may_arrange, may_register, takes_guests
from .finding import meeting_at


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_at(request, pk)
    visited(request, PageKind.THING, process=meeting.process_id, organisation=meeting.process.organisation_id)
    return _page(request, meeting)


@sent_from("meetings:page", "pk", anchor="place")
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """A place for who is signed in; for a guest a letter to confirm. Who is neither is led to sign in, and comes back here."""
    meeting = meeting_at(request, pk)
    form = _form(request, meeting)
    if not form.is_valid():
        return _page(request, meeting, form, status=422)
    now = request.now  # type: ignore[attr-defined]
    try:
        if isinstance(form, GuestForm):
            given = form.cleaned_data
            actions.register_guest(meeting, name=given["name"], email=given["email"], wishes=form.wishes(), now=now)
            messages.success(request, _("A letter is on its way to you: open the link in it to confirm."))
            return HttpResponseRedirect(f"{meeting.get_absolute_url()}#place")
        answer = may_register(request.user, meeting, now)
        if not answer:
            raise NotAllowed(answer)
        assert isinstance(request.user, Person)
        registration = actions.register(meeting, person=request.user, wishes=form.wishes(), now=now)
    except NotAllowed:
        raise
    except Spoken as refusal:
        form.add_error(getattr(refusal, "field", None) or None, str(refusal.message or refusal.headline))
        return _page(request, meeting, form, status=refusal.status)
    messages.success(request, str(showing.place_words(registration)["words"]))
    return HttpResponseRedirect(reverse("meetings:place", args=[registration.key]))


def _form(request: HttpRequest, meeting: Meeting) -> WishForm:
    data = request.POST if request.method == "POST" else None
    guest = not isinstance(request.user, Person) and takes_guests(meeting)
    return (GuestForm if guest else WishForm)(data, meeting=meeting)


def _page(request: HttpRequest, meeting: Meeting, form: WishForm | None = None, status: int = 200) -> HttpResponse:
    now = request.now  # type: ignore[attr-defined]
    title, language = shown(meeting, "title")
    place = queries.place_of(request.user, meeting)
    opened = is_open(meeting, now)
    permission = permission_for(meeting.activity, Action.ATTEND)
    refused = None if opened and _may_try(request, meeting) else may_register(request.user, meeting, now)
    context: dict[str, Any] = {
        "meeting": meeting,
        "process": meeting.process,
        "line": showing.line(meeting, now),
        "title": title or str(meeting.activity),
        "language": language,
        "text": shown(meeting, "text"),
        "agenda": [{"item": item, "title": shown(item, "title")} for item in meeting.agenda.all()],
        "spoken": showing.languages(meeting),
        "place": place if place is not None and place.state in COMING else None,
        "place_words": showing.place_words(place) if place is not None else None,
        "open": bool(opened),
        "form": form or (_form(request, meeting) if opened else None),
        "guest": not isinstance(request.user, Person) and takes_guests(meeting),
        "signed_in": isinstance(request.user, Person),
        "why_not": getattr(refused, "message", "") if refused is not None and not refused else "",
        "for_group": permission is not None and permission.level == Level.GROUP,
        "over": meeting.is_over(now),
        "cancelled": meeting.state == MeetingState.CANCELLED,
        "draft": meeting.state == MeetingState.DRAFT,
        "reason": shown(meeting, "cancel_reason"),
        "manages": bool(may_arrange(request.user, meeting.activity)),
        "pin": showing.pins([meeting], now),
        "others": _others(meeting, now),
        "now": now,
        **_record(meeting),
        **_ground(meeting.process),
    }
    return render(request, "participation/meetings/page.html", context, status=status)


def _may_try(request: HttpRequest, meeting: Meeting) -> bool:
    """Whether the form is offered: to who may register now, and to who could after signing in or an answer."""
    answer = may_register(request.user, meeting, request.now)  # type: ignore[attr-defined]
    return bool(answer) or getattr(answer, "remedy", "none") in ("sign-in", "confirm-email", "verify", "answer")


def _record(meeting: Meeting) -> dict[str, Any]:
    """What stays: published minutes, pictures, what was said in the room."""
    if meeting.state == MeetingState.DRAFT:
        return {"minutes": None, "pictures": [], "contributions": []}
    minutes = getattr(meeting, "minutes", None)
    said = meeting.contributions.select_related("idea__process").defer("idea__search").order_by("entered_at", "id")
    return {
        "minutes": shown(minutes, "text") if minutes is not None and minutes.published_at else None,
        "minutes_at": minutes.published_at if minutes is not None else None,
        "pictures": list(
            meeting.pictures.filter(hidden_at__isnull=True).select_related("upload").order_by("added_at", "id")
        ),
        "contributions": [each.idea for each in said if each.idea.is_public],
    }


def _others(meeting: Meeting, now: Any) -> list[dict[str, Any]]:
    """The next dates of its series."""
    if meeting.series_id is None:
        return []
    rows = queries.of_activity(meeting.activity, private=meeting.private).filter(series_id=meeting.series_id)
    return showing.lines(queries.upcoming(rows, now).exclude(pk=meeting.pk)[:6], now, with_process=False)


def _ground(process: Process) -> dict[str, Any]:
    """What lies under the map: the outline of the process's area, and the streets where a base map is configured."""
    area = process.area
    own = area is not None and area.kind == AreaKind.COMMUNE and area.is_outlined
    outline = reverse("processes:area", args=[process.slug]) if own else reverse("areas:communes")
    return {"outline": outline, "base_map": base_map()}
