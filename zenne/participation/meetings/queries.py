"""The reads worth a name. `public` is what anybody may read; a private meeting is in none of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zenne.core.clock import at_brussels
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Activity
from zenne.people.accounts.models import Person

from .enums import COMING, MeetingState, RegistrationState
from .models import CalendarKey, Meeting, Registration, Series


def with_place() -> QuerySet[Meeting]:
    """Meetings with what a list of them shows."""
    rows = Meeting.objects.select_related("process__organisation", "activity__phase", "commune")
    return rows.defer("commune__outline").order_by("starts_at", "id")


def public() -> QuerySet[Meeting]:
    """Announced or cancelled, of a process that is public, and for everybody to read."""
    hidden = Q(private=True) | Q(state=MeetingState.DRAFT) | Q(process__state=ProcessState.DRAFT)
    return with_place().exclude(hidden)


def of_activity(activity: Activity, *, private: bool) -> QuerySet[Meeting]:
    """What an activity's page lists: with `private` also what is for its group."""
    found = with_place().filter(activity=activity).exclude(state=MeetingState.DRAFT)
    return found if private else found.filter(private=False)


def of_series(series: Series) -> QuerySet[Meeting]:
    """Every date of a series, drafts and cancelled ones too."""
    return with_place().filter(series=series)


def upcoming(meetings: QuerySet[Meeting], now: datetime) -> QuerySet[Meeting]:
    return meetings.filter(ends_at__gt=now)


def past(meetings: QuerySet[Meeting], now: datetime) -> QuerySet[Meeting]:
    """The last first."""
    return meetings.filter(ends_at__lte=now).order_by("-starts_at", "-id")


def place_of(person: object, meeting: Meeting) -> Registration | None:
    """The place a person has or had."""
    if not isinstance(person, Person):
        return None
    return meeting.registrations.filter(person_id=person.pk).first()


def place_by_key(key: UUID) -> Registration | None:
    rows = Registration.objects.select_related("person", "meeting__process__organisation", "meeting__activity__phase")
    return rows.filter(key=key, forgotten_at__isnull=True).first()


def places_of(person: Person) -> QuerySet[Registration]:
    """Where a person comes or waits, the next first."""
    rows = Registration.objects.filter(person_id=person.pk, state__in=COMING)
    rows = rows.exclude(meeting__process__state=ProcessState.DRAFT)
    rows = rows.select_related("meeting__process__organisation", "meeting__activity__phase", "meeting__commune")
    return rows.defer("meeting__commune__outline").order_by("meeting__starts_at", "id")


def at_the_door(meeting: Meeting) -> QuerySet[Registration]:
    """Who is expected, by name: those with a place, then those in the line."""
    rows = meeting.registrations.filter(state__in=COMING).select_related("person")
    return rows.order_by("state", "guest_name", "person__name", "id")


def attendance(meetings: Iterable[Meeting]) -> dict[int, set[int]]:
    """For each meeting (by number) the people (by number) who were ticked at the door."""
    numbers = [meeting.pk for meeting in meetings]
    rows = Registration.objects.filter(meeting__in=numbers, present=True, person__isnull=False)
    found: dict[int, set[int]] = {number: set() for number in numbers}
    for meeting, person in rows.order_by("id").values_list("meeting_id", "person_id"):
        found[meeting].add(person)
    return found


def present(meeting: Meeting) -> int:
    """How many came: those who were ticked, and those who were counted."""
    ticked = meeting.registrations.filter(present=True, state__in=[*COMING, RegistrationState.CANCELLED]).count()
    return ticked + meeting.walk_ins


def calendar_of(person: Person) -> CalendarKey | None:
    return CalendarKey.objects.filter(person=person).first()


def owner_of_calendar(key: UUID) -> Person | None:
    found = CalendarKey.objects.filter(key=key, person__is_active=True).select_related("person").first()
    return found.person if found else None


def for_calendar(person: Person) -> QuerySet[Registration]:
    """What a person's own calendar has: where they come or wait, also what was cancelled for all; the last first."""
    return places_of(person).order_by("-meeting__starts_at", "-id")


@dataclass(frozen=True)
class Filters:
    """What the public calendar is narrowed by. Values that mean nothing are left out (`forms.filters_from`)."""

    process: str = ""
    organisation: str = ""
    area: str = ""
    need: str = ""
    first: date | None = None

    @property
    def some(self) -> bool:
        return bool(self.process or self.organisation or self.area or self.need or self.first)


def narrowed(meetings: QuerySet[Meeting], filters: Filters) -> QuerySet[Meeting]:
    if filters.process:
        meetings = meetings.filter(process__slug=filters.process)
    if filters.organisation:
        meetings = meetings.filter(process__organisation__slug=filters.organisation)
    if filters.area:
        meetings = meetings.filter(commune__code=filters.area)
    if filters.need:
        meetings = meetings.filter(needs_offered__contains=[filters.need])
    return meetings


def between(meetings: QuerySet[Meeting], first: date, end: date) -> QuerySet[Meeting]:
    """Those that touch the days from `first` on and before `end`, in Brussels."""
    return meetings.filter(starts_at__lt=at_brussels(end), ends_at__gt=at_brussels(first))
