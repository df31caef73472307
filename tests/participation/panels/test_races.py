"""What happens in a panel at the same instant, on a real PostgreSQL with real threads."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.participation.ideas.factories import NOW, resident
from tests.participation.panels.factories import amendment, by_post, draft, keys, manager, meeting, member, panel
from tests.races import at_once, refusals
from zenne.participation.panels import actions, queries
from zenne.participation.panels.models import Amendment, Attendance, Payout, Seat, StrawVoice

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_people_at_once_take_three_seats_with_three_numbers():
    made, people = panel(), [resident(f"P{at}") for at in range(8)]
    results = at_once(*[lambda one=one: actions.seat(made, person=one, by=None, now=NOW) for one in people])
    assert refusals(results) == 5
    assert sorted(Seat.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_one_vacant_place_is_taken_over_once():
    made = panel()
    left = actions.vacate(member(made), by=None, now=NOW)
    people = [resident(f"P{at}") for at in range(4)]
    results = at_once(
        *[lambda one=one: actions.seat(made, person=one, follows=left, by=None, now=NOW) for one in people]
    )
    assert refusals(results) == 3 and Seat.objects.filter(follows=left).count() == 1


def test_one_code_typed_by_two_accounts_at_once_seats_one():
    made = panel()
    seat = by_post(made)
    code, people = actions.code_of(seat), [resident("A"), resident("B")]
    results = at_once(*[lambda one=one: actions.claim(code, by=one, now=NOW) for one in people])
    assert refusals(results) == 1
    seat.refresh_from_db()
    assert list(made.group.members.all()) == [seat.person]


def test_a_secret_answer_sent_eight_times_at_once_counts_once():
    made = panel()
    seat = member(made)
    poll = actions.ask(
        made,
        question="Où ?",
        options=["A", "B"],
        secret=True,
        closes_at=NOW + timedelta(days=1),
        by=manager(made),
        now=NOW,
    )
    first = poll.options.get(position=1).pk
    at_once(*[lambda: actions.answer_poll(poll, options=[first], by=seat.person, now=NOW) for _at in range(8)])
    assert StrawVoice.objects.count() == 1
    assert [option.number for option in queries.polls(made).get().options.all()] == [1, 0]


def test_two_people_writing_at_once_lose_no_text():
    made = panel()
    an, bo = member(made, "An"), member(made, "Bo")
    text = draft(made, an.person)
    first, second = keys(text)

    def word(seat: Seat, key: str, words: str) -> Callable[[], object]:
        return lambda: actions.word_paragraph(
            text, key=key, base=3, title="", text=words, asks=False, by=seat.person, now=NOW
        )

    assert refusals(at_once(word(an, first, "An."), word(bo, second, "Bo."))) == 0
    last = text.versions.order_by("-number").first()
    assert [each["text"] for each in last.paragraphs] == ["An.", "Bo."]
    base = last.number
    results = at_once(
        *[
            lambda seat=seat, words=words: actions.word_paragraph(
                text, key=first, base=base, title="", text=words, asks=False, by=seat.person, now=NOW
            )
            for seat, words in ((an, "Un."), (bo, "Deux."))
        ]
    )
    assert refusals(results) == 1


def test_an_amendment_taken_and_refused_at_once_is_one_of_both():
    made = panel()
    an = member(made, "An")
    text = draft(made, an.person, amending=True)
    one = amendment(text, an.person)
    results = at_once(
        lambda: actions.take(one, base=3, title="Point 1", text="Dix arbres.", by=an.person, now=NOW),
        lambda: actions.refuse(one, reason="Non.", by=manager(made), now=NOW),
    )
    assert refusals(results) == 1
    assert text.versions.count() == (4 if Amendment.objects.get().made else 3)


def test_a_list_to_pay_closed_four_times_at_once_pays_once():
    made = panel()
    seat, boss = member(made), manager(made)
    actions.take_attendance(made, meeting(made), present=[seat.pk], by=boss, now=NOW)
    days = {"first_day": date(2026, 6, 1), "last_day": date(2026, 6, 15)}
    results = at_once(*[lambda: actions.close_payout(made, **days, by=boss, now=NOW) for _at in range(4)])
    assert (refusals(results), Payout.objects.count(), Attendance.objects.exclude(payout=None).count()) == (3, 1, 1)
