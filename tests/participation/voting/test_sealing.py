"""The end of a vote: the box is sealed once, whole, and nothing of the live one stays."""

from datetime import timedelta

import pytest

from zenne.messaging.outbox.enums import LetterState
from zenne.messaging.outbox.models import Letter
from zenne.methods.proofs.receipts import box
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.voting import actions, marks, queries
from zenne.participation.voting.enums import Channel
from zenne.participation.voting.errors import NotStillOpen
from zenne.participation.voting.models import Ballot, Replaced, SealedBallot, VoteKey, Voter
from zenne.people.history.models import Entry

from .factories import AFTER, CLOSES, NOW, cast, resident, sealed, verified, vote

pytestmark = pytest.mark.django_db


def test_a_sealed_box_holds_every_ballot_and_no_key():
    open_vote = vote()
    leaves = [cast(open_vote, None, number).ballot.leaf for number in (1, 2, 3, 1)]
    closed = sealed(open_vote)
    assert sorted(leaves) == list(SealedBallot.objects.order_by("leaf").values_list("leaf", flat=True))
    assert (Ballot.objects.count(), VoteKey.objects.count(), closed.size) == (0, 0, 4)
    assert closed.root == box(leaves).root.hex()


def test_sealing_twice_changes_nothing():
    closed = sealed(vote())
    assert not actions.seal(closed, now=AFTER + timedelta(hours=1))
    assert queries.votes().get(pk=closed.pk).sealed_at == AFTER
    assert Entry.objects.filter(event="vote.sealed").count() == 1


def test_an_open_vote_is_not_sealed():
    with pytest.raises(NotStillOpen):
        actions.seal(vote(), now=CLOSES - timedelta(seconds=1))


def test_the_clock_seals_what_is_over_and_nothing_else():
    over, still_open = vote(closes_at=NOW), vote()
    assert actions.seal_due(now=NOW) == 1
    assert queries.votes().get(pk=over.pk).sealed_at and not queries.votes().get(pk=still_open.pk).sealed_at
    assert VoteKey.objects.filter(vote=still_open).exists()


def test_an_empty_box_is_sealed_too():
    assert sealed(vote()).size == 0


def test_the_voter_list_keeps_what_is_counted_under_marks_that_nobody_can_make():
    open_vote = vote()
    for _time in range(3):
        cast(open_vote)
    before = set(Voter.objects.values_list("pk", "mark"))
    sealed(open_vote)
    after = set(Voter.objects.values_list("pk", "mark"))
    assert len(after) == 3 and not before & after
    assert not {mark for _pk, mark in before} & {mark for _pk, mark in after}
    assert queries._turnout(open_vote).by_channel["online"] == 3


def test_a_receipt_gives_the_proof_after_the_end():
    open_vote = vote()
    leaves = [cast(open_vote).ballot.leaf for _time in range(5)]
    sealed(open_vote)
    for leaf in leaves:
        receipt = queries.receipt(open_vote, leaf)
        assert receipt.state == "sealed" and receipt.proof.holds() and receipt.proof.size == 5


def test_a_replaced_receipt_still_says_so_after_the_end():
    open_vote, person = vote(), resident()
    first = cast(open_vote, person).ballot.leaf
    cast(open_vote, person)
    sealed(open_vote)
    assert queries.receipt(open_vote, first).state == "replaced"
    assert (SealedBallot.objects.count(), Replaced.objects.count()) == (1, 1)


def test_sealing_waits_for_receipts_that_are_still_to_leave_but_not_for_ever(django_capture_on_commit_callbacks):
    open_vote = vote()
    with django_capture_on_commit_callbacks(execute=True):
        cast(open_vote)
    assert Letter.objects.filter(source=queries.RECEIPTS, state=LetterState.WAITING).exists()
    assert not actions.seal(open_vote, now=AFTER)
    assert actions.seal(open_vote, now=CLOSES + queries.PATIENCE)
    assert not Letter.objects.filter(source=queries.RECEIPTS).exists()


def test_who_voted_online_and_on_paper_under_an_identity_proved_later_has_the_paper_ballot_alone():
    open_vote, person = vote(), resident()
    cast(open_vote, person)
    key = marks.key_of(open_vote)
    Voter.objects.create(vote=open_vote, mark=marks.identity_mark(key, "e" * 64), channel=Channel.PAPER)
    verified(person, mark="e" * 64)
    sealed(open_vote)
    assert [voter.channel for voter in Voter.objects.all()] == ["paper"]
    assert SealedBallot.objects.count() == 0


def test_ideas_on_an_open_ballot_are_put_to_the_vote(ideas_to_vote_on):
    open_vote, ideas = ideas_to_vote_on
    cast(open_vote)
    assert actions.put_on_ballot(now=NOW) == len(ideas)
    assert actions.put_on_ballot(now=NOW) == 0
    for idea in ideas:
        idea.refresh_from_db()
        assert idea.state == IdeaState.ON_BALLOT


def test_options_and_costs_do_not_change_once_people_vote():
    from zenne.participation.voting.errors import RuleIsFrozen

    from .factories import staff

    open_vote = vote()
    manager = staff(open_vote.process.organisation)
    with pytest.raises(RuleIsFrozen):
        actions.add_option(open_vote, values={"title_fr": "Une de plus"}, by=manager, now=NOW)
    with pytest.raises(RuleIsFrozen):
        actions.change_option(open_vote.options.get(number=1), values={"cost_cents": 5}, by=manager, now=NOW)
    with pytest.raises(RuleIsFrozen):
        actions.change_vote(open_vote, values={"max_choices": 2}, by=manager, now=NOW)
