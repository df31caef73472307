"""What comes back for a letter: one answer, by any channel, until the moment that stands on the letter; withdrawn or erased at any time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict
from zenne.core.languages import LANGUAGES
from zenne.participation.processes.actions import ensure_frozen
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from .. import queries, writing
from ..enums import HOLDS_A_SEAT, Channel, LotteryState, OfferState, Says
from ..errors import AlreadyAnswered, AnswersClosed, Unfit
from ..models import Answer, Invitation, Lottery, Offer
from ..rules import may_serve
from . import seating
from .holding import held, note, step


@dataclass(frozen=True)
class Contact:
    """How somebody is reached when they are drawn: a name, and an e-mail address or a phone number."""

    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Reply:
    """What somebody answers. `features` are the groups for the categories that are asked (`queries.asked`); a no needs nothing else."""

    says: Says
    features: Mapping[str, str] = field(default_factory=dict)
    contact: Contact = Contact()
    consent: bool = False
    language: str = ""


@transaction.atomic
def answer(
    invitation: Invitation,
    reply: Reply,
    *,
    channel: Channel = Channel.ONLINE,
    replace: bool = False,
    by: Person | None,
    now: datetime,
) -> Answer:
    """Take the answer to a letter. `by` is the signed-in person online (or None), else the member of staff who enters it.

    With `replace` an earlier answer to the same letter is changed. Raises AnswersClosed, AlreadyAnswered, Unfit ({category or contact
    field: sentence}).
    """
    lottery = held_for_answers(invitation.lottery)
    if channel != Channel.ONLINE:
        require(may_serve(by, lottery))
    if not lottery.takes_answers(now):
        raise AnswersClosed()
    ensure_frozen(lottery.activity, now=now)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    invitation.lottery = lottery
    if invitation.destroyed_at is not None:
        raise Conflict(_("This letter was erased: nobody can answer it any more."))
    earlier = Answer.objects.select_for_update().filter(invitation=invitation).first()
    if earlier is not None and not replace:
        raise AlreadyAnswered()
    wants, contact = reply.says == Says.YES, reply.contact
    given = earlier or Answer(invitation=invitation, lottery=lottery)
    given.says, given.channel, given.answered_at = reply.says, channel, now
    given.features = _groups(invitation, reply) if wants else {}
    given.household = invitation.household if wants else ""
    given.name = " ".join(contact.name.split())[:120] if wants else ""
    given.email, given.phone = (contact.email.strip(), contact.phone.strip()[:40]) if wants else ("", "")
    given.language = reply.language if reply.language in LANGUAGES else invitation.language
    given.person = by if wants and channel == Channel.ONLINE else None
    given.entered_by = None if channel == Channel.ONLINE else by
    given.consented_at, given.withdrawn_at, given.erased_at = (now if wants else None), None, None
    try:
        with transaction.atomic():
            given.save()
    except IntegrityError as error:
        raise Conflict(_("Your account has answered another letter of this draw already.")) from error
    if channel != Channel.ONLINE:
        note("lottery.answer_entered", lottery, by, now, letter=invitation.number, channel=channel.value)
    elif earlier is not None:
        note("lottery.answer_changed", lottery, None, now, letter=invitation.number)
    writing.answered(given, now=now)
    return given


def held_for_answers(lottery: Lottery) -> Lottery:
    """The lottery, shared among all who answer: closing waits for them, they do not wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("select 1 from sortition_lottery where activity_id = %s for share", [lottery.pk])
    return queries.lotteries().get(pk=lottery.pk)


def _groups(invitation: Invitation, reply: Reply) -> dict[str, str]:
    """Every category with its group: what the register knows, and what was asked."""
    asked = {category.key for category in queries.asked(invitation)}
    faults: dict[str, str] = {}
    groups: dict[str, str] = {}
    for category in queries.categories(invitation.lottery):
        value = reply.features.get(category.key, "") if category.key in asked else invitation.features[category.key]
        if value not in {feature.key for feature in category.features.all()}:
            faults[category.key] = _("Choose one of the groups.")
        groups[category.key] = value
    if not reply.contact.name.strip():
        faults["name"] = _("Give a name, so that we know whom to ask for.")
    if not reply.contact.email.strip() and not reply.contact.phone.strip():
        faults["email"] = _("Give an e-mail address or a phone number, so that we can tell you when you are drawn.")
    if not reply.consent:
        faults["consent"] = _("We need your agreement to keep this until the panel has ended.")
    if faults:
        raise Unfit(faults)
    return groups


@transaction.atomic
def withdraw(given: Answer, *, by: Person | None, now: datetime) -> Answer:
    """Take a yes back, at any time. In the pool of a committed draw the number stays, and a seat goes to the next in reserve."""
    lottery = held(given.lottery)
    given = Answer.objects.select_for_update(of=("self",)).select_related("invitation").get(pk=given.pk)
    if not given.in_pool:
        return given
    given.withdrawn_at = now
    given.save(update_fields=["withdrawn_at"])
    note("lottery.answer_withdrawn", lottery, by, now, letter=given.invitation.number)
    if lottery.state == LotteryState.CHECKED:
        step(lottery, LotteryState.CLOSED)  # another pool: whether the quotas can be met is asked again
    _give_up(given, now=now)
    return given


@transaction.atomic
def erase_answer(given: Answer, *, by: Person | None, now: datetime) -> Answer:
    """Empty everything that leads to the person, their letter included. Their number stays, and in the file of a committed draw its groups."""
    lottery = held(given.lottery)
    seating.forget_seats(given, now=now)
    withdraw(given, by=by, now=now)
    given = Answer.objects.select_for_update(of=("self",)).select_related("invitation").get(pk=given.pk)
    if given.erased_at is not None:
        return given
    given.name = given.email = given.phone = given.household = ""
    given.person, given.erased_at = None, now
    given.withdrawn_at = given.withdrawn_at or now
    given.features = {}
    given.save()
    empty(Invitation.objects.filter(pk=given.invitation_id), now=now, keep_code=False)
    note("lottery.erased", lottery, by, now, number=given.number)
    return given


@transaction.atomic
def erase_letter(invitation: Invitation, *, by: Person | None, now: datetime) -> Invitation:
    """Empty a letter and what was answered to it, for whoever asks and needs no account: by the code, or through staff (`by`)."""
    lottery = held(invitation.lottery)
    if by is not None:
        require(may_serve(by, lottery))
    given = queries.answer_to(invitation)
    if given is not None:
        erase_answer(given, by=by, now=now)
    letter = Invitation.objects.select_for_update().filter(pk=invitation.pk)
    if empty(letter.filter(destroyed_at__isnull=True), now=now, keep_code=False):
        note("lottery.letter_erased", lottery, by, now, letter=invitation.number)
    return letter.get()


def empty(invitations: QuerySet[Invitation], *, now: datetime, keep_code: bool) -> int:
    """Destroy what letters say of a person. The code goes with the letter, unless it opens the page of somebody in the pool."""
    values: dict[str, object] = {
        "name": "",
        "address": "",
        "household": "",
        "features": {},
        "salt": None,
        "destroyed_at": now,
    }
    return invitations.update(**values if keep_code else {**values, "code_digest": None})


def _give_up(given: Answer, *, now: datetime) -> None:
    offer = Offer.objects.filter(answer=given, state__in=HOLDS_A_SEAT).first()
    if offer is None:
        return
    if offer.state == OfferState.OFFERED:
        seating.decline(offer, by=None, now=now, late=True)
    else:
        seating.leave(offer, by=None, now=now)
