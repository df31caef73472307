"""At a counter: a paper ballot is handed over, or a voter fills in a ballot on a shared device. What is kept names nobody.

Staff see whether somebody has voted, and by which channel, as long as the vote's key exists; the look is in no history, because a history that names a voter
and a moment is what a ballot without a person must not have (docs/decisions/0023-ballots-without-persons.md).
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid, NotFound
from zenne.participation.processes.actions import ensure_frozen
from zenne.people.access.answers import NotAllowed, Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from .. import marks, queries
from ..enums import BatchState, Channel, Districts
from ..errors import AlreadyVoted
from ..filling import Content
from ..models import CounterPass, District, PaperBatch, Vote, Voter
from ..queries import Guest
from ..rules import may_be_served, may_serve, own_district
from .casting import Cast, check, put
from .paper import ballot_digest, held, told

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # pragma: allowlist secret - none that could be taken for another
CODE_LENGTH = 10
PASS_LIFE = timedelta(minutes=20)


def hand_out(batch: PaperBatch, *, guest: Guest, lives_here: bool = False, by: Person, now: datetime) -> None:
    """Hand a paper ballot to somebody who is entitled and has not voted. From then on they vote on paper only.

    Raises NotAllowed with the reason, AlreadyVoted, Conflict when the batch is not at the counter or used up.
    """
    ensure_frozen(batch.vote.activity, now=now)
    with transaction.atomic():
        vote, claims = _served(batch.vote, guest, lives_here, now)
        with held(batch, by=by) as batch:
            if batch.state != BatchState.OUT:
                raise Conflict(_("Batch %(number)d is not at the counter.") % {"number": batch.number})
            if batch.issued >= batch.printed:
                raise Conflict(_("Batch %(number)d is used up: take another one.") % {"number": batch.number})
            if batch.ballot_digest != ballot_digest(vote):
                raise Conflict(_("The ballot changed after this batch was printed: destroy it and print a new one."))
            _votes_there(vote, guest, batch.district)
            marks.hold(vote, claims)
            before = Voter.objects.filter(vote=vote, mark__in=claims.marks).first()
            if before is not None:
                raise AlreadyVoted(Channel(before.channel))
            Voter.objects.create(vote=vote, mark=claims.strongest, channel=Channel.PAPER, district=batch.district)
            batch.issued += 1
            batch.save(update_fields=["issued"])
            told(batch, "paper.issued", by, now)


def take_back(batch: PaperBatch, *, guest: Guest, by: Person, now: datetime) -> None:
    """Somebody brings their unused ballot back: it is destroyed, and they may vote in another way. Kept without their name."""
    with transaction.atomic():
        vote, claims = _served(batch.vote, guest, True, now)
        with held(batch, by=by) as batch:
            marks.hold(vote, claims)
            line = Voter.objects.filter(vote=vote, mark__in=claims.marks, channel=Channel.PAPER).first()
            if line is None or line.district_id != batch.district_id or not batch.issued:
                raise Conflict(_("No ballot of batch %(number)d was handed to this person.") % {"number": batch.number})
            line.delete()
            batch.issued -= 1
            batch.save(update_fields=["issued"])
            told(batch, "paper.taken_back", by, now)


def let_vote(
    vote: Vote,
    *,
    guest: Guest,
    district: District | None = None,
    lives_here: bool = False,
    by: Person,
    now: datetime,
) -> str:
    """Open the ballot of somebody entitled on a shared device; the code that opens it, once, for twenty minutes.

    A ballot that they cast before, online or at a counter, is replaced by the new one; who has a paper ballot is refused.
    """
    organisation = vote.process.organisation
    require(may_serve(by, organisation))
    ensure_frozen(vote.activity, now=now)
    with transaction.atomic():
        vote, claims = _served(vote, guest, lives_here, now)
        if vote.districts_mode == Districts.OWN:
            if district is None or district.vote_id != vote.pk:
                raise Invalid(_("Choose the group of options of the place where this person lives."))
            _votes_there(vote, guest, district)
        if Voter.objects.filter(vote=vote, mark__in=claims.marks, channel=Channel.PAPER).exists():
            raise AlreadyVoted(Channel.PAPER)
        forget_passes(now=now)
        code = "".join(secrets.choice(LETTERS) for _position in range(CODE_LENGTH))
        CounterPass.objects.create(
            code=_digest(code),
            vote=vote,
            marks=list(claims.marks),
            district=district if vote.districts_mode == Districts.OWN else None,
            expires_at=now + PASS_LIFE,
        )
        record("counter.opened", by=by, now=now, about=vote.activity, organisation=organisation)
    return code


def pass_at(vote: Vote, code: str, *, now: datetime) -> CounterPass:
    """The leave that a code stands for. Raises NotFound when it was used, is over, or never was."""
    found = CounterPass.objects.filter(vote=vote, code=_digest(code), expires_at__gt=now)
    leave = found.select_related("district").first()
    if leave is None:
        raise NotFound(_("This ballot is closed. Whoever works at the counter can open a new one."))
    return leave


def give_time(leave: CounterPass, *, now: datetime) -> datetime:
    """Another twenty minutes, as often as somebody asks."""
    CounterPass.objects.filter(pk=leave.pk).update(expires_at=now + PASS_LIFE)
    return now + PASS_LIFE


def lasts_until(vote: Vote, moment: datetime) -> datetime:
    """A ballot on a counter's device ends with the vote, whatever time was given for it."""
    closes_at = vote.activity.window()[1]
    return min(moment, closes_at) if closes_at else moment


def drop_pass(leave: CounterPass) -> None:
    """The voter leaves without voting."""
    leave.delete()


def forget_passes(*, now: datetime) -> None:
    CounterPass.objects.filter(expires_at__lte=now).delete()


def cast_at_counter(
    vote: Vote,
    code: str,
    *,
    content: Content,
    district: District | None = None,
    now: datetime,
    clock: Callable[[], datetime] | None = None,
) -> Cast:
    """Put a ballot filled in at a counter into the box; the code works no more.

    `district` is the group chosen by the voter where voters choose one. Raises NotFound, NotAllowed, Unfit, HasPaperBallot.
    """
    with transaction.atomic():
        key = marks.held_key(vote)
        vote = queries.votes().get(pk=vote.pk)
        moment = max(now, clock()) if clock else now
        leave = CounterPass.objects.select_for_update(of=("self",)).filter(vote=vote, code=_digest(code)).first()
        if leave is None or leave.expires_at <= now:
            raise NotFound(_("This ballot is closed. Whoever works at the counter can open a new one."))
        if key is None or not queries.is_open(vote, moment):
            raise NotAllowed(Refused(Reason.CLOSED, (("closes_at", vote.activity.window()[1]),)))
        district = _district(vote, leave, district)
        check(vote, content, district)
        done = put(vote, marks.Claims(tuple(leave.marks)), content, channel=Channel.COUNTER, district=district)
        leave.delete()
    return done


def _served(vote: Vote, guest: Guest, lives_here: bool, now: datetime) -> tuple[Vote, marks.Claims]:
    """The vote and the marks of somebody who is entitled, the key held."""
    key = marks.held_key(vote)
    vote = queries.votes().get(pk=vote.pk)
    if key is None:
        raise NotAllowed(Refused(Reason.CLOSED, (("closes_at", vote.activity.window()[1]),)))
    require(may_be_served(vote, person=guest.person, born=guest.born, mark=guest.mark, lives_here=lives_here, now=now))
    return vote, guest.claims(key)


def _votes_there(vote: Vote, guest: Guest, district: District | None) -> None:
    """Where people vote in their own district and an account says where it is, the ballot is that one's."""
    if vote.districts_mode != Districts.OWN or guest.mark:
        return
    assert guest.person is not None
    own = own_district(guest.person, vote)
    if own != district:
        raise Conflict(_("This person votes in “%(district)s”: take a ballot of that group.") % {"district": own})


def _district(vote: Vote, leave: CounterPass, chosen: District | None) -> District | None:
    if vote.districts_mode == Districts.OWN:
        return leave.district
    if vote.districts_mode == Districts.ONE:
        if chosen is None or chosen.vote_id != vote.pk:
            raise Invalid(_("Choose first where you vote."))
        return chosen
    return None


def _digest(code: str) -> str:
    return hashlib.sha256("".join(filter(str.isalnum, code.upper())).encode()).hexdigest()
