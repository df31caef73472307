"""Who sits in a jury: invited by mail, seated once they accepted the charter, free to leave."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import DEFAULT, LANGUAGES
from zenne.messaging.outbox import actions as outbox
from zenne.participation.processes.actions import ensure_frozen
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.actions import join
from zenne.people.accounts.models import Person
from zenne.people.accounts.queries import person_with_email

from ..enums import MemberState, Stage
from ..errors import OtherAddress
from ..models import Jury, Member
from ..rules import may_answer, may_arrange
from .holding import Words, held, held_seat, note, require_stage, set_authors_aside, step, write

INVITATION = "juries.invitation"
BEFORE_DELIBERATION = (Stage.PREPARING, Stage.SCORING, Stage.WAITING)


@transaction.atomic
def invite(
    jury: Jury,
    *,
    email: str,
    name: str,
    capacity: Words | None = None,
    language: str = DEFAULT,
    is_chair: bool = False,
    by: Person,
    now: datetime,
) -> Member:
    """Keep a seat for an address and write to it. Who has no account yet gets one that is forgotten when it is never used."""
    jury = held(jury)
    require(may_arrange(by, jury))
    require_stage(jury, now, *BEFORE_DELIBERATION)
    address = email.strip().lower()
    if not address or not name.strip():
        raise Invalid(_("An invitation needs a name and an e-mail address."))
    if jury.members.filter(email__iexact=address).exists():
        raise Conflict(_("This address is invited already."))
    if is_chair:
        _require_no_chair(jury)
    member = Member(
        jury=jury,
        email=address,
        name=" ".join(name.split())[:80],
        language=language if language in LANGUAGES else DEFAULT,
        is_chair=is_chair,
        invited_by=by,
        invited_at=now,
    )
    write(member, capacity={code: " ".join(text.split())[:120] for code, text in (capacity or {}).items()})
    member.save()
    _write_to(member, now)
    note("jury.invited", member, jury, by, now)
    return member


@transaction.atomic
def invite_again(member: Member, *, by: Person, now: datetime) -> Member:
    """Send the invitation once more, also to who declined or left."""
    jury = held(member.jury)
    member = held_seat(member)
    require(may_arrange(by, jury))
    require_stage(jury, now, *BEFORE_DELIBERATION)
    if not member.email:
        raise Invalid(_("This seat has no address any more."))
    if member.state != MemberState.INVITED:
        step(member, MemberState.INVITED)
        if member.is_chair:
            _require_no_chair(jury)
    member.invited_by, member.invited_at, member.answered_at = by, now, None
    member.save(update_fields=["state", "invited_by", "invited_at", "answered_at"])
    _write_to(member, now)
    note("jury.invited", member, jury, by, now)
    return member


@transaction.atomic
def withdraw_invitation(member: Member, *, by: Person, now: datetime) -> Member:
    """Take an invitation back before it is answered."""
    member = held_seat(member)
    require(may_arrange(by, member.jury))
    step(member, MemberState.WITHDRAWN)
    member.answered_at = now
    member.save(update_fields=["state", "answered_at"])
    note("jury.uninvited", member, member.jury, by, now)
    return member


@transaction.atomic
def accept_invitation(member: Member, *, by: Person, now: datetime) -> Member:
    """Accept the charter and take the seat. Raises OtherAddress for an account with another address; twice is once.

    Whoever proposed an idea that is before the jury is recused from it.
    """
    ensure_frozen(member.jury.activity, now=now)
    member = held_seat(member)
    if member.person_id == by.pk and member.state == MemberState.ACCEPTED:
        return member
    _require_answer(by, member)
    require_stage(member.jury, now, *BEFORE_DELIBERATION)
    step(member, MemberState.ACCEPTED)
    member.person, member.answered_at = by, now
    try:
        with transaction.atomic():
            member.save(update_fields=["state", "person", "answered_at"])
    except IntegrityError as error:
        raise Conflict(_("You already have a seat in this jury.")) from error
    note("jury.joined", member, member.jury, by, now)
    set_authors_aside(member.jury, now=now)
    return member


@transaction.atomic
def decline_invitation(member: Member, *, by: Person, now: datetime) -> Member:
    """Say no, thank you."""
    member = held_seat(member)
    _require_answer(by, member)
    step(member, MemberState.DECLINED)
    member.answered_at = now
    member.save(update_fields=["state", "answered_at"])
    note("jury.declined", member, member.jury, by, now)
    return member


@transaction.atomic
def leave(member: Member, *, by: Person, now: datetime) -> Member:
    """Leave the jury: the member themselves, or a manager for somebody who no longer answers. What was submitted stays and counts."""
    member = held_seat(member)
    if member.person_id != by.pk:
        require(may_arrange(by, member.jury))
    require_stage(member.jury, now, *BEFORE_DELIBERATION, Stage.DELIBERATING)
    step(member, MemberState.RESIGNED)
    member.answered_at = now
    member.save(update_fields=["state", "answered_at"])
    note("jury.left", member, member.jury, by, now)
    return member


@transaction.atomic
def appoint_chair(member: Member, *, by: Person, now: datetime) -> Member:
    """Who leads the jury from here on; the one before stays a member."""
    jury = held(member.jury)
    require(may_arrange(by, jury))
    require_stage(jury, now, *BEFORE_DELIBERATION, Stage.DELIBERATING)
    member = held_seat(member)
    if member.state not in (MemberState.INVITED, MemberState.ACCEPTED):
        raise Conflict(_("Only an invited person or a member can lead the jury."))
    jury.members.filter(is_chair=True).update(is_chair=False)
    Member.objects.filter(pk=member.pk).update(is_chair=True)
    member.is_chair = True
    note("jury.chair_appointed", member, jury, by, now)
    return member


def _require_no_chair(jury: Jury) -> None:
    if jury.members.filter(is_chair=True, state__in=[MemberState.INVITED, MemberState.ACCEPTED]).exists():
        raise Conflict(_("This jury has a chair. Appoint the new one among its members."))


def _require_answer(by: Person, member: Member) -> None:
    answer = may_answer(by, member)
    if isinstance(answer, Refused) and answer.reason == Reason.NOT_YOURS:
        raise OtherAddress(_("Sign in with the address that the invitation was sent to."))
    require(answer)


def _write_to(member: Member, now: datetime) -> None:
    """The letter leaves by the outbox, which knows people: an address without an account gets one that nobody has confirmed."""
    person = person_with_email(member.email) or join(email=member.email, language=member.language, now=now)
    if not person.is_active:
        raise Invalid(_("The account with this address is closed."))
    key = f"jury-invitation:{member.pk}:{now.timestamp():.0f}"
    outbox.post(INVITATION, key=key, to=[person.pk], context={"member": member.pk}, now=now)
