"""Letters go out, and the pool closes at the moment that stands on them."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.participation.processes.actions import ensure_frozen
from zenne.participation.processes.enums import ProcessState, WindowState
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from .. import queries
from ..enums import LotteryState
from ..errors import WrongStep
from ..models import Answer, Invitation, Lottery
from ..rules import gaps, may_manage
from .holding import held, note, step


@transaction.atomic
def send_letters(lottery: Lottery, *, by: Person, now: datetime) -> Lottery:
    """Say that the letters are with the post: from here on what they say stands, and who has a code answers."""
    require(may_manage(by, lottery))
    ensure_frozen(lottery.activity, now=now)  # holds the process, which comes before the lottery
    lottery = held(lottery, by)
    if lottery.state != LotteryState.FRAMED:
        raise WrongStep()
    if lottery.process.state != ProcessState.PUBLISHED or lottery.activity.state(now) != WindowState.OPEN:
        raise Conflict(_("Publish the process, and let this activity open first: whoever gets a letter looks it up."))
    if gaps(lottery):
        raise Invalid(_("Something is still missing: the page of the draw lists it."))
    if lottery.answer_until is None or lottery.answer_until <= now:
        raise Invalid(_("Set until when one can answer."))
    Invitation.objects.filter(lottery=lottery).update(sent_at=now)
    step(lottery, LotteryState.INVITED, invited_at=now)
    note("lottery.invited", lottery, by, now, letters=lottery.invitations.count())
    return lottery


def close_due(*, now: datetime) -> int:
    """Close every pool whose moment has come; how many. Safe to repeat and to race."""
    return sum(close(lottery, now=now) for lottery in queries.due_to_close(now))


@transaction.atomic
def close(lottery: Lottery, *, now: datetime) -> bool:
    """Close the pool and number it, in an order that says nothing. False when it was closed. Raises WrongStep before the moment."""
    lottery = held(lottery)
    if lottery.state != LotteryState.INVITED:
        return False
    if lottery.answer_until is None or now < lottery.answer_until:
        raise WrongStep()
    entries = list(queries.pool(lottery))
    secrets.SystemRandom().shuffle(entries)
    for number, entry in enumerate(entries, start=1):
        entry.number = number
    Answer.objects.bulk_update(entries, ["number"], batch_size=500)
    step(lottery, LotteryState.CLOSED, closed_at=now)
    note("lottery.closed", lottery, None, now, pool=len(entries))
    return True
