"""Who may do what in a panel. Members work in its room; the secretariat (editors and managers of the organisation) helps them; process
managers form it, seat people and pay."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser

from zenne.core.clock import in_brussels
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.accounts.models import Person
from zenne.people.accounts.rules import has_confirmed_email
from zenne.people.moderation.queries import blocked
from zenne.people.organisations.enums import Role
from zenne.people.organisations.rules import works_for

from .enums import SeatState
from .models import Panel, Seat

Visitor = Person | AnonymousUser | None


def day_of(now: datetime) -> date:
    """The day it is for people in Brussels: terms are counted in days."""
    return in_brussels(now).date()


def manages(person: Visitor, panel: Panel) -> bool:
    return works_for(person, panel.process.organisation, Role.MANAGER)


def may_arrange(person: Visitor, panel: Panel) -> Answer:
    """Forming, seating, vacating, renewing, paying: process managers."""
    return ALLOWED if manages(person, panel) else Refused(Reason.NOT_STAFF)


def serves(person: Visitor, panel: Panel) -> bool:
    """Whether this is the panel's secretariat."""
    return works_for(person, panel.process.organisation, Role.MANAGER, Role.EDITOR)


def may_serve(person: Visitor, panel: Panel) -> Answer:
    """Agenda, documents, attendance, moderation of the talk: the secretariat."""
    return ALLOWED if serves(person, panel) else Refused(Reason.NOT_STAFF)


def seat_of(person: Visitor, panel: Panel, now: datetime) -> Seat | None:
    """The seat a person has today: taken, its term begun and not over. A seat of yesterday opens nothing."""
    if not isinstance(person, Person) or not person.is_active:
        return None
    today = day_of(now)
    found = Seat.objects.filter(
        panel=panel, person=person, state=SeatState.SEATED, term__begins_on__lte=today, term__ends_on__gte=today
    )
    return found.select_related("term", "person").order_by("number").first()


def may_enter(person: Visitor, panel: Panel, now: datetime) -> Answer:
    """The private room: whoever sits today, and the secretariat."""
    if not isinstance(person, Person):
        return Refused(Reason.NOT_SIGNED_IN)
    if not has_confirmed_email(person):
        return Refused(Reason.EMAIL_UNCONFIRMED)
    if seat_of(person, panel, now) is not None or serves(person, panel):
        return ALLOWED
    return Refused(Reason.NOT_IN_GROUP)


def may_write(person: Visitor, panel: Panel, now: datetime) -> Answer:
    """Saying something in the room: whoever may enter, while the panel is at work and nobody blocked them."""
    answer = may_enter(person, panel, now)
    if not answer:
        return answer
    if panel.ended:
        return Refused(Reason.CLOSED, (("closes_at", panel.ended_at),))
    return blocked(person, panel.process.organisation, now)
