"""The room of a panel: overview, agenda, documents, one's own seat."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zenne.core.errors import Spoken
from zenne.people.access.answers import Reason, Refused, require
from zenne.web.htmx import render
from zenne.web.sending import sent_from

from .. import actions, queries, showing
from ..forms import ContactForm, IntroduceForm, PaperForm
from ..ibans import account_of
from ..models import Seat
from ..rules import may_remove
from ..showing import Room
from .finding import found, in_room, told, who

FEW = 3


@in_room
def room(request: HttpRequest, room: Room) -> HttpResponse:
    """What comes next and what waits for this member."""
    panel, now = room.panel, room.now
    meetings = [each for each in queries.meetings(panel) if not each.is_over(now)]
    context = room.around("room") | {
        "meeting": meetings[0] if meetings else None,
        "waiting": list(queries.unanswered(panel, room.seat, now)) if room.seat and room.writes else [],
        "drafts": [showing.draft(each) for each in queries.live_drafts(panel)[:FEW]],
        "threads": list(queries.threads(panel)[:FEW]),
        "papers": list(queries.papers(panel)[:FEW]),
        "members": list(queries.sitting(panel, now)),
        "soon": list(queries.ending_soon(panel, now)),
    }
    return render(request, "participation/panels/room.html", context)


@in_room
def agenda(request: HttpRequest, room: Room) -> HttpResponse:
    rows = list(queries.meetings(room.panel))
    context = room.around("agenda") | {
        "to_come": [each for each in rows if not each.is_over(room.now)],
        "past": [each for each in reversed(rows) if each.is_over(room.now)],
    }
    return render(request, "participation/panels/agenda.html", context)


@in_room
def meeting(request: HttpRequest, room: Room, meeting: int) -> HttpResponse:
    """One meeting: its points, its documents, its minutes also before they are public."""
    one = found(queries.meetings(room.panel), meeting)
    minutes = getattr(one, "minutes", None)
    context = room.around("agenda") | {
        "meeting": one,
        "title": showing.said(one, "title"),
        "text": showing.said(one, "text"),
        "points": list(one.agenda.order_by("position", "id")),
        "papers": list(queries.papers(room.panel).filter(meeting=one)),
        "minutes": minutes,
        "minutes_text": showing.said(minutes, "text") if minutes else None,
        "present": sum(row.present for row in queries.attendance(room.panel, one).values()),
        "over": one.is_over(room.now),
    }
    return render(request, "participation/panels/meeting.html", context)


@in_room
def papers(request: HttpRequest, room: Room) -> HttpResponse:
    """The files of the panel, and a place to add one."""
    sent = request.method == "POST"
    form = PaperForm(request.POST if sent else None, request.FILES if sent else None, panel=room.panel)
    if sent and form.is_valid():
        given = form.cleaned_data
        source = request.META.get("REMOTE_ADDR", "")
        try:
            actions.add_paper(
                room.panel,
                data=given["file"],
                title=given["title"],
                meeting=given["meeting"],
                source=source,
                **who(request),
            )
        except Spoken as refusal:
            told(form, refusal)
        else:
            messages.success(request, _("The document is in the room. Only members and the secretariat can fetch it."))
            return redirect(room.url("papers"))
    rows = list(queries.papers(room.panel))
    for row in rows:
        row.panel = room.panel
    context = room.around("papers") | {
        "form": form,
        "papers": [
            {"paper": row, "removable": _removable(room, row), "author": showing.author(row.seat)} for row in rows
        ],
    }
    return render(request, "participation/panels/papers.html", context, status=422 if form.errors else 200)


def _removable(room: Room, row: object) -> bool:
    """Of a member: their own, while it is not public; of the secretariat: all."""
    mine = room.seat is not None and row.seat_id == room.seat.pk and not row.upload.published_at  # type: ignore[attr-defined]
    return room.serves or mine


@sent_from("panels:papers", "process", "pk")
@in_room
def paper(request: HttpRequest, room: Room, paper: int) -> HttpResponse:
    """Publish a document, keep it for the room again, or throw it away."""
    one = found(queries.papers(room.panel), paper)
    one.panel = room.panel
    match request.POST.get("verb", ""):
        case "publish":
            actions.publish_paper(one, **who(request))
            messages.success(request, _("Everybody can read it now, on the page of the panel."))
        case "back":
            actions.take_paper_back(one, **who(request))
            messages.success(request, _("It is for the room alone again."))
        case "remove":
            require(may_remove(request.user, one, room.now))
            actions.remove_paper(one, **who(request))
            messages.success(request, _("The document is gone."))
    return redirect(room.url("papers"))


def _seat(room: Room) -> Seat:
    if room.seat is None:
        require(Refused(Reason.NOT_A_MEMBER))
    assert room.seat is not None
    room.seat.panel = room.panel
    return room.seat


@in_room
def me(request: HttpRequest, room: Room) -> HttpResponse:
    """One's own seat: what everybody reads, where letters and money go, the meetings one was at."""
    seat = _seat(room)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    public = IntroduceForm(
        request.POST if verb == "public" else None, initial={"name": seat.public_name, "district": seat.public_district}
    )
    contact = ContactForm(
        request.POST if verb == "contact" else None, initial={**ContactForm.known(seat), "account": account_of(seat)}
    )
    form = {"public": public, "contact": contact}.get(verb)
    if form is not None and form.is_valid():
        try:
            if form is public:
                actions.introduce(seat, **form.cleaned_data, **who(request))
            else:
                actions.change_contact(
                    seat, contact=contact.contact(), account=contact.cleaned_data["account"], **who(request)
                )
        except Spoken as refusal:
            told(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(room.url("me"))
    wrong = form is not None and bool(form.errors)
    context = room.around("me") | {
        "seat": seat,
        "public": public,
        "contact": contact,
        "attendances": list(seat.attendances.select_related("meeting", "payout").order_by("-meeting__starts_at")),
    }
    return render(request, "participation/panels/me.html", context, status=422 if wrong else 200)


@in_room
def leave(request: HttpRequest, room: Room) -> HttpResponse:
    """Leave the panel, after being asked once more."""
    seat = _seat(room)
    if request.method == "POST":
        actions.vacate(seat, **who(request))
        messages.success(request, _("You left the panel. Thank you for the time you gave it."))
        return redirect(room.panel.get_absolute_url())
    return render(request, "participation/panels/leave.html", room.around("me") | {"seat": seat})
