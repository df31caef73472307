"""Who was there, and what is paid for it: to the cent, and once."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.participation.meetings.models import Meeting
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from ..models import Attendance, Panel, Payout
from ..queries import days, expected, meetings, to_pay
from ..rules import day_of, may_arrange, may_serve
from .holding import held, note


@transaction.atomic
def take_attendance(panel: Panel, meeting: Meeting, *, present: Collection[int], by: Person, now: datetime) -> int:
    """Say which seats were at a meeting, of those that were taken on its day. Can be taken again until it is paid. Returns how many came."""
    panel = held(panel)
    require(may_serve(by, panel))
    if not meetings(panel).filter(pk=meeting.pk).exists():
        raise Invalid(_("This is not a meeting of the panel."))
    if now < meeting.starts_at:
        raise Invalid(_("Attendance is taken once the meeting has begun."))
    seats = {seat.pk: seat for seat in expected(panel, meeting)}
    if strangers := set(present) - set(seats):
        raise Invalid(_("%(number)s of these seats were not taken on that day.") % {"number": len(strangers)})
    known = {row.seat_id: row for row in Attendance.objects.select_for_update().filter(meeting=meeting, seat__in=seats)}
    changed = 0
    for pk, seat in seats.items():
        came, row = pk in present, known.get(pk)
        if row is not None and row.present == came:
            continue
        if row is not None and row.payout_id is not None:
            raise Conflict(_("%(seat)s is on a closed list to pay: it stands.") % {"seat": seat})
        row = row or Attendance(seat=seat, meeting=meeting)
        row.present, row.cents, row.taken_at = came, panel.allowance if came else 0, now
        row.save()
        changed += 1
    if changed:
        note("panel.attendance_taken", panel, panel, by, now, meeting=meeting.pk, present=len(set(present)))
    return len(set(present))


@transaction.atomic
def close_payout(panel: Panel, *, first_day: date, last_day: date, by: Person, now: datetime) -> Payout:
    """Put whatever is due for the meetings of these days on a list to pay. Nothing can be on two lists, and what is on one stands."""
    panel = held(panel)
    require(may_arrange(by, panel))
    if last_day < first_day:
        raise Invalid(_("The last day comes after the first."))
    if last_day > day_of(now):
        raise Invalid(_("Only what has been can be paid."))
    due = list(to_pay(panel, *days(first_day, last_day)).select_for_update(of=("self",)).order_by("pk"))
    if not due:
        raise Invalid(_("Nothing is due for these days."))
    last = panel.payouts.aggregate(last=Max("number"))["last"] or 0
    made = Payout.objects.create(
        panel=panel, number=last + 1, first_day=first_day, last_day=last_day, closed_at=now, closed_by=by
    )
    Attendance.objects.filter(pk__in=[row.pk for row in due]).update(payout=made)
    note("panel.payout_closed", made, panel, by, now, cents=sum(row.cents for row in due), attendances=len(due))
    return made
