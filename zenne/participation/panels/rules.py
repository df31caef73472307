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

from .enums import DraftState, PostState, SeatState
from .models import Amendment, Draft, Panel, Paper, Post, Seat, StrawPoll, StrawVoice

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
    return Refused(Reason.NOT_A_MEMBER)


def may_write(person: Visitor, panel: Panel, now: datetime) -> Answer:
    """Saying something in the room: whoever may enter, while the panel is at work and nobody blocked them."""
    answer = may_enter(person, panel, now)
    if not answer:
        return answer
    if panel.ended:
        return Refused(Reason.CLOSED, (("closes_at", panel.ended_at),))
    return blocked(person, panel.process.organisation, now)


def may_close(person: Visitor, poll: StrawPoll, now: datetime) -> Answer:
    """Ending a straw poll early: whoever asked it, and the secretariat."""
    if now >= poll.closes_at:
        return Refused(Reason.WRONG_STATE)
    seat = seat_of(person, poll.panel, now)
    mine = seat is not None and seat.pk == poll.seat_id
    return ALLOWED if mine or serves(person, poll.panel) else Refused(Reason.NOT_YOURS)


def may_answer(person: Visitor, poll: StrawPoll, now: datetime) -> Answer:
    """Only who sits has a say, while it is open; in a secret poll once, because nobody knows afterwards which answer was theirs."""
    answer = may_write(person, poll.panel, now)
    if not answer:
        return answer
    seat = seat_of(person, poll.panel, now)
    if seat is None:
        return Refused(Reason.NOT_A_MEMBER)
    if now >= poll.closes_at:
        return Refused(Reason.CLOSED, (("closes_at", poll.closes_at),))
    if poll.secret and StrawVoice.objects.filter(poll=poll, seat=seat).exists():
        return Refused(Reason.TOO_LATE)
    return ALLOWED


def shows_result(poll: StrawPoll, now: datetime) -> bool:
    """A secret poll tells nothing before it is closed: with few voices, what changes from one look to the next would tell whose they are."""
    return not poll.secret or now >= poll.closes_at


def keeps(person: Visitor, draft: Draft, now: datetime) -> bool:
    """Whether this person keeps the draft: who began it and still sits, or the secretariat."""
    seat = seat_of(person, draft.panel, now)
    return (seat is not None and seat.pk == draft.seat_id) or serves(person, draft.panel)


def may_keep(person: Visitor, draft: Draft, now: datetime) -> Answer:
    """Opening a draft to amendments, taking and refusing them."""
    answer = may_write(person, draft.panel, now)
    if not answer:
        return answer
    return ALLOWED if keeps(person, draft, now) else Refused(Reason.NOT_YOURS)


def may_word(person: Visitor, draft: Draft, now: datetime) -> Answer:
    """Writing in the text itself: everybody in the room, while it is being written."""
    answer = may_write(person, draft.panel, now)
    if not answer:
        return answer
    return ALLOWED if draft.state == DraftState.WRITING else Refused(Reason.WRONG_STATE)


def may_amend(person: Visitor, draft: Draft, now: datetime) -> Answer:
    answer = may_write(person, draft.panel, now)
    if not answer:
        return answer
    return ALLOWED if draft.state == DraftState.AMENDING else Refused(Reason.WRONG_STATE)


def may_withdraw(person: Visitor, amendment: Amendment, now: datetime) -> Answer:
    """Taking an amendment back: whoever proposed it and still sits."""
    seat = seat_of(person, amendment.draft.panel, now)
    if seat is None or seat.pk != amendment.seat_id:
        return Refused(Reason.NOT_YOURS)
    return ALLOWED if amendment.is_open else Refused(Reason.WRONG_STATE)


def may_delete(person: Visitor, post: Post, now: datetime) -> Answer:
    """One's own words, as long as one sits; the secretariat's own by the secretariat."""
    if post.state != PostState.SHOWN:
        return Refused(Reason.WRONG_STATE)
    if post.seat_id is None:
        return may_serve(person, post.thread.panel)
    seat = seat_of(person, post.thread.panel, now)
    return ALLOWED if seat is not None and seat.pk == post.seat_id else Refused(Reason.NOT_YOURS)


def may_remove(person: Visitor, paper: Paper, now: datetime) -> Answer:
    """Throwing a file away: the secretariat, and whoever gave it, until it is public."""
    if may_serve(person, paper.panel):
        return ALLOWED
    seat = seat_of(person, paper.panel, now)
    if seat is None or seat.pk != paper.seat_id:
        return Refused(Reason.NOT_YOURS)
    return Refused(Reason.WRONG_STATE) if paper.upload.published_at else ALLOWED
