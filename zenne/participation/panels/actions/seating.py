"""Seats are given, taken over and left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import DEFAULT, LANGUAGES
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person

from ..enums import EARLY, EXPLAINED, End, SeatState
from ..errors import Ended, NoRoom, ReasonNeeded
from ..ibans import plain_iban, sealed
from ..models import Panel, Seat, Term
from ..queries import most_taken, panels, past_with_contact, sits_beside, taken
from ..rules import day_of, may_arrange
from .holding import fill_group, held, held_at_work, held_seat, note

KEPT_AFTER = timedelta(days=183)


@dataclass(frozen=True)
class Contact:
    """How to reach somebody who was drawn, as they gave it: an account is not needed."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    language: str = DEFAULT


@transaction.atomic
def seat(
    panel: Panel,
    *,
    person: Person | None = None,
    contact: Contact | None = None,
    term: Term | None = None,
    follows: Seat | None = None,
    by: Person | None,
    now: datetime,
) -> Seat:
    """Give somebody a seat: an account, a contact, or both. `follows` is the vacated seat whose place and term they take.

    Without a term the seat goes to the one of the latest renewal that has the fewest, so that halves fill evenly. `by=None` is the
    platform itself: a confirmed draw. Raises NoRoom when every seat is taken on some day of that term, Conflict for somebody who sits.
    """
    panel = held_at_work(panel)
    if by is not None:
        require(may_arrange(by, panel))
    given = contact or Contact()
    if person is None and not (
        given.name.strip() and (given.email.strip() or given.phone.strip() or given.address.strip())
    ):
        raise Invalid(_("A seat needs an account, or a name and a way to reach it."))
    if follows is not None:
        follows = Seat.objects.select_for_update(of=("self",)).select_related("term").get(pk=follows.pk, panel=panel)
        _require_vacant(follows)
        term = follows.term
    term = Term.objects.get(pk=term.pk, panel=panel) if term else _next_term(panel, now)
    if most_taken(taken(panel), max(term.begins_on, day_of(now)), term.ends_on) >= panel.size:
        raise NoRoom(_("The panel has %(number)s seats, and each is taken.") % {"number": panel.size})
    if person is not None and sits_beside(panel, person, term):
        raise Conflict(_("This person already has a seat in the panel."))
    language = given.language if contact else (person.language if person else DEFAULT)
    last = Seat.objects.filter(panel=panel).aggregate(last=Max("number"))["last"] or 0
    made = Seat(
        panel=panel,
        term=term,
        number=last + 1,
        person=person,
        contact_name=_line(given.name or (person.name if person else ""), 120),
        contact_email=given.email.strip().lower() or (person.email if person else ""),
        contact_phone=_line(given.phone, 40),
        contact_address=given.address.strip()[:400],
        language=language if language in LANGUAGES else DEFAULT,
        claimed_at=now if person else None,
        seated_at=now,
        follows=follows,
    )
    made.save()
    fill_group(panel, now)
    details = {"follows": follows.number} if follows else {}
    note("panel.seated", made, panel, by, now, number=made.number, term=term.number, **details)
    return made


@transaction.atomic
def vacate(seat: Seat, *, end: End = End.RESIGNED, reason: str = "", by: Person | None, now: datetime) -> Seat:
    """Somebody leaves before the term is over: they themselves, the secretariat with a reason, or their account that was erased.

    The number, the attendance and what was said stay; the place is vacant. Twice is once.
    """
    seat = held_seat(seat)
    if by is not None and seat.person_id != by.pk:
        require(may_arrange(by, seat.panel))
    elif by is not None and end != End.RESIGNED:
        require(Refused(Reason.NOT_STAFF))
    if end not in EARLY:
        raise ValueError(f"{end} is not an end that somebody chooses")
    if seat.state != SeatState.SEATED:
        return seat
    if end in EXPLAINED and not reason.strip():
        raise ReasonNeeded(_("Give the reason: it stays in the record."))
    seat.state, seat.ended_at, seat.end, seat.reason = SeatState.ENDED, now, end, reason.strip()[:1000]
    if end == End.ERASED:
        _forget(seat)
    seat.save()
    fill_group(seat.panel, now)
    note("panel.vacated", seat, seat.panel, by, now, number=seat.number, end=end.value)
    return seat


@transaction.atomic
def change_contact(seat: Seat, *, contact: Contact, account: str | None = "", by: Person, now: datetime) -> Seat:
    """Where letters and money go: the member's own, or the secretariat's for who answers by post. `account=None`: it stays as it is."""
    seat = held_seat(seat)
    if seat.person_id != by.pk:
        require(may_arrange(by, seat.panel))
    _require_seated(seat)
    if not contact.name.strip():
        raise Invalid(_("A seat needs a name."))
    seat.contact_name, seat.contact_email = _line(contact.name, 120), contact.email.strip().lower()
    seat.contact_phone, seat.contact_address = _line(contact.phone, 40), contact.address.strip()[:400]
    seat.language = contact.language if contact.language in LANGUAGES else seat.language
    if account is not None:
        seat.sealed_account = sealed(seat, plain_iban(account))
    seat.save()
    note("panel.contact_changed", seat, seat.panel, by, now, number=seat.number)
    return seat


@transaction.atomic
def introduce(seat: Seat, *, name: str, district: str, by: Person, now: datetime) -> Seat:
    """What everybody may read of a member, as they choose it themselves. Empty: their number alone."""
    seat = held_seat(seat)
    if seat.person_id != by.pk:
        require(Refused(Reason.NOT_YOURS))
    _require_seated(seat)
    seat.public_name, seat.public_district = _line(name, 80), _line(district, 80)
    seat.save(update_fields=["public_name", "public_district"])
    note("panel.introduced", seat, seat.panel, by, now, number=seat.number)
    return seat


def end_due(*, now: datetime) -> int:
    """Seats whose term is over end, and the groups hold who sits today. Returns how many ended."""
    gone = 0
    for panel in panels().filter(state="at_work").order_by("pk"):
        with transaction.atomic():
            panel = held(panel)
            if panel.ended:
                continue
            over = Seat.objects.select_for_update(of=("self",)).filter(
                panel=panel, state=SeatState.SEATED, term__ends_on__lt=day_of(now)
            )
            for each in over.order_by("number"):
                each.state, each.ended_at, each.end = SeatState.ENDED, now, End.TERM
                each.save(update_fields=["state", "ended_at", "end"])
                note("panel.term_over", each, panel, None, now, number=each.number)
                gone += 1
            fill_group(panel, now)
    return gone


@transaction.atomic
def forget(person: Person, *, now: datetime) -> int:
    """Their account is being erased: seats they have are left, and no seat they ever had names them. Returns how many seats there were."""
    rows = list(Seat.objects.filter(person=person).select_related("panel").order_by("panel_id", "number"))
    for row in rows:
        forget_seat(row, now=now)
    return len(rows)


def forget_past(*, now: datetime) -> int:
    """Half a year after a seat ended, how to reach whoever had it and their account go, unless something is still to be paid to them. How many."""
    rows = past_with_contact(now - KEPT_AFTER).select_related("panel")
    for row in rows:
        with transaction.atomic():
            seat = held_seat(row)
            seat.contact_name = seat.contact_email = seat.contact_phone = seat.contact_address = ""
            seat.sealed_account = None
            seat.save()
            note("panel.contact_forgotten", seat, seat.panel, None, now, number=seat.number)
    return len(rows)


@transaction.atomic
def forget_seat(seat: Seat, *, now: datetime) -> Seat:
    """Whoever has or had this seat asks for erasure, with an account or without: it is left, and names nobody any more."""
    vacate(seat, end=End.ERASED, by=None, now=now)
    seat = held_seat(seat)
    _forget(seat)
    seat.save()
    return seat


def _next_term(panel: Panel, now: datetime) -> Term:
    """Of the terms that began together last, the one with the fewest seats."""
    rows = list(
        panel.terms.filter(ends_on__gte=day_of(now))
        .annotate(filled=Count("seats", filter=Q(seats__state=SeatState.SEATED)))
        .order_by("number")
    )
    if not rows:
        raise Ended(_("Every term of this panel is over: renew it first."))
    latest = max(term.begins_on for term in rows)
    return min((term for term in rows if term.begins_on == latest), key=lambda term: (term.filled, term.number))


def _require_vacant(seat: Seat) -> None:
    if seat.state != SeatState.ENDED or seat.end not in EARLY:
        raise Conflict(_("This seat is not vacant."))
    if Seat.objects.filter(follows=seat).exists():
        raise Conflict(_("Somebody has taken this place already."))


def _require_seated(seat: Seat) -> None:
    if seat.state != SeatState.SEATED:
        raise Ended(_("This seat has ended."))


def _forget(seat: Seat) -> None:
    """Take away whatever names the person; the number stays."""
    seat.person = None
    seat.contact_name = seat.contact_email = seat.contact_phone = seat.contact_address = ""
    seat.sealed_account = None
    seat.public_name = seat.public_district = ""
    if seat.end not in EXPLAINED:
        seat.reason = ""


def _line(text: str, most: int) -> str:
    return " ".join(text.split())[:most]
