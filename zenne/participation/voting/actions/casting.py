"""A ballot goes into the box.

No history, no task and no row names who voted or when: docs/decisions/0023-ballots-without-persons.md. What is checked is checked while the vote's
key is held, and the box is sealed by whoever takes that key away; so a ballot is in the box before the sealing or is refused, never between.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.prepared import prepared, write
from zenne.messaging.outbox import actions as outbox
from zenne.participation.processes.actions import ensure_frozen
from zenne.people.access.answers import NotAllowed, Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.moderation import actions as moderation

from .. import counting, filling, marks, queries
from ..enums import Channel, Districts
from ..errors import HasPaperBallot, NotReady, Unfit
from ..filling import Content
from ..models import Ballot, District, Replaced, Vote, Voter
from ..queries import RECEIPTS, Sheet
from ..rules import may_vote, own_district

NEXT_RUN = timedelta(seconds=1)


@dataclass(frozen=True)
class Cast:
    """A ballot that is in the box. `replaced`: it took the place of an earlier one of the same person."""

    ballot: Ballot
    replaced: bool


def cast(
    vote: Vote,
    *,
    content: Content,
    district: District | None = None,
    by: Person,
    now: datetime,
    clock: Callable[[], datetime] | None = None,
) -> Cast:
    """Put one's own ballot into the box, in the place of an earlier one.

    `district` is the group of options chosen where voters choose one; elsewhere it is found. `clock` is asked once the box is held: who was
    in time when they pressed the button and is not any more when it is their turn, is refused, not counted late.
    Raises NotAllowed, Unfit, HasPaperBallot, NotReady.
    """
    if not isinstance(by, Person):  # the rule refuses all others, in its own order
        require(may_vote(by, vote, now))
    ensure_frozen(vote.activity, now=now)
    sheet = queries.sheet(vote)  # read before: from the freezing on it stays as it is, and nobody waits for it inside
    with transaction.atomic(), prepared():
        known = marks.key_and_claims(vote, by, held=True)
        if known is None:
            raise NotAllowed(Refused(Reason.CLOSED, (("closes_at", vote.activity.window()[1]),)))
        vote = queries.as_it_is(vote)
        moderation.know(by, now)
        require(may_vote(by, vote, max(now, clock()) if clock else now))
        district = _district_of(vote, by, district)
        check(vote, content, district, sheet)
        done = put(vote, known[1], content, channel=Channel.ONLINE, district=district)
        # a transaction of its own: nothing else shares the ballot's
        transaction.on_commit(partial(_send_receipt, vote.pk, by.pk, now))
    return done


def put(
    vote: Vote, claims: marks.Claims, content: Content, *, channel: Channel, district: District | None = None
) -> Cast:
    """Write a checked ballot under the marks of one human being; one ballot stays, whatever came before and by which channel.

    For the verbs of every channel: the caller holds the vote's key (`marks.held_key`), in its transaction, and has checked the rule.
    """
    marks.hold(vote, claims)
    voters = queries.voters_of(vote, claims)
    if any(voter.channel == Channel.PAPER for voter in voters):
        raise HasPaperBallot()
    for other in voters[
        1:
    ]:  # of before somebody proved that two accounts of a voter, or an account and a card, are one person
        drop(vote, other)
    if voters:
        voter = voters[0]
        if (voter.channel, voter.district_id) != (channel, district.pk if district else None):
            voter.channel, voter.district = channel, district
            write(voter)
    else:
        voter = Voter(vote=vote, mark=claims.strongest, channel=channel, district=district)
        write(voter)
    before = queries.in_the_box(vote, [voter.mark]) if voters else None
    if before is not None:
        write(Replaced(vote=vote, leaf=before.leaf))
    ballot = before or Ballot(vote=vote, mark=voter.mark)
    ballot.channel, ballot.district, ballot.content = channel, district, dict(content)
    ballot.nonce = secrets.token_hex(marks.NONCE_BYTES)
    ballot.leaf = counting.leaf(content, channel=channel, district=counting.name_of(district), nonce=ballot.nonce)
    write(ballot)
    return Cast(ballot, before is not None)


def drop(vote: Vote, voter: Voter) -> None:
    """Take a line of the voter list away with its ballot, whose receipt then says that it was replaced."""
    for ballot in Ballot.objects.filter(vote=vote, mark=voter.mark):
        Replaced.objects.create(vote=vote, leaf=ballot.leaf)
        ballot.delete()
    voter.delete()


def check(vote: Vote, content: Content, district: District | None, sheet: Sheet | None = None) -> None:
    """Whether the ballot follows the rule of the vote. Raises NotReady, Unfit."""
    sheet = sheet or queries.sheet(vote)
    if not sheet.ready:
        raise NotReady()
    options = filling.offered(vote, sheet.options, district)
    faults = filling.faults(vote, content, options, sheet.districts, district)
    if content.get("kind") != vote.method or faults:
        raise Unfit([fault.words for fault in faults])


def _district_of(vote: Vote, person: Person, chosen: District | None) -> District | None:
    if vote.districts_mode == Districts.OWN:
        return own_district(person, vote)
    if vote.districts_mode == Districts.ONE:
        if chosen is None or chosen.vote_id != vote.pk:
            raise Unfit([_("Choose first where you vote.")])
        return chosen
    return None


def _send_receipt(vote: int, person: int, now: datetime) -> None:
    """Ask for the letter. It says nothing of the ballot: what it tells is found by the person's mark when it leaves.

    It goes with the next run of the minute: thousands who vote at once wake nobody each.
    """
    key = f"{RECEIPTS}:{vote}:{secrets.token_hex(8)}"
    outbox.post(RECEIPTS, key=key, to=[person], due_at=now + NEXT_RUN, now=now)
