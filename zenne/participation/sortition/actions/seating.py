"""Seats: offered to who was drawn, confirmed until a deadline, and offered on by the published order when one comes free."""

from datetime import datetime, time, timedelta

from django.db import transaction

from zenne.core.clock import at_brussels, in_brussels
from zenne.participation.panels import actions as panels
from zenne.participation.panels.enums import End
from zenne.participation.panels.models import Seat
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from .. import drawing, queries, writing
from ..enums import OFFER_TRANSITIONS, About, DrawState, LotteryState, OfferState
from ..errors import OfferOver, WrongStep
from ..models import Answer, Draw, Offer
from ..rules import may_reply, may_serve
from .holding import Words, held_draw, note, shown_reason, step

REMIND_BEFORE = timedelta(days=2)
LAST_MINUTE = time(23, 59, 59)


def deadline(now: datetime, days: int) -> datetime:
    """The last second, in Brussels, of the day that lies so many days ahead."""
    return at_brussels(in_brussels(now).date() + timedelta(days=days), LAST_MINUTE)


def offer_all(draw: Draw, *, now: datetime) -> list[Offer]:
    """Offer every seat to who was drawn for it. The caller holds the draw. Who withdrew since is passed over at once."""
    answers = {answer.number: answer for answer in Answer.objects.filter(lottery=draw.lottery, number__in=draw.panel)}
    made = [
        _offer(draw, answers[number], place=place, replaces=None, now=now)
        for place, number in enumerate(draw.panel, start=1)
    ]
    for offer in made:
        if not offer.answer.in_pool:
            _end(draw, offer, OfferState.DECLINED, by=None, now=now)
    return made


@transaction.atomic
def confirm(offer: Offer, *, by: Person | None, staff: bool = False, now: datetime) -> Offer:
    """Take the seat. `staff`: `by` enters what somebody said by phone. Raises OfferOver when it was answered or its time is over."""
    draw, offer = _held(offer, by if staff else None)
    if offer.state == OfferState.CONFIRMED:
        return offer
    if not may_reply(offer, now):
        raise OfferOver()
    _move(offer, OfferState.CONFIRMED, now)
    if by is not None and not staff and offer.answer.person_id is None:
        _link(offer.answer, by)
    _seat(draw, offer, now=now)
    writing.about_seat(offer, About.CONFIRMED, now=now)
    note("lottery.confirmed", draw.lottery, by if staff else None, now, number=offer.answer.number, place=offer.place)
    if queries.held_places(draw).filter(state=OfferState.CONFIRMED).count() == draw.size:
        step(draw.lottery, LotteryState.SEATED)
        note("lottery.seated", draw.lottery, None, now, draw=draw.number)
    return offer


@transaction.atomic
def decline(offer: Offer, *, by: Person | None, staff: bool = False, late: bool = False, now: datetime) -> Offer | None:
    """Say no to a seat; it is offered to the next at once. `late`: the person withdrew, whatever the deadline. Who is asked now, or None."""
    draw, offer = _held(offer, by if staff else None)
    if not late and not may_reply(offer, now):
        raise OfferOver()
    return _end(draw, offer, OfferState.DECLINED, by=by if staff else None, now=now)


@transaction.atomic
def leave(offer: Offer, *, by: Person | None, now: datetime) -> Offer | None:
    """Give a confirmed seat up, at any time before the panel has ended. Who is asked now, or None when nobody is left."""
    draw, offer = _held(offer, by)
    if offer.state != OfferState.CONFIRMED:
        raise WrongStep()
    return _end(draw, offer, OfferState.LEFT, by=by, now=now)


def lapse_due(*, now: datetime) -> int:
    """Offers whose time is over go to the next in reserve; how many lapsed. Safe to repeat and to race."""
    count = 0
    for offer in queries.lapsed(now):
        with transaction.atomic():
            draw, found = _held(offer, None)
            if found.state == OfferState.OFFERED and found.until <= now and draw.state == DrawState.DRAWN:
                _end(draw, found, OfferState.LAPSED, by=None, now=now)
                count += 1
    return count


def _held(offer: Offer, staff: Person | None) -> tuple[Draw, Offer]:
    draw = held_draw(Draw(pk=offer.draw_id, lottery_id=offer.draw.lottery_id))
    if staff is not None:
        require(may_serve(staff, draw.lottery))
    found = Offer.objects.select_for_update(of=("self",)).select_related("answer").get(pk=offer.pk)
    found.draw = draw
    return draw, found


def _move(offer: Offer, to: OfferState, now: datetime) -> None:
    if to not in OFFER_TRANSITIONS[OfferState(offer.state)]:
        raise OfferOver()
    offer.state, offer.answered_at = to, now
    offer.save(update_fields=["state", "answered_at"])


def remind_seats(*, now: datetime) -> int:
    """Call a seat to mind to whoever has not answered two days before its end, once; how many."""
    count = 0
    for offer in queries.soon_over(now, now + REMIND_BEFORE):
        if Offer.objects.filter(pk=offer.pk, reminded_at__isnull=True).update(reminded_at=now):
            writing.about_seat(offer, About.REMINDED, now=now)
            count += 1
    return count


def follow_vacancies(*, now: datetime) -> int:
    """Seats that came free in the panel itself, by leaving its room or by an erasure: each is offered on. How many."""
    count = 0
    for offer in queries.vacated().order_by("panel_seat__ended_at", "pk"):
        with transaction.atomic():
            draw, found = _held(offer, None)
            if found.state == OfferState.CONFIRMED and draw.lottery.state in (LotteryState.DRAWN, LotteryState.SEATED):
                _end(draw, found, OfferState.LEFT, by=None, now=now)
                count += 1
    return count


def forget_seats(given: Answer, *, now: datetime) -> None:
    """The seats of somebody whose data is erased name nobody any more. The caller holds the lottery and offers on what came free."""
    for offer in Offer.objects.filter(answer=given, panel_seat__isnull=False).select_related("panel_seat__panel"):
        if offer.panel_seat is not None:
            panels.forget_seat(offer.panel_seat, now=now)


def take_back(offer: Offer, reason: Words, *, now: datetime) -> None:
    """End the seat of a draw that was annulled. The caller holds the draw."""
    if offer.panel_seat is not None:
        words = shown_reason(reason)
        panels.vacate(offer.panel_seat, end=End.WITHDRAWN, reason=words, by=None, now=now)


def _seat(draw: Draw, offer: Offer, *, now: datetime) -> None:
    answer = offer.answer
    panel, term = draw.lottery.panel, draw.lottery.term
    assert panel is not None  # both exist since the draw
    assert term is not None
    follows = _seat_before(offer)
    contact = panels.Contact(name=answer.name, email=answer.email, phone=answer.phone, language=answer.language)
    offer.panel_seat = panels.seat(
        panel, person=answer.person, contact=contact, term=term, follows=follows, by=None, now=now
    )
    offer.save(update_fields=["panel_seat"])
    if offer.panel_seat.contact_email:
        panels.write_to(offer.panel_seat, by=None, now=now)


def _seat_before(offer: Offer) -> Seat | None:
    """The seat of whoever sat in this place last; offers that nobody took are passed over."""
    before = offer.replaces
    while before is not None and before.panel_seat_id is None:
        before = before.replaces
    return before.panel_seat if before else None


EVENTS = {
    OfferState.DECLINED: "lottery.declined",
    OfferState.LAPSED: "lottery.lapsed",
    OfferState.LEFT: "lottery.left",
}


def _end(draw: Draw, offer: Offer, to: OfferState, *, by: Person | None, now: datetime) -> Offer | None:
    _move(offer, to, now)
    if offer.panel_seat is not None:
        panels.vacate(offer.panel_seat, end=End.RESIGNED, by=None, now=now)
    if to == OfferState.LAPSED:
        writing.about_seat(offer, About.LAPSED, now=now)
    note(EVENTS[to], draw.lottery, by, now, number=offer.answer.number, place=offer.place)
    if draw.lottery.state == LotteryState.SEATED:
        step(draw.lottery, LotteryState.DRAWN)
    return _offer_on(draw, offer, now=now)


def _offer_on(draw: Draw, freed: Offer, *, now: datetime) -> Offer | None:
    """The seat goes to the next by the published order and rule. Everybody is asked once in a draw."""
    if draw.state != DrawState.DRAWN or draw.lottery.state != LotteryState.DRAWN:
        return None
    asked = set(Offer.objects.filter(draw=draw).values_list("answer__number", flat=True))
    willing = {answer.number: answer for answer in queries.pool(draw.lottery) if answer.number not in asked}
    held = [offer.answer.number for offer in queries.held_places(draw) if offer.answer.number is not None]
    number = drawing.next_in_reserve(draw, holding=held, available=[each for each in draw.reserve if each in willing])
    if number is None:
        note("lottery.reserve_empty", draw.lottery, None, now, place=freed.place)
        return None
    return _offer(draw, willing[number], place=freed.place, replaces=freed, now=now)


def _offer(draw: Draw, answer: Answer, *, place: int, replaces: Offer | None, now: datetime) -> Offer:
    made = Offer.objects.create(
        draw=draw,
        answer=answer,
        place=place,
        position=Offer.objects.filter(draw=draw).count() + 1,
        replaces=replaces,
        sent_at=now,
        until=deadline(now, draw.lottery.confirm_days),
    )
    writing.about_seat(made, About.OFFERED, now=now)
    note("lottery.offered", draw.lottery, None, now, number=answer.number, place=place)
    return made


def _link(answer: Answer, person: Person) -> None:
    taken = Answer.objects.filter(lottery=answer.lottery_id, person=person, withdrawn_at__isnull=True).exists()
    if not taken:
        answer.person = person
        answer.save(update_fields=["person"])
