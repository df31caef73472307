"""What several people do at the same instant, on a real PostgreSQL with real threads."""

import pytest

from tests.races import at_once, refusals
from zenne.participation.sortition import actions
from zenne.participation.sortition.actions import Contact, Reply
from zenne.participation.sortition.enums import OfferState, Says
from zenne.participation.sortition.models import Answer, Draw
from zenne.people.history.models import Entry

from .factories import CHANCE, LATER, NOW, checked, chief, drawn, invitation, lottery, thrown

pytestmark = pytest.mark.django_db(transaction=True)
YES = Reply(Says.YES, {"gender": "w", "age": "old"}, Contact("Aline", "aline@example.org"), consent=True)


def test_the_draw_pressed_by_eight_people_at_once_happens_once():
    draw = thrown()
    people = [chief(draw.lottery) for _number in range(8)]
    results = at_once(*[lambda by=by: actions.draw_panel(draw, by=by, now=CHANCE) for by in people])
    assert refusals(results) == 7
    assert Entry.objects.filter(event="lottery.drawn").count() == 1
    assert draw.offers.count() == 4


def test_eight_who_begin_a_draw_at_once_begin_one():
    of = checked()
    people = [chief(of) for _number in range(8)]
    results = at_once(*[lambda by=by: actions.begin_draw(of, by=by, now=LATER) for by in people])
    assert refusals(results) == 7
    assert Draw.objects.count() == 1


def test_one_letter_answered_eight_times_at_once_has_one_answer():
    letter = invitation(lottery())
    results = at_once(*[lambda: actions.answer(letter, YES, by=None, now=NOW)] * 8)
    assert refusals(results) == 7
    assert Answer.objects.count() == 1


def test_a_seat_confirmed_and_declined_at_once_is_one_or_the_other():
    draw = drawn()
    offer = draw.offers.order_by("place").first()
    results = at_once(
        *[lambda: actions.confirm(offer, by=None, now=CHANCE), lambda: actions.decline(offer, by=None, now=CHANCE)] * 4
    )
    assert refusals(results) >= 4
    offer.refresh_from_db()
    assert offer.state in (OfferState.CONFIRMED, OfferState.DECLINED)
    held = draw.offers.filter(place=offer.place, state__in=(OfferState.OFFERED, OfferState.CONFIRMED))
    assert held.count() == 1
