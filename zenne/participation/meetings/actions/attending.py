"""The door: who came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from ..enums import MeetingState
from ..errors import NotNow, Unclear
from ..models import Meeting, Registration
from ..rules import may_arrange
from .way import locked, note

EARLY = timedelta(hours=12)
MOST_WALK_INS = 100_000


@dataclass(frozen=True)
class Tick:
    """One tick at the door, perhaps made without a network: the code of the place, whether they are there, and when it was ticked."""

    code: str
    present: bool
    at: datetime


@transaction.atomic
def tick(meeting: Meeting, *, ticks: Iterable[Tick], by: Person, now: datetime) -> list[Registration]:
    """Keep who is there. The same ticks sent twice, or in another order, leave the same: of two for one place the later holds.

    A clock that runs ahead counts as now. Codes that nobody has are passed over: the list at the door may be older than a cancellation.
    Returns the places that were found.
    """
    meeting = locked(meeting)
    require(may_arrange(by, meeting.activity))
    if meeting.state != MeetingState.ANNOUNCED or now < meeting.starts_at - EARLY:
        raise NotNow(_("The door of this meeting is not open yet, or the meeting was cancelled."))
    last: dict[str, Tick] = {}
    for each in ticks:
        if each.code not in last or each.at >= last[each.code].at:
            last[each.code] = each
    found = list(meeting.registrations.filter(code__in=last).select_related("person").order_by("id"))
    changed = []
    for registration in found:
        given = last[registration.code]
        at = min(given.at, now)
        if registration.ticked_at is not None and registration.ticked_at >= at:
            continue
        registration.present, registration.ticked_at, registration.ticked_by = given.present, at, by
        registration.save(update_fields=["present", "ticked_at", "ticked_by"])
        changed.append(registration)
    if changed:
        note("meeting.ticked", meeting, by, now, present=sum(each.present for each in changed), ticks=len(changed))
    return found


@transaction.atomic
def count_walk_ins(meeting: Meeting, *, number: int, by: Person, now: datetime) -> Meeting:
    """How many came without registering."""
    meeting = locked(meeting)
    require(may_arrange(by, meeting.activity))
    if not 0 <= number <= MOST_WALK_INS:
        raise Unclear(_("Give a number of people."), "walk_ins")
    meeting.walk_ins = number
    meeting.save(update_fields=["walk_ins"])
    note("meeting.walk_ins_counted", meeting, by, now, number=number)
    return meeting
