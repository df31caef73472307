from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.participation.processes.models import Activity
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.uploads import actions as uploads
from zenne.people.uploads import queries as uploaded
from zenne.people.uploads.enums import UploadKind
from zenne.people.uploads.errors import TooManyFiles
from zenne.people.uploads.models import Upload

from ..enums import Step
from ..models import Draft
from ..queries import abandoned_drafts

KEPT = ("title", "text", "theme", "language", "place", "lon", "lat", "address")
LARGEST = 20_000


@transaction.atomic
def save_draft(
    *,
    activity: Activity,
    data: Mapping[str, Any],
    step: Step = Step.IDEA,
    key: UUID | None = None,
    by: Person | None,
    now: datetime,
) -> Draft:
    """Keep what was typed, complete or not. The fields that `data` names are replaced, the others stay."""
    draft = Draft.objects.select_for_update().filter(pk=key, activity=activity).first() if key else None
    if draft is None:
        draft = Draft(activity=activity, person=by, started_at=now)
    elif draft.person_id and (by is None or draft.person_id != by.pk):
        require(Refused(Reason.NOT_YOURS))
    words = {
        name: str(value).replace("\x00", "")[:LARGEST]
        for name, value in data.items()
        if name in KEPT and value is not None
    }
    draft.data = {**draft.data, **words}
    draft.person = draft.person or by
    draft.step, draft.updated_at = step, now
    draft.save()
    return draft


@transaction.atomic
def take_over(draft: Draft, *, by: Person, now: datetime) -> Draft:
    """Somebody signed in with a draft in hand: it is theirs from now on."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.person_id is None:
        draft.person, draft.updated_at = by, now
        draft.save(update_fields=["person", "updated_at"])
        uploads.claim_for(by, draft.key)
    elif draft.person_id != by.pk:
        require(Refused(Reason.NOT_YOURS))
    return draft


def attach(
    draft: Draft, data: UploadedFile, *, alt: str = "", source: str = "", by: Person | None, now: datetime
) -> Upload:
    """Add a picture or a file to a draft, within what the rule allows. Raises TooManyFiles and what `uploads.store` raises."""
    settings = draft.activity.ideation
    kinds = [
        kind for kind, most in ((UploadKind.IMAGE, settings.max_photos), (UploadKind.FILE, settings.max_files)) if most
    ]
    if not kinds:
        raise Invalid(_("This call takes no pictures and no files."))
    with transaction.atomic():
        Draft.objects.select_for_update().get(pk=draft.pk)
        made = uploads.store(data, by=by, claim=draft.key, now=now, kinds=kinds, alt=alt, source=source)
        most = settings.max_photos if made.kind == UploadKind.IMAGE else settings.max_files
        if uploaded.of(draft.key).filter(kind=made.kind).count() > most:
            uploads.remove([made])
            words = (
                _("Up to %(limit)d pictures fit here.")
                if made.kind == UploadKind.IMAGE
                else _("Up to %(limit)d files fit here.")
            )
            too_many = words % {"limit": most}
        else:
            too_many = ""
    if too_many:
        raise TooManyFiles(too_many)
    return made


@transaction.atomic
def detach(draft: Draft, upload: Upload, *, by: Person | None) -> None:
    """Take a picture or a file out of a draft."""
    if upload.claim != draft.key:
        require(Refused(Reason.NOT_YOURS))
    uploads.discard(upload, by=by, claims=[draft.key])


@transaction.atomic
def forget_draft(draft: Draft) -> None:
    """Throw a draft away, with the files it holds."""
    uploads.remove(uploaded.of(draft.key))
    draft.delete()


def sweep_drafts(*, now: datetime) -> int:
    """Throw away what nobody came back to for two months. Returns how many went."""
    gone = 0
    for draft in abandoned_drafts(now).iterator(chunk_size=200):
        forget_draft(draft)
        gone += 1
    return gone
