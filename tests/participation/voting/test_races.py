"""What many people do at the same instant, on a real PostgreSQL with real threads."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from tests.races import at_once, refusals
from zenne.core.errors import Spoken
from zenne.participation.voting import actions, marks
from zenne.participation.voting.enums import Channel
from zenne.participation.voting.models import Ballot, Replaced, SealedBallot, Voter

from .factories import AFTER, CLOSES, cast, content, resident, verified, vote

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_person_voting_thirty_two_times_at_once_has_one_ballot():
    open_vote, person = vote(), resident()
    results = at_once(*[lambda: cast(open_vote, person)] * 32)
    assert refusals(results) == 0
    assert (Ballot.objects.count(), Voter.objects.count()) == (1, 1)
    assert Replaced.objects.count() == 31


def test_thirty_two_people_voting_at_once_all_have_one():
    open_vote, people = vote(), [resident() for _number in range(32)]
    at_once(*[lambda person=person: cast(open_vote, person) for person in people])
    assert (Ballot.objects.count(), Voter.objects.count()) == (32, 32)


def test_one_person_on_three_channels_at_once_has_one_ballot():
    """Online, at a counter by their national number, and handed a paper ballot."""
    open_vote, person = vote(), verified(resident(), mark="f" * 64)
    said = content(open_vote, 1)

    def at_a_counter():
        with transaction.atomic():
            key = marks.held_key(open_vote)
            return actions.put(open_vote, marks.of_identity(key, "f" * 64), said, channel=Channel.COUNTER)

    results = at_once(*[lambda: cast(open_vote, person), at_a_counter] * 16)
    assert refusals(results) == 0
    assert (Ballot.objects.count(), Voter.objects.count()) == (1, 1)


def test_whoever_proves_an_identity_while_voting_has_one_ballot():
    open_vote, person = vote(), resident()
    at_once(*[lambda: cast(open_vote, person)] * 8, lambda: verified(person))
    cast(open_vote, person)
    assert (Ballot.objects.count(), Voter.objects.count()) == (1, 1)


def test_at_the_last_minute_nothing_in_flight_is_lost_or_counted_late():
    """Thirty-two people vote again and again while the clock passes the end and the box is sealed. Each receipt given is in the sealed box or was replaced by a
    later one of the same person; what was refused is in neither."""
    open_vote = vote()
    people = [resident() for _number in range(32)]
    time = [CLOSES - timedelta(seconds=1)]
    given: dict[int, list[str]] = {person.pk: [] for person in people}
    started = threading.Barrier(len(people) + 1)

    def voter(person):
        started.wait()
        try:
            while True:
                done = actions.cast(
                    open_vote,
                    content=content(open_vote, 1),
                    by=person,
                    now=CLOSES - timedelta(1),
                    clock=lambda: time[0],
                )
                given[person.pk].append(done.ballot.leaf)
        except Spoken:
            return
        finally:
            connection.close()

    threads = [threading.Thread(target=voter, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    started.wait()
    while sum(map(len, given.values())) < 64:
        threading.Event().wait(0.01)
    time[0] = CLOSES
    assert actions.seal(open_vote, now=CLOSES + timedelta(hours=1))
    size = SealedBallot.objects.count()
    for thread in threads:
        thread.join()
    sealed = set(SealedBallot.objects.values_list("leaf", flat=True))
    assert len(sealed) == size == sum(1 for leaves in given.values() if leaves)
    assert sealed == {leaves[-1] for leaves in given.values() if leaves}
    assert set(Replaced.objects.values_list("leaf", flat=True)) == {
        leaf for leaves in given.values() for leaf in leaves[:-1]
    }


def test_two_who_seal_at_once_seal_once():
    open_vote = vote()
    cast(open_vote)
    results = at_once(*[lambda: actions.seal(open_vote, now=AFTER + timedelta(hours=1))] * 8)
    assert sorted(results, key=bool) == [False] * 7 + [True]
    assert SealedBallot.objects.count() == 1
