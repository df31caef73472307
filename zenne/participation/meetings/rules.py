"""Who may do what, and when."""

from datetime import datetime

from zenne.participation.processes.enums import Action, ProcessState
from zenne.participation.processes.models import Activity
from zenne.participation.processes.rules import Visitor, allowed, may_edit, permission_for
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.access.enums import Level
from zenne.people.access.rules import reaches
from zenne.people.accounts.models import Person
from zenne.people.organisations.rules import works_for

from .enums import MeetingState, RegistrationState
from .models import Meeting, Registration


def may_arrange(person: Visitor, activity: Activity) -> Answer:
    """Dates, agenda, door, minutes: editors and process managers."""
    return may_edit(person, activity.process.organisation)


def may_see(person: Visitor, meeting: Meeting) -> bool:
    """A draft is for staff; a private meeting for staff and for the group that may register; the others for everybody."""
    organisation = meeting.process.organisation
    if meeting.state == MeetingState.DRAFT or meeting.process.state == ProcessState.DRAFT:
        return works_for(person, organisation)
    return not meeting.private or belongs(person, meeting.activity) or _has_a_place(person, meeting)


def belongs(person: Visitor, activity: Activity) -> bool:
    """Whether a person is one of those that the private meetings of an activity are for."""
    organisation = activity.process.organisation
    if works_for(person, organisation):
        return True
    permission = permission_for(activity, Action.ATTEND)
    if permission is None or permission.level != Level.GROUP:
        return False
    return bool(reaches(person, Level.GROUP, organisation=organisation, group=permission.group))


def _has_a_place(person: Visitor, meeting: Meeting) -> bool:
    """Whoever staff registered for a private meeting sees it."""
    return (
        isinstance(person, Person)
        and meeting.registrations.filter(person_id=person.pk).exclude(state=RegistrationState.CANCELLED).exists()
    )


def is_open(meeting: Meeting, now: datetime) -> Answer:
    """Whether registrations are taken at all."""
    if meeting.state != MeetingState.ANNOUNCED:
        return Refused(Reason.WRONG_STATE)
    return ALLOWED if now < (meeting.register_until or meeting.starts_at) else Refused(Reason.TOO_LATE)


def may_register(person: Visitor, meeting: Meeting, now: datetime) -> Answer:
    if not (answer := is_open(meeting, now)):
        return answer
    if meeting.private and not may_see(person, meeting):
        return Refused(Reason.NOT_IN_GROUP)
    return allowed(person, Action.ATTEND, meeting.activity, now)


def takes_guests(meeting: Meeting) -> bool:
    """Whether people without an account may come: the permission says everyone, and the meeting is public."""
    permission = permission_for(meeting.activity, Action.ATTEND)
    return not meeting.private and permission is not None and permission.level == Level.EVERYONE


def may_leave(person: Visitor, registration: Registration, now: datetime) -> Answer:
    """Whose place it is, as long as the meeting has not begun. Who holds the key of a place (`Registration.key`) is checked by the page."""
    if not isinstance(person, Person) or registration.person_id != person.pk:
        return Refused(Reason.NOT_YOURS)
    return may_change(registration, now)


def may_change(registration: Registration, now: datetime) -> Answer:
    if registration.state == RegistrationState.CANCELLED:
        return Refused(Reason.WRONG_STATE)
    return ALLOWED if now < registration.meeting.starts_at else Refused(Reason.TOO_LATE)
