"""Seats: given, joined with a code, left, ended with their term, taken over, forgotten."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from tests.participation.ideas.factories import NOW, resident, staff
from tests.participation.panels.factories import by_post, manager, meeting, member, panel
from zenne.core.errors import Conflict, Invalid, TooMany
from zenne.participation.panels import actions, queries
from zenne.participation.panels.enums import End, SeatState
from zenne.participation.panels.errors import Ended, NoRoom, ReasonNeeded, WrongCode
from zenne.participation.panels.ibans import account_of
from zenne.participation.panels.models import Panel, Seat
from zenne.participation.panels.rules import may_enter, seat_of
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.actions import erase
from zenne.people.history.models import Entry

pytestmark = pytest.mark.django_db


def names(of: Panel) -> list[str]:
    return sorted(of.group.members.values_list("name", flat=True))


def test_the_group_of_a_panel_bears_its_name_in_every_language_and_no_name_that_is_taken():
    names = {"fr": "Le Conseil citoyen", "nl": "De Burgerraad", "en": "The Citizens’ Council"}
    made = panel(name=names)
    assert made.group.name == "Le Conseil citoyen / De Burgerraad / The Citizens’ Council"
    assert panel(made.process, name=names).group.name == f"{made.group.name} (2)"
    assert panel(name=dict.fromkeys(names, "Panel A")).group.name == "Panel A"
    assert panel(name=names | {"nl": "N" * 100}).group.name == "Le Conseil citoyen"


def test_seats_are_numbered_fill_the_group_and_never_exceed_the_size():
    made = panel()
    assert [member(made, name).number for name in ("An", "Bo", "Cé")] == [1, 2, 3]
    assert names(made) == ["An", "Bo", "Cé"]
    with pytest.raises(NoRoom):
        member(made, "Dé")


def test_a_person_has_one_seat_in_a_term():
    made, one = panel(), resident()
    member(made, person=one)
    with pytest.raises(Conflict):
        member(made, person=one)


def test_a_person_has_no_second_seat_in_the_other_half_nor_by_a_code():
    halves = [(date(2026, 6, 1), date(2027, 5, 31)), (date(2026, 6, 1), date(2028, 5, 31))]
    made, one = panel(terms=halves), resident()
    member(made, person=one)
    with pytest.raises(Conflict):
        member(made, person=one)
    with pytest.raises(Conflict):
        actions.claim(actions.code_of(by_post(made)), by=one, now=NOW)


def test_a_seat_needs_somebody_who_can_be_reached():
    with pytest.raises(Invalid):
        actions.seat(panel(), contact=actions.Contact(name="Karim"), by=None, now=NOW)


def test_seats_of_one_who_answered_by_post_become_their_account_once():
    made = panel()
    seat, me, other = by_post(made), resident("Karim"), resident("Eva")
    code = actions.code_of(seat)
    assert not may_enter(me, made, NOW)
    assert actions.claim(code.lower().replace("-", "-"), by=me, now=NOW).person == me
    assert may_enter(me, made, NOW) and names(made) == ["Karim"]
    assert actions.claim(code, by=me, now=NOW).person == me
    with pytest.raises(WrongCode):
        actions.claim(code, by=other, now=NOW)


def test_a_new_code_ends_the_one_before():
    made = panel()
    seat = by_post(made)
    old = actions.code_of(seat)
    fresh = actions.code_of(actions.new_code(seat, by=manager(made), now=NOW))
    with pytest.raises(WrongCode):
        actions.claim(old, by=resident(), now=NOW)
    assert actions.claim(fresh, by=resident(), now=NOW).number == 1


@pytest.mark.parametrize(
    "code", ["", "x", "1", "99999999999999999999-AAAA", "\u0661-AAAA", "0-ABCD-EFGH-JKLM", "é" * 40]
)
def test_codes_that_are_none_are_told_so(code: str):
    with pytest.raises(WrongCode):
        actions.claim(code, by=resident(), now=NOW)


def test_ten_wrong_codes_a_day_and_no_more():
    me = resident()
    for _each in range(10):
        with pytest.raises(WrongCode):
            actions.claim("1-AAAA-BBBB-CCCC", by=me, now=NOW)
    with pytest.raises(TooMany):
        actions.claim("1-AAAA-BBBB-CCCC", by=me, now=NOW)


def test_who_leaves_makes_a_place_that_is_taken_over_once_for_the_same_term():
    made = panel()
    seat = member(made, "An")
    left = actions.vacate(seat, by=seat.person, now=NOW)
    assert (left.state, left.end, names(made)) == (SeatState.ENDED, End.RESIGNED, [])
    assert list(queries.vacant(made, NOW)) == [left]
    taker = member(made, "Bo", follows=left)
    assert (taker.number, taker.term, taker.follows) == (2, left.term, left)
    assert not queries.vacant(made, NOW)
    with pytest.raises(Conflict):
        member(made, "Cé", follows=left)


def test_the_secretariat_withdraws_with_a_reason_and_nobody_else_does():
    made = panel()
    seat = member(made)
    with pytest.raises(ReasonNeeded):
        actions.vacate(seat, end=End.WITHDRAWN, by=manager(made), now=NOW)
    with pytest.raises(NotAllowed):
        actions.vacate(seat, end=End.WITHDRAWN, reason="Non.", by=resident(), now=NOW)
    with pytest.raises(NotAllowed):
        actions.vacate(seat, end=End.WITHDRAWN, reason="Non.", by=seat.person, now=NOW)
    done = actions.vacate(seat, end=End.WITHDRAWN, reason="Déménagement.", by=manager(made), now=NOW)
    assert done.reason == "Déménagement."
    assert actions.vacate(seat, by=manager(made), now=NOW).reason == "Déménagement."


def test_seats_end_with_their_term_and_the_door_closes_on_that_day_even_before_the_clock_came():
    made = panel()
    seat, last = member(made), NOW.replace(year=2027, month=5, day=31, hour=21)
    assert seat_of(seat.person, made, last) == seat
    after = last + timedelta(hours=2)
    assert seat_of(seat.person, made, after) is None
    assert actions.end_due(now=last) == 0
    assert actions.end_due(now=after) == 1
    seat.refresh_from_db()
    assert (seat.end, names(made)) == (End.TERM, [])
    assert not queries.vacant(made, after)


def test_halves_are_parted_by_number_and_a_renewal_joins_the_other_half():
    made = panel(size=4)
    for name in ("An", "Bo", "Cé", "Do"):
        member(made, name)
    term = made.terms.get()
    other = actions.split_term(term, ends_on=date(2026, 11, 30), by=manager(made), now=NOW)
    assert [seat.number for seat in other.seats.order_by("number")] == [2, 4]
    assert list(queries.ending_soon(made, NOW.replace(month=10))) == [other]
    actions.renew(made, begins_on=date(2026, 12, 1), ends_on=date(2027, 11, 30), by=manager(made), now=NOW)
    assert [member(made, name).number for name in ("Eo", "Fo")] == [5, 6]
    with pytest.raises(NoRoom):
        member(made, "Go")
    assert names(made) == ["An", "Bo", "Cé", "Do"]
    december = NOW.replace(month=12)
    assert actions.end_due(now=december) == 2
    assert names(made) == ["An", "Cé", "Eo", "Fo"]


def test_seats_are_given_in_turn_to_terms_that_begin_together():
    made = panel(size=4, terms=[(date(2026, 6, 1), date(2027, 5, 31)), (date(2026, 6, 1), date(2028, 5, 31))])
    assert [member(made, name).term.number for name in ("An", "Bo", "Cé", "Do")] == [1, 2, 1, 2]


def test_who_asks_for_erasure_leaves_their_seat_and_its_number_stays():
    made = panel()
    seat = member(made, "An")
    actions.introduce(seat, name="An", district="Bosnie", by=seat.person, now=NOW)
    erase(by=seat.person, now=NOW)
    seat.refresh_from_db()
    assert (seat.number, seat.state, seat.end, seat.person) == (1, SeatState.ENDED, End.ERASED, None)
    assert (seat.contact_name, seat.contact_email, seat.public_name, seat.public_words) == ("", "", "", str(seat))
    assert list(queries.vacant(made, NOW)) == [seat]
    assert Entry.objects.filter(event="panel.vacated", about_id=seat.pk).exists()


def test_half_a_year_after_a_seat_ended_nobody_knows_any_more_how_to_reach_who_had_it_once_all_is_paid():
    made = panel()
    seat = by_post(made, "Karim")
    contact = actions.Contact(name="Karim", phone="02 1")
    account = "BE68539007547034"  # pragma: allowlist secret
    actions.change_contact(seat, contact=contact, account=account, by=manager(made), now=NOW)
    held = meeting(made, days=0)
    after = NOW + timedelta(hours=1)
    actions.take_attendance(made, held, present=[seat.pk], by=manager(made), now=after)
    actions.vacate(seat, by=manager(made), now=after)
    much_later = after + timedelta(days=184)
    assert actions.forget_past(now=much_later) == 0
    today = (after + timedelta(days=1)).date()
    actions.close_payout(made, first_day=NOW.date(), last_day=today, by=manager(made), now=after + timedelta(days=1))
    assert actions.forget_past(now=after + timedelta(days=182)) == 0
    assert (actions.forget_past(now=much_later), actions.forget_past(now=much_later)) == (1, 0)
    seat.refresh_from_db()
    assert (seat.contact_name, seat.contact_phone, seat.sealed_account, seat.end) == ("", "", None, End.RESIGNED)
    assert seat.attendances.get().cents == 5000


def test_only_the_member_says_what_everyone_reads():
    made = panel()
    seat = member(made)
    with pytest.raises(NotAllowed):
        actions.introduce(seat, name="X", district="", by=manager(made), now=NOW)
    assert (
        actions.introduce(seat, name=" An  B ", district="Midi", by=seat.person, now=NOW).public_words == "An B, Midi"
    )


def test_account_numbers_are_checked_before_they_are_kept():
    made = panel()
    seat = member(made)
    contact = actions.Contact(name="An", email="an@example.org")
    kept = actions.change_contact(seat, contact=contact, account="be68 5390 0754 7034", by=seat.person, now=NOW)
    kept.refresh_from_db()
    assert account_of(kept) == "BE68539007547034"  # pragma: allowlist secret
    for wrong in (
        "BE68539007547035",  # pragma: allowlist secret
        "BE6853900754703",  # pragma: allowlist secret
        "abc",
        "€" * 16,
        "BE00" + "0" * 12,
    ):  # pragma: allowlist secret
        with pytest.raises(Invalid):
            actions.change_contact(seat, contact=contact, account=wrong, by=seat.person, now=NOW)


def test_an_account_number_stands_nowhere_in_clear_and_opens_for_its_own_seat_and_installation_only(settings):
    made = panel()
    an, bo = member(made, "An"), member(made, "Bo")
    account = "BE68539007547034"  # pragma: allowlist secret
    for seat in (an, bo):
        contact = actions.Contact(name="X", email="x@example.org")
        actions.change_contact(seat, contact=contact, account=account, by=seat.person, now=NOW)
        seat.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(seat::text, '') from panels_seat seat")
        row = cursor.fetchone()[0]
        assert account not in row
        assert account.encode().hex() not in row
    assert not Entry.objects.filter(details__icontains=account).exists()
    assert bytes(an.sealed_account) != bytes(bo.sealed_account)
    assert account_of(an) == account_of(bo) == account
    an.sealed_account, bo.sealed_account = bo.sealed_account, bytes(bo.sealed_account)[:-1] + b"x"
    assert (account_of(an), account_of(bo)) == ("", ""), "neither swapped nor changed numbers are paid"
    bo.refresh_from_db()
    settings.SECRET_KEY = "another installation" * 4
    assert account_of(bo) == ""


def test_the_secretariat_can_give_an_account_number_or_forget_it_without_reading_it(client_for):
    made = panel()
    seat = by_post(made, "Karim")
    boss = client_for(manager(made))
    address = reverse("panel:contact", args=[made.pk, seat.pk])
    given = {"name": "Karim", "phone": "02 1", "language": "fr"}
    account = "BE68539007547034"  # pragma: allowlist secret
    assert b"Forget the account" not in boss.get(address).content
    for sent, kept in (({"account": account}, account), ({"account": ""}, account), ({"drop": "on"}, "")):
        assert boss.post(address, given | sent).status_code == 302
        seat.refresh_from_db()
        assert account_of(seat) == kept
        page = boss.get(address).content.decode()
        assert account not in page
        assert ('name="drop"' in page) == bool(kept)


def test_a_panel_that_ended_seats_nobody():
    made = panel()
    seat = member(made)
    with pytest.raises(ReasonNeeded):
        actions.dissolve(made, reason=" ", by=manager(made), now=NOW)
    actions.dissolve(made, reason="Mandat rempli.", by=manager(made), now=NOW)
    seat.refresh_from_db()
    assert (seat.end, names(made)) == (End.DISSOLVED, [])
    with pytest.raises(Ended):
        member(made, "Bo")


def test_staff_of_another_organisation_arrange_nothing():
    made, stranger = panel(), staff(panel().process.organisation)
    seat = member(made)
    for attempt in (
        lambda: actions.seat(made, person=resident(), by=stranger, now=NOW),
        lambda: actions.vacate(seat, by=stranger, now=NOW),
        lambda: actions.renew(made, begins_on=date(2027, 1, 1), ends_on=date(2027, 2, 1), by=stranger, now=NOW),
        lambda: actions.split_term(seat.term, ends_on=date(2026, 9, 1), by=stranger, now=NOW),
        lambda: actions.dissolve(made, reason="Non.", by=stranger, now=NOW),
        lambda: actions.new_code(seat, by=stranger, now=NOW),
        lambda: actions.change_panel(made, values={"size": 5}, by=stranger, now=NOW),
        lambda: actions.change_contact(seat, contact=actions.Contact(name="X"), by=stranger, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_the_database_keeps_no_seat_that_ended_without_saying_how():
    seat = member(panel())
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(state=SeatState.ENDED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(state=SeatState.ENDED, ended_at=NOW, end=End.WITHDRAWN)
