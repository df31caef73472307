"""What is kept of people goes: the letters after the draw, the contacts of the pool when the seats are over."""

from datetime import datetime, timedelta

from django.db import transaction

from zenne.core.clock import in_brussels
from zenne.people.accounts.models import Person

from .. import queries
from ..enums import DrawState, LotteryState
from ..errors import WrongStep
from ..models import Answer, Invitation, Lottery
from .answering import empty
from .holding import held, note, require_state, step

UNUSED = timedelta(days=180)  # a pool that closed and from which nobody ever drew


@transaction.atomic
def destroy_frame(lottery: Lottery, *, by: Person | None, now: datetime) -> int:
    """Empty every letter of names, addresses and groups; how many. The code of who is in the pool keeps opening their own page.

    Raises WrongStep before there is a draw, or twice.
    """
    lottery = held(lottery, by)
    if by is not None:
        require_state(lottery, LotteryState.DRAWN, LotteryState.SEATED, LotteryState.ENDED)
    if lottery.frame_destroyed_at is not None:
        raise WrongStep()
    letters = Invitation.objects.filter(lottery=lottery, destroyed_at__isnull=True)
    inside = queries.pool(lottery).order_by().values("invitation")
    count = empty(letters.exclude(pk__in=inside), now=now, keep_code=False)
    count += empty(letters.filter(pk__in=inside), now=now, keep_code=True)
    lottery.frame_destroyed_at = now
    lottery.save(update_fields=["frame_destroyed_at"])
    note("lottery.frame_destroyed", lottery, by, now, letters=count)
    return count


@transaction.atomic
def end(lottery: Lottery, *, by: Person | None, now: datetime) -> Lottery:
    """The seats are over, or no seat will be offered any more: what the pool said of itself is destroyed, numbers and draws stay."""
    lottery = held(lottery, by)
    if lottery.frame_destroyed_at is None:
        destroy_frame(lottery, by=None, now=now)
        lottery = held(lottery)
    Invitation.objects.filter(lottery=lottery).update(code_digest=None)
    answers = Answer.objects.filter(lottery=lottery)
    count = answers.update(name="", email="", phone="", household="", person=None, features={})
    step(lottery, LotteryState.ENDED, ended_at=now, pool_destroyed_at=now)
    note("lottery.pool_destroyed", lottery, by, now, answers=count)
    note("lottery.ended", lottery, by, now)
    return lottery


def destroy_due(*, now: datetime) -> int:
    """Letters whose time is over, and pools whose seats are; how many lotteries. Safe to repeat."""
    count = 0
    for lottery in queries.lotteries().filter(frame_destroyed_at__isnull=True, closed_at__isnull=False).order_by("pk"):
        drawn = lottery.draws.filter(state=DrawState.DRAWN).values_list("drawn_at", flat=True).first()
        assert lottery.closed_at is not None
        since = drawn + timedelta(days=lottery.keep_days) if drawn else lottery.closed_at + UNUSED
        if since <= now:
            destroy_frame(lottery, by=None, now=now)
            count += 1
    today = in_brussels(now).date()
    over = queries.lotteries().filter(state__in=(LotteryState.DRAWN, LotteryState.SEATED), ends_on__lt=today)
    for lottery in over.order_by("pk"):
        end(lottery, by=None, now=now)
        count += 1
    return count


@transaction.atomic
def note_export(lottery: Lottery, *, by: Person, now: datetime) -> None:
    """The closed pool was taken out, numbers and groups without names: it stays in the history who did."""
    note("lottery.exported", held(lottery, by), by, now)
