"""What is kept of people goes in time, and the history says so."""

from datetime import timedelta

import pytest

from zenne.participation.sortition import actions, codes, queries
from zenne.participation.sortition.enums import LotteryState
from zenne.participation.sortition.errors import UnknownCode, WrongStep
from zenne.participation.sortition.models import Answer, Invitation
from zenne.people.history.models import Entry

from .factories import CHANCE, chief, closed, drawn, invitation

pytestmark = pytest.mark.django_db


def test_names_and_addresses_go_after_the_draw_and_the_pool_keeps_its_codes():
    draw = drawn()
    silent = invitation(draw.lottery)
    inside = draw.lottery.answers.first().invitation
    code, other = codes.code_of(inside), codes.code_of(silent)
    assert actions.destroy_due(now=CHANCE + timedelta(days=29)) == 0
    assert actions.destroy_due(now=CHANCE + timedelta(days=31)) == 1
    assert actions.destroy_due(now=CHANCE + timedelta(days=31)) == 0
    for letter in Invitation.objects.all():
        assert (letter.name, letter.address, letter.household, letter.features, letter.salt) == ("", "", "", {}, None)
    assert queries.with_code(code) == inside
    with pytest.raises(UnknownCode):
        queries.with_code(other)
    assert Entry.objects.get(event="lottery.frame_destroyed").details == {"letters": 13}


def test_nobody_destroys_them_before_there_is_a_draw():
    of = closed()
    with pytest.raises(WrongStep):
        actions.destroy_frame(of, by=chief(of), now=CHANCE)


def test_a_pool_from_which_nobody_draws_is_not_kept_for_ever():
    of = closed()
    assert actions.destroy_due(now=CHANCE + timedelta(days=181)) == 1
    assert not Invitation.objects.exclude(name="").exists()
    of.refresh_from_db()
    assert of.state == LotteryState.CLOSED


def test_when_the_seats_are_over_the_contacts_of_the_pool_go_and_its_numbers_stay():
    draw = drawn()
    draw.lottery.ends_on = (CHANCE + timedelta(days=100)).date()
    draw.lottery.begins_on = CHANCE.date()
    draw.lottery.save()
    actions.destroy_due(now=CHANCE + timedelta(days=102))
    draw.lottery.refresh_from_db()
    assert draw.lottery.state == LotteryState.ENDED
    assert set(Answer.objects.values_list("name", "email", "phone", "person")) == {("", "", "", None)}
    assert Answer.objects.exclude(number=None).count() == 12
    assert Entry.objects.filter(event="lottery.pool_destroyed").exists()
