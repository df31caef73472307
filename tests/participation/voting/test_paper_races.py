"""Paper and counters at the same instant as other channels, on a real PostgreSQL with real threads."""

import pytest

from tests.races import at_once, refusals
from zenne.participation.voting import actions
from zenne.participation.voting.models import Ballot, PaperEntry, SealedBallot, Voter
from zenne.participation.voting.queries import Guest

from .factories import AFTER, NOW, cast, content, resident, sealed, staff, verified, vote
from .test_paper import batch, hand_out, keyed

pytestmark = pytest.mark.django_db(transaction=True)


def test_paper_online_and_a_screen_at_once_leave_one():
    open_vote, person = vote(), verified(resident(), mark="f" * 64)
    made, clerk = batch(open_vote, printed=40), staff(open_vote.process.organisation)
    card = Guest(person, "f" * 64, 1980)
    code = actions.let_vote(open_vote, guest=card, by=clerk, now=NOW)
    said = content(open_vote, 1)
    at_once(
        *[lambda: cast(open_vote, person)] * 8,
        *[lambda: actions.hand_out(made, guest=card, by=clerk, now=NOW)] * 8,
        lambda: actions.cast_at_counter(open_vote, code, content=said, now=NOW),
    )
    made.refresh_from_db()
    assert Voter.objects.count() == 1
    assert (made.issued, Ballot.objects.count()) in ((1, 0), (0, 1))


def test_a_batch_hands_out_no_more_than_was_printed_at_once():
    open_vote = vote()
    made, clerk = batch(open_vote, printed=3), staff(open_vote.process.organisation)
    guests = [Guest(None, f"{number:064x}", 1980) for number in range(8)]
    results = at_once(*[lambda guest=each: actions.hand_out(made, guest=guest, by=clerk, now=NOW) for each in guests])
    made.refresh_from_db()
    assert (refusals(results), made.issued, Voter.objects.count()) == (5, 3, 3)


def test_one_sheet_keyed_in_by_two_at_once_is_one_persons():
    made = batch(vote())
    hand_out(made)
    readers = [staff(made.vote.process.organisation) for _each in range(4)]
    actions.take_in(made, returned=1, by=readers[0], now=AFTER)
    results = at_once(
        *[
            lambda by=each: actions.key_sheet(made, reading=1, position=1, line="1", by=by, now=AFTER)
            for each in readers
        ]
    )
    assert (refusals(results), PaperEntry.objects.count()) == (3, 1)


def test_a_batch_settled_by_two_at_once_goes_into_the_box_once():
    of = vote()
    made = batch(of)
    hand_out(made)
    keyed(made, "1")
    sealed(of)
    managers = [staff(of.process.organisation) for _each in range(4)]
    results = at_once(*[lambda by=each: actions.settle(made, by=by, now=AFTER) for each in managers])
    assert (refusals(results), SealedBallot.objects.count()) == (3, 1)
