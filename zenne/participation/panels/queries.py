"""The reads worth a name."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.people.accounts.models import Person

from .enums import EARLY, PanelState, SeatState
from .models import Panel, Seat, Term
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


def ending_soon(panel: Panel, now: datetime) -> QuerySet[Term]:
    """The terms that are over within four months, the nearest first: what a renewal is prepared for."""
    today = day_of(now)
    return panel.terms.filter(ends_on__range=(today, today + SOON)).order_by("ends_on", "number")


def most_taken(seats: Iterable[Seat], begins_on: date, ends_on: date) -> int:
    """How many of these seats are taken on the fullest day of a term."""
    terms = [seat.term for seat in seats if seat.term.begins_on <= ends_on and seat.term.ends_on >= begins_on]
    days = {begins_on, *(term.begins_on for term in terms if term.begins_on > begins_on)}
    return max(sum(term.covers(day) for term in terms) for day in days)


def seats_of(person: Person, now: datetime) -> QuerySet[Seat]:
    """Where a person sits today or will sit, the newest panel first."""
    found = Seat.objects.filter(person=person, state=SeatState.SEATED, term__ends_on__gte=day_of(now))
    found = found.filter(Q(panel__state=PanelState.AT_WORK)).exclude(panel__process__state=ProcessState.DRAFT)
    return found.select_related("panel__process__organisation", "term").order_by("-panel_id", "number")
