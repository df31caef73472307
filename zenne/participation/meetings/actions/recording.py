"""What stays of a meeting: minutes, pictures, what was said in the room."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict
from zenne.core.languages import LANGUAGES, attribute
from zenne.participation.ideas.actions import submit_idea
from zenne.participation.ideas.enums import Channel
from zenne.participation.processes.models import Activity, Theme
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.uploads import actions as uploads
from zenne.people.uploads.enums import UploadKind

from .. import telling
from ..enums import MeetingState
from ..errors import ConsentMissing, NotNow, Unclear
from ..models import Contribution, Meeting, Minutes, Picture, Registration
from ..rules import may_arrange
from .way import locked, note


@transaction.atomic
def write_minutes(meeting: Meeting, *, text: Mapping[str, str], by: Person, now: datetime) -> Minutes:
    """Keep the minutes, in one language or more. Published ones change in public: the history says when."""
    meeting = locked(meeting)
    require(may_arrange(by, meeting.activity))
    _began(meeting, now)
    minutes = Minutes.objects.filter(meeting=meeting).first() or Minutes(meeting=meeting)
    for code in LANGUAGES:
        if code in text:
            setattr(minutes, attribute("text", code), text[code].replace("\r\n", "\n").replace("\x00", "").strip())
    if minutes.published_at and not _says_something(minutes):
        raise Unclear(_("Published minutes cannot be emptied: take them back first."), "text")
    minutes.written_by, minutes.written_at = by, now
    minutes.save()
    note("meeting.minutes_written", meeting, by, now)
    return minutes


@transaction.atomic
def publish_minutes(meeting: Meeting, *, by: Person, now: datetime) -> Minutes:
    meeting = locked(meeting)
    require(may_arrange(by, meeting.activity))
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None or not _says_something(minutes):
        raise Unclear(_("Write the minutes first."), "text")
    if minutes.published_at is None:
        minutes.meeting, minutes.published_at = meeting, now
        minutes.save(update_fields=["published_at"])
        note("meeting.minutes_published", meeting, by, now)
        telling.minutes_published(meeting, now)
    return minutes


@transaction.atomic
def take_back_minutes(meeting: Meeting, *, by: Person, now: datetime) -> None:
    meeting = locked(meeting)
    require(may_arrange(by, meeting.activity))
    Minutes.objects.filter(meeting=meeting).update(published_at=None)
    note("meeting.minutes_taken_back", meeting, by, now)


@transaction.atomic
def add_picture(
    meeting: Meeting,
    *,
    data: UploadedFile,
    alt: str,
    people: Iterable[Registration] = (),
    nobody: bool = False,
    by: Person,
    now: datetime,
) -> Picture:
    """Show a picture: of people who all agreed, or on which nobody can be recognised. Of a private meeting it stays in the group."""
    meeting = locked(meeting)
    require(may_arrange(by, meeting.activity))
    _began(meeting, now)
    shown = {registration.pk for registration in people}
    if bool(shown) == nobody:
        raise ConsentMissing(_("Say who can be recognised, or that nobody can."))
    agreed = list(meeting.registrations.filter(pk__in=shown, pictures=True))
    if len(agreed) != len(shown):
        raise ConsentMissing(_("Somebody on this picture has not agreed to be shown."))
    if not alt.strip():
        raise Unclear(_("Say what the picture shows, for who cannot see it."), "alt")
    upload = uploads.store(data, by=by, claim=None, now=now, kinds=[UploadKind.IMAGE], alt=alt.strip())
    picture = Picture.objects.create(meeting=meeting, upload=upload, nobody=nobody, added_by=by, added_at=now)
    picture.people.set(agreed)
    if not meeting.private:
        uploads.publish([upload], now=now)
    note("meeting.picture_added", meeting, by, now, picture=picture.pk)
    return picture


@transaction.atomic
def remove_picture(picture: Picture, *, by: Person, now: datetime) -> None:
    meeting = locked(picture.meeting)
    require(may_arrange(by, meeting.activity))
    upload = picture.upload
    note("meeting.picture_removed", meeting, by, now, picture=picture.pk)
    picture.delete()
    uploads.remove([upload])


@transaction.atomic
def enter_contribution(  # noqa: PLR0913 - everything that is sent, by name
    meeting: Meeting,
    *,
    call: Activity,
    title: str,
    text: str,
    language: str = "",
    theme: Theme | None = None,
    author: Registration | None = None,
    author_name: str = "",
    by: Person,
    now: datetime,
) -> Contribution:
    """Key in what somebody proposes in the room, as an idea of a call of the same process: it counts like those that come online.

    `author` is somebody registered whose account the idea then is; else it stands under `author_name`.
    """
    meeting = locked(meeting)
    require(may_arrange(by, meeting.activity))
    _began(meeting, now)
    if call.process.pk != meeting.process_id or call.kind != "ideation":
        raise Unclear(_("Choose a call for ideas of the same project."), "call")
    if author is not None and author.meeting_id != meeting.pk:
        raise Conflict(_("This person is not registered for this meeting."))
    person = author.person if author else None
    idea = submit_idea(
        activity=call,
        title=title,
        text=text,
        language=language,
        theme=theme,
        author=person,
        author_name="" if person else (author.name if author and not author_name.strip() else author_name),
        channel=Channel.MEETING,
        by=by,
        now=now,
    )
    return Contribution.objects.create(meeting=meeting, idea=idea, entered_at=now)


def _began(meeting: Meeting, now: datetime) -> None:
    if meeting.state != MeetingState.ANNOUNCED or now < meeting.starts_at:
        raise NotNow(_("This meeting has not begun, or was cancelled."))


def _says_something(minutes: Minutes) -> bool:
    return any(getattr(minutes, attribute("text", code)) for code in LANGUAGES)
