"""What every verb here does alike: hold the meeting, write down, let the line move."""

from datetime import datetime

from zenne.core.errors import NotFound
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history
from zenne.people.uploads import actions as uploads

from ..enums import MeetingState, RegistrationState
from ..models import Meeting, Picture, Registration


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands in the database, held until the transaction ends: whoever wants a place waits for the one before."""
    rows = Meeting.objects.select_for_update(of=("self",))
    found = rows.select_related("activity__phase", "process__organisation").filter(pk=meeting.pk).first()
    if found is None:
        raise NotFound()
    found.activity.phase.process = found.process
    return found


def note(event: str, meeting: Meeting, by: Person | None, now: datetime, **details: object) -> None:
    history.record(event, by=by, now=now, about=meeting, organisation=meeting.process.organisation, details=details)


def let_in(meeting: Meeting, now: datetime) -> list[Registration]:
    """Give the free places of a held meeting to those who wait, the first first. Nobody is let in once it has begun."""
    if meeting.state != MeetingState.ANNOUNCED or now >= meeting.starts_at:
        return []
    taken = meeting.registrations.filter(state=RegistrationState.REGISTERED).count()
    line = meeting.registrations.filter(state=RegistrationState.WAITING).select_related("person")
    line = line.order_by("queued_at", "id")
    free = None if meeting.capacity is None else max(0, meeting.capacity - taken)
    first = list(line if free is None else line[:free])
    for registration in first:
        registration.state = RegistrationState.REGISTERED
        registration.save(update_fields=["state"])
    return first


def hide_pictures_of(registration: Registration, now: datetime) -> int:
    """Every picture that shows somebody who no longer agrees is hidden; the number hidden."""
    shown = list(Picture.objects.filter(people=registration, hidden_at__isnull=True).select_related("upload"))
    for picture in shown:
        picture.hidden_at = now
        picture.save(update_fields=["hidden_at"])
    uploads.hide([picture.upload for picture in shown])
    return len(shown)
