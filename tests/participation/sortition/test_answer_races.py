"""One letter from many places at the same instant, on a real PostgreSQL with real threads."""

import pytest

from tests.races import at_once, refusals
from zenne.participation.sortition import actions, codes, queries
from zenne.participation.sortition.enums import Channel, PrintingState, Says
from zenne.participation.sortition.models import Answer, Printing

from .factories import NOW, chief, invitation, lottery

pytestmark = pytest.mark.django_db(transaction=True)


def said(gender):
    return actions.Reply(Says.YES, {"gender": gender, "age": "old"}, actions.Contact("Noor", "", "02 1"), consent=True)


def test_the_same_code_from_thirty_two_connections_and_three_channels_leaves_one_answer():
    letter = invitation(lottery())
    code, staff = codes.code_of(letter), chief(letter.lottery)

    def online():
        return actions.answer(queries.with_code(code), said("w"), by=None, now=NOW)

    def by_post():
        return actions.answer(queries.with_code(code), said("m"), channel=Channel.POST, by=staff, now=NOW)

    def by_phone():
        return actions.answer(queries.with_code(code), said("m"), channel=Channel.PHONE, by=staff, now=NOW)

    results = at_once(*[online, by_post, by_phone, online] * 8)
    assert refusals(results) == 31
    given = Answer.objects.get()
    assert given.invitation_id == letter.pk
    assert given.features["gender"] == ("w" if given.channel == Channel.ONLINE else "m")


def test_whoever_changes_an_answer_at_once_from_many_places_leaves_one():
    letter = invitation(lottery())
    actions.answer(letter, said("w"), by=None, now=NOW)
    results = at_once(*[lambda: actions.answer(letter, said("m"), replace=True, by=None, now=NOW)] * 16)
    assert refusals(results) == 0
    assert Answer.objects.get().features["gender"] == "m"


def test_letters_asked_for_twice_at_once_are_made_once():
    of = lottery()
    invitation(of)
    staff = chief(of)
    results = at_once(*[lambda: actions.print_letters(of, by=staff, now=NOW)] * 8)
    assert refusals(results) == 7
    assert Printing.objects.get().state == PrintingState.MAKING
