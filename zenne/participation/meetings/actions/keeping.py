"""What the clock and the people themselves ask for: reminders, forgetting, the address of one's own calendar."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from zenne.core.clock import at_brussels, in_brussels
from zenne.people.accounts.models import Person

from .. import telling
from ..enums import MeetingState, RegistrationState
from ..models import CalendarKey, Meeting, Needs, Registration
from .registering import give_back
from .way import hide_pictures_of, locked, note

FORGET_AFTER = timedelta(days=30)
CONFIRM_WITHIN = timedelta(days=2)


def remind_due(*, now: datetime) -> int:
    """Remind who is registered for a meeting of tomorrow, by the days of Brussels; once per meeting and moment. The number of meetings.

    The clock calls this from the hour at which letters may leave; a worker that was down catches up, also on the day itself, until it begins.
    """
    tomorrow = in_brussels(now).date() + timedelta(days=1)
    until = at_brussels(tomorrow + timedelta(days=1))
    due = Meeting.objects.filter(
        state=MeetingState.ANNOUNCED, reminded_at__isnull=True, starts_at__gt=now, starts_at__lt=until
    )
    count = 0
    for pk in due.order_by("starts_at", "id").values_list("pk", flat=True):
        with transaction.atomic():
            meeting = locked(Meeting(pk=pk))
            if meeting.state != MeetingState.ANNOUNCED or meeting.reminded_at is not None or meeting.starts_at >= until:
                continue
            meeting.reminded_at = now
            meeting.save(update_fields=["reminded_at"])
            coming = list(
                meeting.registrations.filter(state=RegistrationState.REGISTERED).select_related("person").order_by("id")
            )
            telling.reminded(meeting, coming, now)
            count += 1
    return count


def sweep(*, now: datetime) -> int:
    """Forget: what people needed, once the meeting is over; guests, a month later; addresses that nobody confirmed. The number of rows."""
    over = Needs.objects.filter(
        Q(registration__meeting__ends_at__lte=now) | Q(registration__meeting__state=MeetingState.CANCELLED)
    )
    count = over.delete()[0]
    unconfirmed = Registration.objects.filter(
        state=RegistrationState.UNCONFIRMED, created_at__lt=now - CONFIRM_WITHIN, person__isnull=True
    )
    count += unconfirmed.delete()[0]
    for pk in Meeting.objects.filter(swept_at__isnull=True, ends_at__lt=now - FORGET_AFTER).values_list(
        "pk", flat=True
    ):
        with transaction.atomic():
            meeting = locked(Meeting(pk=pk))
            guests = meeting.registrations.filter(person__isnull=True, forgotten_at__isnull=True)
            for registration in guests.filter(pictures=True).order_by("id"):
                hide_pictures_of(registration, now)
            gone = guests.update(guest_name="", guest_email="", pictures=False, forgotten_at=now)
            meeting.swept_at = now
            meeting.save(update_fields=["swept_at"])
            if gone:
                note("meeting.guests_forgotten", meeting, None, now, number=gone)
            count += gone
    return count


def forget_person(person: Person, *, now: datetime) -> None:
    """Somebody's account is erased: places to come go to the next in the line, what they needed and agreed to is gone; the rows stay, and count."""
    for registration in Registration.objects.filter(person_id=person.pk).select_related("meeting").order_by("id"):
        meeting = locked(registration.meeting)
        if registration.pictures:
            hide_pictures_of(registration, now)
        if now < meeting.starts_at and registration.state != RegistrationState.CANCELLED:
            give_back(registration, meeting, now)
        Registration.objects.filter(pk=registration.pk).update(person=None, pictures=False, forgotten_at=now)
        Needs.objects.filter(registration=registration).delete()
    Registration.objects.filter(ticked_by=person).update(ticked_by=None)
    CalendarKey.objects.filter(person=person).delete()


@transaction.atomic
def renew_calendar_key(person: Person, *, now: datetime) -> CalendarKey:
    """An address for a person's own calendar; the one before leads nowhere from now on."""
    return CalendarKey.objects.update_or_create(person=person, defaults={"key": uuid.uuid4(), "made_at": now})[0]
