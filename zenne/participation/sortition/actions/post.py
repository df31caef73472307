"""What goes by post: letters and reminders made ready for the printer, and what is kept of them taken away in time."""

from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from .. import queries, tasks
from ..enums import LotteryState, PrintingKind, PrintingState
from ..errors import WrongStep
from ..models import Invitation, Lottery, Mailing, PrintedPart, Printing
from ..rules import may_serve
from .holding import held, note, require_state

KEPT = timedelta(days=14)
STALE = timedelta(hours=1)


@transaction.atomic
def change_mailing(
    lottery: Lottery,
    *,
    envelope: str,
    hours: dict[str, str],
    desk: dict[str, str],
    remind_days: int | None,
    by: Person,
    now: datetime,
) -> Mailing:
    """Set what stands on the letters beside their words."""
    lottery = held(lottery, by)
    mailing, _made = Mailing.objects.get_or_create(lottery=lottery)
    mailing.envelope, mailing.remind_days = envelope, remind_days
    for field, words in (("hours", hours), ("desk", desk)):
        for language, text in words.items():
            setattr(mailing, f"{field}_{language}", text.strip())
    mailing.save()
    note("lottery.post_changed", lottery, by, now)
    return mailing


@transaction.atomic
def print_letters(lottery: Lottery, *, by: Person, now: datetime) -> Printing:
    """Make every letter ready for the printer; again, as often as it takes, as long as the letters are there."""
    lottery = held(lottery, by)
    require_state(lottery, LotteryState.FRAMED, LotteryState.INVITED)
    _require_moment(lottery)
    count = queries.letters_to_print(lottery).count()
    return _begin(lottery, PrintingKind.LETTERS, count, by=by, now=now)


@transaction.atomic
def print_reminders(lottery: Lottery, *, by: Person | None, now: datetime) -> Printing:
    """Make a reminder for everybody who has not answered and whose letter did not come back. `by` None: the clock does it."""
    lottery = held(lottery, by)
    require_state(lottery, LotteryState.INVITED)
    if not lottery.takes_answers(now):
        raise WrongStep()
    count = queries.unanswered(lottery).update(reminded_at=now)
    return _begin(lottery, PrintingKind.REMINDER, count, by=by, now=now)


def remind_due(*, now: datetime) -> int:
    """The reminders whose day has come, once for each lottery; how many lotteries."""
    count = 0
    for lottery in queries.due_to_remind(now):
        try:
            print_reminders(lottery, by=None, now=now)
            count += 1
        except (Conflict, Invalid):
            continue  # a printing is under way, nobody is left, or somebody was faster: the next round looks again
    return count


@transaction.atomic
def delete_files(printing: Printing, *, by: Person | None, now: datetime) -> Printing:
    """Take the files away: after the printer has them, nobody needs them."""
    lottery = held(printing.lottery, by)
    printing = Printing.objects.select_for_update().get(pk=printing.pk)
    if printing.deleted_at is None:
        _take_away(printing, now)
        note("lottery.printing_deleted", lottery, by, now, printing=printing.number)
    return printing


def sweep_printings(*, now: datetime) -> None:
    """Files of letters that are destroyed, or two weeks old, go; a making that stopped says so."""
    for printing in queries.printings_to_delete(older_than=now - KEPT):
        delete_files(printing, by=None, now=now)
    stale = Printing.objects.filter(state=PrintingState.MAKING, made_at__lt=now - STALE)
    stale.update(state=PrintingState.FAILED)


@transaction.atomic
def came_back(lottery: Lottery, number: int, *, by: Person, now: datetime) -> Invitation:
    """A letter that could not be delivered came back: no reminder follows it."""
    lottery = held(lottery)
    require(may_serve(by, lottery))
    letter = Invitation.objects.select_for_update().filter(lottery=lottery, number=number).first()
    if letter is None:
        raise Invalid(_("No letter has this number."))
    if letter.returned_at is None:
        letter.returned_at = now
        letter.save(update_fields=["returned_at"])
        note("lottery.letter_returned", lottery, by, now, letter=number)
    return letter


def _begin(lottery: Lottery, kind: PrintingKind, count: int, *, by: Person | None, now: datetime) -> Printing:
    if not count:
        raise Invalid(_("There is no letter to print."))
    last = Printing.objects.filter(lottery=lottery).order_by("-number").values_list("number", flat=True).first() or 0
    try:
        with transaction.atomic():
            made = Printing.objects.create(
                lottery=lottery, number=last + 1, kind=kind, total=count, made_by=by, made_at=now
            )
    except IntegrityError as error:
        raise Conflict(_("Letters are being made already.")) from error
    event = "lottery.printed" if kind == PrintingKind.LETTERS else "lottery.reminded"
    note(event, lottery, by, now, printing=made.number, letters=count)
    transaction.on_commit(partial(tasks.print_letters.defer, printing=made.pk))
    return made


def _require_moment(lottery: Lottery) -> None:
    if lottery.answer_until is None:
        raise Invalid(_("Set first until when one can answer: it stands on every letter."))


def _take_away(printing: Printing, now: datetime) -> None:
    for part in PrintedPart.objects.filter(printing=printing).order_by("position"):
        transaction.on_commit(partial(part.file.storage.delete, part.file.name or ""), robust=True)
    PrintedPart.objects.filter(printing=printing).delete()
    printing.deleted_at = now
    printing.save(update_fields=["deleted_at"])
