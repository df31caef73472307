"""The end of voting: the box is emptied into a sealed one, in an order that says nothing, and the key is destroyed."""

from datetime import datetime

from django.db import connection, transaction

from zenne.core.errors import Conflict
from zenne.messaging.outbox import actions as outbox
from zenne.participation.ideas import actions as ideas
from zenne.participation.ideas.enums import IdeaState
from zenne.people.accounts.models import Identity
from zenne.people.history.actions import record

from .. import counting, marks, queries, tasks
from ..enums import Channel
from ..errors import NotStillOpen
from ..models import Ballot, CounterPass, Option, Vote, VoteKey, Voter
from .casting import drop

# From where an idea comes onto a ballot: by what was decided before, or straight from a call where no jury sat.
TO_VOTE = (IdeaState.PUBLISHED, IdeaState.ADMISSIBLE, IdeaState.COSTED, IdeaState.SHORTLISTED)

SEALED = """
insert into voting_sealedballot (leaf, vote_id, channel, district, content, nonce)
select b.leaf, b.vote_id, b.channel, coalesce(d.number::text, ''), b.content, b.nonce
from voting_ballot b left join voting_district d on d.id = b.district_id
where b.vote_id = %(vote)s order by b.leaf
"""
# The voter list keeps what is counted, under marks that nobody can make any more, not even with the key.
FORGOTTEN = """
with gone as (delete from voting_voter where vote_id = %(vote)s returning vote_id, channel, district_id),
drawn as (select gen_random_uuid() as id, encode(sha256(gen_random_uuid()::text::bytea), 'hex') as mark, * from gone)
insert into voting_voter (id, vote_id, mark, channel, district_id)
select id, vote_id, mark, channel, district_id from drawn order by mark
"""
REWRITTEN = """
with gone as (delete from voting_replaced where vote_id = %(vote)s returning leaf, vote_id)
insert into voting_replaced (leaf, vote_id) select leaf, vote_id from gone order by leaf
"""


def seal_due(*, now: datetime) -> int:
    """Seal the box of every vote whose window is over; how many were sealed."""
    return sum(seal(vote, now=now) for vote in queries.due_to_seal(now))


def seal(vote: Vote, *, now: datetime) -> bool:
    """Seal the box of a vote that is over. Safe to repeat and to race; False when it was sealed, or waits for receipts to leave.

    All or nothing: ballots are written anew in the order of their leaves, the rows they were in, their marks and the key are gone. What the
    database still holds of dead rows is swept right after (`tasks.sweep`). Raises NotStillOpen before the end.
    """
    with transaction.atomic():
        held = VoteKey.objects.select_for_update().filter(vote=vote).first()
        vote = Vote.objects.select_for_update(of=("self",)).select_related("activity__phase__process").get(pk=vote.pk)
        if vote.sealed_at is not None:
            return False
        if not queries.is_over(vote, now):
            raise NotStillOpen()
        closed_at = vote.activity.window()[1]
        assert closed_at is not None
        if now < closed_at + queries.PATIENCE and queries.receipts_under_way(vote):
            return False
        if held is not None:
            _drop_doubles(vote, bytes(held.secret))
        with connection.cursor() as cursor:
            for statement in (SEALED, FORGOTTEN, REWRITTEN):
                cursor.execute(statement, {"vote": vote.pk})
        leaves = queries.leaves_of(vote, paper=False)
        Ballot.objects.filter(vote=vote).delete()
        CounterPass.objects.filter(vote=vote).delete()
        VoteKey.objects.filter(vote=vote).delete()
        outbox.forget(f"{queries.RECEIPTS}:{vote.pk}:")
        vote.sealed_at, vote.root, vote.size = now, counting.root(leaves), len(leaves)
        vote.save(update_fields=["sealed_at", "root", "size"])
        details: dict[str, object] = {"root": vote.root, "size": vote.size}
        organisation = vote.activity.process.organisation
        record("vote.sealed", by=None, now=now, about=vote.activity, organisation=organisation, details=details)
        transaction.on_commit(tasks.sweep_box.defer)
    return True


def _drop_doubles(vote: Vote, key: bytes) -> None:
    """Who was served at a counter under a card, and voted under an account that proved only later to be theirs, has one ballot.

    The one on paper; else that of the card. Nothing tells which came last, because no moment is kept.
    """
    offline = Voter.objects.filter(vote=vote, channel__in=(Channel.PAPER, Channel.COUNTER))
    served = set(offline.values_list("mark", flat=True))
    if not served:
        return
    known = Identity.objects.order_by("id").select_related("person").iterator()
    for person in {each.person for each in known if marks.identity_mark(key, each.mark) in served}:
        claims = marks.of_person(key, person).marks
        lines = sorted(
            Voter.objects.filter(vote=vote, mark__in=claims),
            key=lambda line: (line.channel != Channel.PAPER, line.mark not in served, claims.index(line.mark)),
        )
        for line in lines[1:]:
            drop(vote, line)


def put_on_ballot(*, now: datetime) -> int:
    """Bring the ideas of votes that are open to where they stand now: put to the vote. How many took the step; who cannot stays where it is."""
    waiting = Option.objects.filter(vote__activity__frozen_at__isnull=False, vote__sealed_at__isnull=True)
    waiting = waiting.filter(idea__state__in=TO_VOTE).select_related("idea").order_by("vote_id", "number")
    moved = 0
    for option in waiting:
        assert option.idea is not None
        try:
            ideas.follow_decision(option.idea, to=IdeaState.ON_BALLOT, by=None, now=now)
            moved += 1
        except Conflict:
            continue
    return moved
