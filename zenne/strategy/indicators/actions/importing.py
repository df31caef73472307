"""A file of measurements: read by the worker, shown as what would change, and written when somebody says so."""

import hashlib
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zenne.core import sheets
from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import say
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record
from zenne.people.organisations.models import Organisation

from .. import filing, reading, tasks
from ..enums import IMPORT_TRANSITIONS, ImportState, MeasurementState
from ..models import Import
from ..rules import may_define, may_import
from .way import Words, public_reason

FORGOTTEN = timedelta(days=7)


@transaction.atomic
def read_file(
    organisation: Organisation,
    *,
    name: str,
    content: bytes,
    enters_as: MeasurementState = MeasurementState.PROVISIONAL,
    by: Person,
    now: datetime,
) -> Import:
    """Keep a file and let the worker read it. Raises Conflict while another one is under way, Invalid for one that is too large or empty.

    `enters_as` is PROVISIONAL or PUBLISHED; the second is for those who may publish.
    """
    require(may_import(by, organisation))
    if enters_as == MeasurementState.PUBLISHED:
        require(may_define(by, organisation))
    if not content.strip():
        raise Invalid(_("This file is empty."))
    if len(content) > reading.MOST_BYTES:
        raise Invalid(_("This file is too large: 50 MB at most."))
    try:
        with transaction.atomic():
            made = Import.objects.create(
                organisation=organisation,
                enters_as=enters_as,
                name=name[:200],
                sha256=hashlib.sha256(content).hexdigest(),
                total=sheets.about(content),
                made_by=by,
                made_at=now,
            )
    except IntegrityError as error:
        raise Conflict(_("A file of your organisation is being read already. Put it away first.")) from error
    made.file.save(f"measurements/{organisation.pk}-{made.pk}", ContentFile(content), save=True)
    transaction.on_commit(partial(tasks.read_file.defer, file=made.pk))
    return made


@transaction.atomic
def write_file(file: Import, *, because: Words | None = None, by: Person, now: datetime) -> Import:
    """Let the worker write what was read. `because` is the public reason of the revisions; needed where there are any."""
    file = _held(file)
    require(may_import(by, file.organisation))
    if file.preview.get("totals", {}).get(filing.REVISED):
        require(may_define(by, file.organisation))
        say(file, "because", public_reason(file.organisation, because))
    if file.enters_as == MeasurementState.PUBLISHED:
        require(may_define(by, file.organisation))
    _step(file, ImportState.WRITING)
    file.done = 0
    file.save()
    transaction.on_commit(partial(tasks.write_file.defer, file=file.pk))
    return file


@transaction.atomic
def discard_file(file: Import, *, by: Person | None, now: datetime) -> Import:
    """Put a file away; nothing of it was written, and it is deleted. `by` None: the clock does it."""
    file = _held(file)
    if by is not None:
        require(may_import(by, file.organisation))
    _step(file, ImportState.DISCARDED)
    file.ended_at = now
    filing.delete_file(file)
    file.save()
    record(
        "measurements.file_discarded",
        by=by,
        now=now,
        about=file,
        organisation=file.organisation,
        details={"name": file.name},
    )
    return file


def discard_forgotten(*, now: datetime) -> int:
    """Files that were read and never written go after a week. How many."""
    count = 0
    for file in Import.objects.filter(state=ImportState.READ, made_at__lt=now - FORGOTTEN).order_by("pk"):
        discard_file(file, by=None, now=now)
        count += 1
    return count


def _held(file: Import) -> Import:
    return Import.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=file.pk)


def _step(file: Import, to: ImportState) -> None:
    if to not in IMPORT_TRANSITIONS[ImportState(file.state)]:
        require(Refused(Reason.WRONG_STATE))
    file.state = to
