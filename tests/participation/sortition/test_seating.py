"""Seats: offered, confirmed, and offered on by the published order, without anybody's choice."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.participation.ideas.factories import resident, staff
from tests.participation.panels import factories as panels_made
from zenne.participation.panels import actions as panels
from zenne.participation.panels import queries as panel_queries
from zenne.participation.panels.enums import SeatState
from zenne.participation.panels.models import Panel, Seat
from zenne.participation.sortition import actions, queries
from zenne.participation.sortition.enums import LotteryState, OfferState
from zenne.participation.sortition.errors import OfferOver, Unfit
from zenne.participation.sortition.models import Answer, Offer
from zenne.participation.sortition.rules import gaps
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts import actions as accounts
from zenne.people.history.models import Entry

from .factories import CHANCE, NOW, checked, chief, design, drawn

pytestmark = pytest.mark.django_db
SOON = CHANCE + timedelta(hours=1)
OVER = CHANCE + timedelta(days=8)


def offers(draw):
    return list(draw.offers.order_by("place", "position"))


def seated():
    draw = drawn()
    for offer in offers(draw):
        actions.confirm(offer, by=None, now=SOON)
    return draw


def test_everybody_drawn_is_asked_until_the_last_second_of_a_day():
    draw = drawn()
    assert [offer.answer.number for offer in offers(draw)] == draw.panel
    assert {offer.until.isoformat() for offer in offers(draw)} == {"2026-07-14T21:59:59+00:00"}


def test_confirming_takes_a_seat_of_the_panel_and_the_last_one_fills_it():
    draw = seated()
    assert Seat.objects.filter(state=SeatState.SEATED).count() == 4
    assert Panel.objects.get().size == 4
    draw.lottery.refresh_from_db()
    assert draw.lottery.state == LotteryState.SEATED


def test_confirming_twice_is_once():
    offer = offers(drawn())[0]
    actions.confirm(offer, by=None, now=SOON)
    actions.confirm(offer, by=None, now=SOON)
    assert Seat.objects.count() == 1


def test_who_confirms_with_an_account_sits_with_it():
    offer = offers(drawn())[0]
    person = resident()
    actions.confirm(offer, by=person, now=SOON)
    assert Seat.objects.get().person == person


def test_a_declined_seat_goes_at_once_to_the_next_who_keeps_the_quotas():
    draw = drawn()
    first = offers(draw)[0]
    following = actions.decline(first, by=None, now=SOON)
    assert following.place == first.place
    assert following.replaces == first
    numbers = [offer.answer.number for offer in queries.held_places(draw)]
    groups = list(Answer.objects.filter(number__in=numbers).values_list("features", flat=True))
    assert sum(each["gender"] == "w" for each in groups) == 2
    assert following.answer.number in draw.reserve


def test_the_order_of_replacement_is_the_same_whatever_the_hour():
    draw = drawn()
    first = offers(draw)[0]
    with transaction.atomic():
        one = actions.decline(first, by=None, now=SOON).answer.number
        transaction.set_rollback(True)
    assert actions.decline(first, by=None, now=SOON + timedelta(days=3)).answer.number == one


def test_what_nobody_answered_lapses_and_is_offered_on_once():
    draw = drawn()
    assert actions.lapse_due(now=OVER) == 4
    assert actions.lapse_due(now=OVER) == 0
    assert draw.offers.filter(state=OfferState.LAPSED).count() == 4
    assert draw.offers.filter(state=OfferState.OFFERED).count() == 4


def test_after_the_deadline_nobody_confirms_even_before_the_clock_came_by():
    offer = offers(drawn())[0]
    with pytest.raises(OfferOver):
        actions.confirm(offer, by=None, now=OVER)


def test_who_does_not_answer_is_reminded_once():
    draw = drawn()
    late = offers(draw)[0].until - timedelta(days=1)
    assert actions.remind_seats(now=late) == 4
    assert actions.remind_seats(now=late) == 0


def test_a_seat_given_up_is_vacated_and_its_number_is_followed():
    draw = seated()
    offer = offers(draw)[0]
    following = actions.leave(offer, by=chief(draw.lottery), now=SOON)
    draw.lottery.refresh_from_db()
    assert draw.lottery.state == LotteryState.DRAWN
    actions.confirm(following, by=None, now=SOON)
    offer.refresh_from_db()
    following.refresh_from_db()
    assert following.panel_seat.follows == offer.panel_seat
    draw.lottery.refresh_from_db()
    assert draw.lottery.state == LotteryState.SEATED


def test_a_seat_left_in_the_panel_itself_is_offered_on_by_the_clock():
    draw = seated()
    seat = Seat.objects.order_by("pk").first()
    panels.vacate(seat, by=None, now=SOON)
    assert actions.follow_vacancies(now=SOON) == 1
    assert actions.follow_vacancies(now=SOON) == 0
    assert draw.offers.filter(state=OfferState.OFFERED).count() == 1


def test_somebody_seated_whose_account_is_erased_leaves_a_number_and_a_seat_for_the_next():
    draw = drawn()
    offer, person = offers(draw)[0], resident()
    actions.confirm(offer, by=person, now=SOON)
    accounts.erase(by=person, now=SOON)
    actions.follow_vacancies(now=SOON)
    offer.refresh_from_db()
    answer = offer.answer
    assert offer.state == OfferState.LEFT
    assert (answer.name, answer.email, answer.person, answer.features) == ("", "", None, {})
    assert answer.number in draw.panel
    assert Offer.objects.get(replaces=offer).state == OfferState.OFFERED
    assert Seat.objects.get().state == SeatState.ENDED


def test_when_nobody_is_left_the_seat_stays_free_and_the_history_says_so():
    draw = drawn(people=5)
    while waiting := draw.offers.filter(state=OfferState.OFFERED).first():
        actions.decline(waiting, by=None, now=SOON)
    assert draw.offers.count() == 5
    assert Entry.objects.filter(event="lottery.reserve_empty").exists()


def test_two_offers_of_one_seat_are_refused_by_the_database():
    first, second = offers(drawn())[:2]
    with pytest.raises(IntegrityError, match="offer_seat_once"), transaction.atomic():
        Offer.objects.filter(pk=second.pk).update(place=first.place)


def test_staff_enter_what_was_said_by_phone_and_residents_do_not():
    draw = drawn()
    first, second = offers(draw)[:2]
    with pytest.raises(NotAllowed):
        actions.confirm(first, by=resident(), staff=True, now=SOON)
    actions.confirm(first, by=staff(draw.lottery.process.organisation), staff=True, now=SOON)
    actions.decline(second, by=staff(draw.lottery.process.organisation), staff=True, now=SOON)
    assert Seat.objects.get().person is None


def test_a_draw_renews_half_of_a_panel_and_joins_those_whose_term_goes_on():
    """Eight seats by halves: four end, a draw fills these four for a term of their own, the other four stay."""
    halves = [(date(2026, 6, 1), date(2026, 7, 31)), (date(2026, 6, 1), date(2027, 5, 31))]
    made = panels_made.panel(size=8, terms=halves)
    for each in range(8):
        panels_made.member(made, f"Ancien {each}")
    first, stays = made.terms.order_by("number")
    draw = drawn(checked(of=made.process, panel=made, begins_on=date(2026, 8, 1), ends_on=date(2027, 7, 31)))
    for offer in offers(draw):
        actions.confirm(offer, by=None, now=SOON)
    draw.lottery.refresh_from_db()
    new = draw.lottery.term
    assert (draw.lottery.state, draw.lottery.panel, Panel.objects.count()) == (LotteryState.SEATED, made, 1)
    assert (new.number, new.begins_on, new.seats.count()) == (3, date(2026, 8, 1), 4)
    august = CHANCE.replace(month=8, day=2)
    assert panels.end_due(now=august) == 4
    assert set(panel_queries.sitting(made, august).values_list("term", flat=True)) == {stays.pk, new.pk}
    assert panel_queries.sitting(made, august).count() == 8
    assert not first.seats.filter(state=SeatState.SEATED).exists()


def test_no_more_are_drawn_than_the_panel_has_free_on_every_day_of_the_term():
    made = panels_made.panel(size=6)  # until May 2027
    for each in range(3):
        panels_made.member(made, f"Membre {each}")
    of = design(of=made.process, panel=made, begins_on=date(2027, 1, 1), ends_on=date(2028, 12, 31))
    assert "room" in gaps(of)
    with pytest.raises(Unfit):
        actions.change_lottery(of, values={"ends_on": date(2028, 6, 30)}, by=chief(of), now=NOW)
    of = actions.change_lottery(of, values={"begins_on": date(2027, 6, 1)}, by=chief(of), now=NOW)
    assert "room" not in gaps(of)


def test_an_annulled_draw_takes_its_seats_back_and_the_next_uses_the_same_panel():
    draw = seated()
    why = {"fr": "Un dé est tombé.", "nl": "Een dobbelsteen viel.", "en": "A die fell."}
    actions.annul(draw, reason=why, by=chief(draw.lottery), now=SOON)
    assert set(Seat.objects.values_list("state", flat=True)) == {SeatState.ENDED}
    assert actions.follow_vacancies(now=SOON) == 0
    lottery = queries.lotteries().get(pk=draw.lottery_id)
    assert lottery.panel == Panel.objects.get()


def test_who_confirms_is_welcomed_in_the_panel_and_the_panel_says_how_they_were_drawn(client_for, mailbox):
    draw = seated()
    panel = Panel.objects.get()
    welcomed = [seat for seat in panel.seats.all() if seat.contact_email]
    assert Entry.objects.filter(event="panel.welcomed").count() == len(welcomed)
    page = client_for(None).get(f"/fr{panel.get_absolute_url()[3:]}").content.decode()
    assert "Comment ils ont été tirés au sort" in page and f"/lots/{draw.lottery_id}/draws/{draw.number}/" in page
