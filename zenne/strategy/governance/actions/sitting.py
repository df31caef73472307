"""A body is called and meets, and its minutes are published."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import say
from zenne.core.whole import require_whole
from zenne.opendata.webhooks import actions as webhooks
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from .. import notifications
from ..enums import ItemKind, SittingState
from ..models import Seat, Sitting
from ..rules import may_move_sitting, may_prepare, may_write
from .agenda import require_readable
from .way import Words, locked_sitting, note, own, require_reason, require_said


@transaction.atomic
def save_sitting(*, sitting: Sitting, by: Person | None, now: datetime) -> Sitting:
    """Begin a sitting, or write it again until it was held. Whoever was called hears of another moment or place."""
    if sitting.pk is None:
        require(may_write(by, sitting.body.organisation))
        sitting.created_at = now
        require_whole(sitting)
        sitting.save()
        note("sitting.begun", sitting, by, now, sitting.body.organisation)
        return sitting
    before = locked_sitting(sitting)
    require(may_prepare(by, before))
    own(sitting.body.organisation_id, before.body.organisation)
    moved = (before.starts_at, before.place) != (sitting.starts_at, sitting.place)
    before.starts_at, before.place, before.sequence = sitting.starts_at, sitting.place, before.sequence + moved
    require_whole(before)
    before.save()
    note("sitting.changed", before, by, now, before.body.organisation)
    if moved and before.state == SittingState.CALLED:
        transaction.on_commit(lambda: notifications.moved(before, now))
    return before


@transaction.atomic
def discard_sitting(sitting: Sitting, *, by: Person | None, now: datetime) -> None:
    """Throw away what nobody was called to."""
    sitting = locked_sitting(sitting)
    require(may_prepare(by, sitting))
    if sitting.state != SittingState.DRAFT:
        raise Conflict(_("It was called already: cancel it, with a reason."))
    note("sitting.discarded", sitting, by, now, sitting.body.organisation)
    sitting.delete()


@transaction.atomic
def call_sitting(sitting: Sitting, *, by: Person | None, now: datetime) -> Sitting:
    """Put the agenda before everyone, and call the members."""
    sitting = locked_sitting(sitting)
    require(may_move_sitting(by, sitting, SittingState.CALLED))
    items = list(sitting.items.order_by("position"))
    if not items:
        raise Invalid(_("There is nothing on the agenda yet."))
    for item in items:
        item.sitting = sitting
        require_readable(item)
    sitting.state, sitting.called_at = SittingState.CALLED, now
    sitting.save()
    note("sitting.called", sitting, by, now, sitting.body.organisation)
    webhooks.announce("sitting.called", sitting.pk, organisation=sitting.body.organisation_id, now=now)
    transaction.on_commit(lambda: notifications.called(sitting, now))
    return sitting


@transaction.atomic
def hold_sitting(sitting: Sitting, *, present: Iterable[Seat] = (), by: Person | None, now: datetime) -> Sitting:
    """It took place; say who was there. What it resolved is entered from now on."""
    sitting = locked_sitting(sitting)
    require(may_move_sitting(by, sitting, SittingState.HELD))
    if sitting.starts_at > now:
        raise Invalid(_("It has not begun yet."))
    there = list(present)
    if any(seat.body_id != sitting.body_id for seat in there):
        raise Invalid(_("Only members of this body sit in it."))
    sitting.state = SittingState.HELD
    sitting.save()
    sitting.present.set(there)
    note("sitting.held", sitting, by, now, sitting.body.organisation, present=len(there))
    return sitting


@transaction.atomic
def cancel_sitting(sitting: Sitting, *, reason: Words, by: Person | None, now: datetime) -> Sitting:
    """It will not take place: members hear why, everyone can read it."""
    sitting = locked_sitting(sitting)
    require(may_move_sitting(by, sitting, SittingState.CANCELLED))
    require_reason(reason)
    say(sitting, "reason", reason)
    sitting.state, sitting.sequence = SittingState.CANCELLED, sitting.sequence + 1
    sitting.save()
    note("sitting.cancelled", sitting, by, now, sitting.body.organisation)
    webhooks.announce("sitting.cancelled", sitting.pk, organisation=sitting.body.organisation_id, now=now)
    transaction.on_commit(lambda: notifications.cancelled(sitting, now))
    return sitting


@transaction.atomic
def write_minutes(
    sitting: Sitting, *, minutes: Words, file: object = None, by: Person | None, now: datetime
) -> Sitting:
    """Write the minutes; nobody else reads them before they are published."""
    sitting = locked_sitting(sitting)
    require(may_write(by, sitting.body.organisation))
    require(may_move_sitting(None, sitting, SittingState.PUBLISHED))
    say(sitting, "minutes", minutes)
    sitting.file = file
    require_whole(sitting)
    sitting.save()
    note("sitting.minuted", sitting, by, now, sitting.body.organisation)
    return sitting


@transaction.atomic
def publish_minutes(sitting: Sitting, *, by: Person | None, now: datetime) -> Sitting:
    """Put the minutes before everyone, once every item for decision has its outcome."""
    sitting = locked_sitting(sitting)
    require(may_move_sitting(by, sitting, SittingState.PUBLISHED))
    open_ones = sitting.items.filter(kind=ItemKind.DECISION, resolution__isnull=True).order_by("position")
    if numbers := [str(number) for number in open_ones.values_list("position", flat=True)]:
        raise Invalid(_("Enter first what became of these items: %(numbers)s.") % {"numbers": ", ".join(numbers)})
    if sitting.file_id is None:
        require_said(sitting, "minutes", _("Write the minutes first, or choose their file."))
    sitting.state, sitting.published_at = SittingState.PUBLISHED, now
    sitting.save()
    note("sitting.published", sitting, by, now, sitting.body.organisation)
    webhooks.announce("sitting.published", sitting.pk, organisation=sitting.body.organisation_id, now=now)
    transaction.on_commit(lambda: notifications.minutes(sitting, now))
    return sitting
