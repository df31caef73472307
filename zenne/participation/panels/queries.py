"""The reads worth a name."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from zenne.core.clock import at_brussels
from zenne.participation.advices.models import Advice
from zenne.participation.advices.queries import public as public_advices
from zenne.participation.meetings.enums import MeetingState
from zenne.participation.meetings.models import Meeting, Registration
from zenne.participation.processes.enums import Action, ProcessState
from zenne.participation.processes.models import Process
from zenne.people.accounts.models import Person

from .enums import EARLY, LIVE, AmendmentState, End, PanelState, PostState, SeatState
from .models import (
    Amendment,
    Attendance,
    Draft,
    Panel,
    Paper,
    Payout,
    Post,
    Seat,
    StrawOption,
    StrawPoll,
    StrawVoice,
    Term,
    Thread,
)
from .rules import day_of

SOON = timedelta(days=120)


def panels() -> QuerySet[Panel]:
    return Panel.objects.select_related("process__organisation", "group")


def public() -> QuerySet[Panel]:
    """The panels that everybody may know of."""
    return panels().exclude(process__state=ProcessState.DRAFT)


def of_process(process: Process) -> QuerySet[Panel]:
    return panels().filter(process=process)


def seats(panel: Panel) -> QuerySet[Seat]:
    """Every seat there ever was, by number."""
    return (
        Seat.objects.filter(panel=panel).select_related("term", "person", "replaced_by", "follows").order_by("number")
    )


def taken(panel: Panel) -> QuerySet[Seat]:
    """The seats that somebody has, those of terms to come included."""
    return seats(panel).filter(state=SeatState.SEATED)


def sitting(panel: Panel, now: datetime) -> QuerySet[Seat]:
    """The seats of those who sit today."""
    today = day_of(now)
    return taken(panel).filter(term__begins_on__lte=today, term__ends_on__gte=today)


def vacant(panel: Panel, now: datetime) -> QuerySet[Seat]:
    """Seats left before their term was over that nobody has taken over: what a replacement is offered for."""
    found = seats(panel).filter(state=SeatState.ENDED, end__in=EARLY, replaced_by=None)
    return found.filter(term__ends_on__gte=day_of(now), panel__state=PanelState.AT_WORK)


def past_with_contact(ended_before: datetime) -> QuerySet[Seat]:
    """Seats that ended by then, of which it is still known how to reach who had them, and to which nothing is due."""
    unpaid = Attendance.objects.filter(payout=None, cents__gt=0)
    known = ~Q(contact_name="", contact_email="", contact_phone="", contact_address="", sealed_account=None)
    found = Seat.objects.filter(known, state=SeatState.ENDED, ended_at__lt=ended_before)
    return found.exclude(pk__in=unpaid.values("seat")).order_by("pk")


def ending_soon(panel: Panel, now: datetime) -> QuerySet[Term]:
    """The terms that are over within four months, the nearest first: what a renewal is prepared for."""
    today = day_of(now)
    return panel.terms.filter(ends_on__range=(today, today + SOON)).order_by("ends_on", "number")


def most_taken(seats: Iterable[Seat], begins_on: date, ends_on: date) -> int:
    """How many of these seats are taken on the fullest day of a term."""
    terms = [seat.term for seat in seats if seat.term.begins_on <= ends_on and seat.term.ends_on >= begins_on]
    days = {begins_on, *(term.begins_on for term in terms if term.begins_on > begins_on)}
    return max(sum(term.covers(day) for term in terms) for day in days)


def free(panel: Panel, begins_on: date, ends_on: date) -> int:
    """How many more people a panel has seats for on every day of a term."""
    return panel.size - most_taken(taken(panel), begins_on, ends_on)


def sits_beside(panel: Panel, person: Person, term: Term) -> bool:
    """Whether a person has a seat already for some day of a term: halves that end apart lie side by side."""
    found = taken(panel).filter(person=person, term__begins_on__lte=term.ends_on, term__ends_on__gte=term.begins_on)
    return found.exists()


def seats_of(person: Person, now: datetime) -> QuerySet[Seat]:
    """Where a person sits today or will sit, the newest panel first."""
    found = Seat.objects.filter(person=person, state=SeatState.SEATED, term__ends_on__gte=day_of(now))
    found = found.filter(Q(panel__state=PanelState.AT_WORK)).exclude(panel__process__state=ProcessState.DRAFT)
    return found.select_related("panel__process__organisation", "term").order_by("-panel_id", "number")


# Meetings: those of the activities that are open to the panel's group


def meetings(panel: Panel) -> QuerySet[Meeting]:
    """Its agenda, drafts left out: the meetings of every activity of the process that this panel's group alone may attend."""
    found = Meeting.objects.filter(
        process=panel.process_id,
        activity__permissions__action=Action.ATTEND,
        activity__permissions__group=panel.group_id,
    )
    return found.exclude(state=MeetingState.DRAFT).select_related("activity", "minutes").order_by("starts_at", "pk")


def public_meetings(panel: Panel) -> QuerySet[Meeting]:
    """Those that observers may come to, or read the minutes of."""
    return meetings(panel).filter(private=False)


def expected(panel: Panel, meeting: Meeting) -> list[Seat]:
    """The seats that were taken when a meeting began, by number."""
    day = day_of(meeting.starts_at)
    found = seats(panel).filter(term__begins_on__lte=day, term__ends_on__gte=day)
    found = found.exclude(follows__ended_at__gt=meeting.starts_at)  # whose place they took still sat
    return list(found.filter(Q(ended_at=None) | Q(ended_at__gt=meeting.starts_at)))


def attendance(panel: Panel, meeting: Meeting) -> dict[int, Attendance]:
    """What was taken of a meeting, by seat."""
    return {row.seat_id: row for row in Attendance.objects.filter(meeting=meeting, seat__panel=panel)}


def days(first_day: date, last_day: date) -> tuple[datetime, datetime]:
    """The moments from which and before which days last in Brussels, both days included."""
    return at_brussels(first_day), at_brussels(last_day + timedelta(days=1))


def to_pay(panel: Panel, since: datetime, until: datetime) -> QuerySet[Attendance]:
    """What is due and on no list yet, of meetings that began in that time."""
    found = Attendance.objects.filter(seat__panel=panel, payout=None, cents__gt=0)
    return found.filter(meeting__starts_at__gte=since, meeting__starts_at__lt=until)


def due(panel: Panel) -> tuple[int, int]:
    """How many attendances are still to be paid, and how many cents."""
    found = Attendance.objects.filter(seat__panel=panel, payout=None, cents__gt=0)
    told = found.aggregate(number=Count("pk"), cents=Sum("cents"))
    return told["number"], told["cents"] or 0


def payouts(panel: Panel) -> QuerySet[Payout]:
    told = {"seats": Count("attendances__seat", distinct=True), "cents": Sum("attendances__cents")}
    return Payout.objects.filter(panel=panel).annotate(**told).select_related("closed_by").order_by("-number")


def pay_lines(payout: Payout) -> QuerySet[Seat]:
    """One seat after the other, with its meetings and its cents."""
    told = {"times": Count("attendances"), "cents": Sum("attendances__cents")}
    found = Seat.objects.filter(attendances__payout=payout).annotate(**told)
    return found.select_related("person", "term").order_by("number")


def attended(panel: Panel) -> dict[int, int]:
    """How often each seat was there, by seat."""
    found = Attendance.objects.filter(seat__panel=panel, present=True).order_by()
    return dict(found.values_list("seat").annotate(Count("pk")))


# The room


def papers(panel: Panel) -> QuerySet[Paper]:
    return (
        Paper.objects.filter(panel=panel)
        .select_related("upload", "meeting", "seat__person")
        .order_by("-added_at", "-pk")
    )


def public_papers(panel: Panel) -> QuerySet[Paper]:
    return papers(panel).filter(upload__published_at__isnull=False)


def threads(panel: Panel) -> QuerySet[Thread]:
    """The topics, those of amendments left out, the one that moved last first."""
    shown = Count("posts", filter=Q(posts__state=PostState.SHOWN))
    found = Thread.objects.filter(panel=panel, amendment=None).annotate(posts_shown=shown)
    return found.select_related("seat__person").order_by("-moved_at", "-pk")


def posts(thread: Thread) -> QuerySet[Post]:
    return Post.objects.filter(thread=thread).select_related("seat__person").order_by("said_at", "pk")


def polls(panel: Panel) -> QuerySet[StrawPoll]:
    """The latest first, each with its answers counted (`StrawOption.number`)."""
    counted = StrawOption.objects.annotate(number=F("secret_tally") + Count("voices")).order_by("position")
    found = StrawPoll.objects.filter(panel=panel).prefetch_related(Prefetch("options", counted))
    return found.annotate(answered=Count("voices")).select_related("seat__person").order_by("-asked_at", "-pk")


def voices(poll: StrawPoll) -> QuerySet[StrawVoice]:
    """Who said what in an open poll, by seat."""
    found = StrawVoice.objects.filter(poll=poll).select_related("seat__person").prefetch_related("options")
    return found.order_by("seat__number")


def given_by(seat: Seat | None) -> dict[int, StrawVoice]:
    """What a seat has answered, by poll; the secretariat answers nothing."""
    if seat is None:
        return {}
    return {each.poll_id: each for each in StrawVoice.objects.filter(seat=seat).prefetch_related("options")}


def drafts(panel: Panel) -> QuerySet[Draft]:
    waiting = Count("amendments", filter=Q(amendments__state=AmendmentState.PROPOSED))
    found = Draft.objects.filter(panel=panel).annotate(amendments_open=waiting)
    return found.select_related("seat__person", "advice__process").order_by("-begun_at", "-pk")


def live_drafts(panel: Panel) -> QuerySet[Draft]:
    return drafts(panel).filter(state__in=LIVE)


def amendments(draft: Draft) -> QuerySet[Amendment]:
    said = Count("thread__posts", filter=Q(thread__posts__state=PostState.SHOWN))
    found = Amendment.objects.filter(draft=draft).annotate(posts_shown=said)
    return found.select_related("seat__person", "against", "thread").order_by("number")


def advices(panel: Panel) -> QuerySet[Advice]:
    """What it has issued, the latest first, as everybody reads it."""
    return public_advices().filter(panel_draft__panel=panel)


def unanswered(panel: Panel, seat: Seat, now: datetime) -> QuerySet[StrawPoll]:
    """The open polls that wait for this seat's answer."""
    return polls(panel).filter(closes_at__gt=now).exclude(pk__in=StrawVoice.objects.filter(seat=seat).values("poll"))


def terms(panel: Panel) -> QuerySet[Term]:
    """With how many seats each has taken, or had when it was over."""
    taken_or_over = Q(seats__state=SeatState.SEATED) | Q(seats__end=End.TERM)
    return panel.terms.annotate(filled=Count("seats", filter=taken_or_over)).order_by("number")


def checked_in(meeting: Meeting) -> set[int]:
    """The people who were ticked at the door: what a list of attendance begins with."""
    found = Registration.objects.filter(meeting=meeting, present=True, person__isnull=False)
    return {key for key in found.values_list("person", flat=True) if key is not None}
