"""Files of ideas for members of staff: asked for, taken, and gone after a week."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from zenne.core.languages import current
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import organisations_of
from zenne.people.uploads.models import private_storage

from ..enums import ExportState, Sheet
from ..models import Export
from ..queries.staff import Wanted, wanted, within
from ..tasks import fill, write_export

# As many rows as are written while somebody waits for the page: well under a second.
AT_ONCE = 500
KEPT_FOR = timedelta(days=7)
PATIENCE = timedelta(hours=2)


def begin_export(*, asked: Wanted, sheet: Sheet, by: Person, now: datetime) -> Export:
    """Make a file of the ideas that a list shows: at once when it is short, else behind the scenes. History says who took what."""
    with transaction.atomic():
        organisations = list(organisations_of(by).values_list("pk", flat=True))
        if not organisations:
            require(Refused(Reason.NOT_STAFF))
        ideas = wanted(within(organisations), asked, person=by, now=now).order_by()
        made = Export.objects.create(
            person=by,
            sheet=sheet,
            language=current(),
            asked=asked.plain(),
            organisations=organisations,
            rows_total=ideas.count(),
            created_at=now,
        )
        _record(made, "ideas.exported", by, now)
        if made.rows_total > AT_ONCE:
            write_export.defer(export=made.pk)
    return fill(made) if made.rows_total <= AT_ONCE else made


def open_export(export: Export, *, by: Person, now: datetime) -> Export:
    """The person takes the file: not others', not from an organisation they left. Recorded each time."""
    mine = set(organisations_of(by).values_list("pk", flat=True))
    if export.person_id != by.pk or not set(export.organisations) <= mine:
        require(Refused(Reason.NOT_YOURS))
    if export.state != ExportState.READY:
        require(Refused(Reason.WRONG_STATE))
    with transaction.atomic():
        _record(export, "ideas.export_taken", by, now)
    return export


def _record(export: Export, event: str, by: Person, now: datetime) -> None:
    details: dict[str, object] = {"rows": export.rows_total, "sheet": export.sheet, "asked": export.asked}
    for organisation in Organisation.objects.filter(pk__in=export.organisations).order_by("pk"):
        history.record(event, by=by, now=now, about=export, organisation=organisation, details=details)


@transaction.atomic
def forget_exports(exports: Iterable[Export]) -> int:
    """Rows first, files once that is certain."""
    gone = 0
    for export in exports:
        if export.file.name:
            transaction.on_commit(partial(private_storage().delete, export.file.name), robust=True)
        export.delete()
        gone += 1
    return gone


def sweep_exports(*, now: datetime) -> int:
    """Delete the files that are a week old, and say of what never got ready that it did not work. Returns how many went."""
    unready = Export.objects.filter(state__in=[ExportState.WAITING, ExportState.RUNNING])
    unready.filter(created_at__lt=now - PATIENCE).update(state=ExportState.FAILED)
    return forget_exports(Export.objects.filter(created_at__lt=now - KEPT_FOR).order_by("pk"))
