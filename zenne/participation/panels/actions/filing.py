"""Files in the room: given by members or the secretariat, for the room alone until the secretariat publishes them."""

from datetime import datetime
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.participation.meetings.models import Meeting
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.uploads import actions as uploads

from .. import notifications
from ..models import Panel, Paper
from ..models.talk import TITLE_LENGTH
from ..queries import meetings
from ..rules import may_remove, may_serve
from .holding import note, voice


def add_paper(
    panel: Panel,
    *,
    data: UploadedFile,
    title: str = "",
    meeting: Meeting | None = None,
    source: str = "",
    by: Person,
    now: datetime,
) -> Paper:
    """Put a file in the room. It belongs to the panel, not to whoever gave it: who leaves the panel can no longer fetch it."""
    voice(panel, by, now)
    if meeting is not None and not meetings(panel).filter(pk=meeting.pk).exists():
        raise Invalid(_("This is not a meeting of the panel."))
    upload = uploads.store(data, by=None, claim=uuid4(), now=now, source=source)
    with transaction.atomic():
        seat = voice(panel, by, now)
        uploads.hand_in([upload])
        words = " ".join(title.split()) or upload.name
        made = Paper.objects.create(
            panel=panel, meeting=meeting, upload=upload, title=words[:TITLE_LENGTH], seat=seat, added_at=now
        )
        note("panel.paper_added", made, panel, by, now, title=made.title)
        transaction.on_commit(lambda: notifications.paper_added(made, by, now))
    return made


@transaction.atomic
def publish_paper(paper: Paper, *, by: Person, now: datetime) -> Paper:
    """Let everybody read it, on the page of the panel."""
    require(may_serve(by, paper.panel))
    uploads.publish([paper.upload], now=now)
    note("panel.paper_published", paper, paper.panel, by, now, title=paper.title)
    return Paper.objects.select_related("upload").get(pk=paper.pk)


@transaction.atomic
def take_paper_back(paper: Paper, *, by: Person, now: datetime) -> Paper:
    """Keep a published file for the room again."""
    require(may_serve(by, paper.panel))
    uploads.hide([paper.upload])
    note("panel.paper_taken_back", paper, paper.panel, by, now, title=paper.title)
    return Paper.objects.select_related("upload").get(pk=paper.pk)


@transaction.atomic
def remove_paper(paper: Paper, *, by: Person, now: datetime) -> None:
    """Throw a file away: the member who gave it, while it is not public, or the secretariat."""
    paper = (
        Paper.objects.select_for_update(of=("self",))
        .select_related("upload", "panel__process__organisation")
        .get(pk=paper.pk)
    )
    require(may_remove(by, paper, now))
    note("panel.paper_removed", paper.panel, paper.panel, by, now, title=paper.title)
    upload = paper.upload
    paper.delete()
    uploads.remove([upload])
