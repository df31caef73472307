"""Files for members of staff: asked for, cancelled, taken, and gone after a week."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Invalid, NotFound, TooMany
from zenne.core.languages import current
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import organisations_of
from zenne.people.uploads.models import private_storage

from .enums import UNDER_WAY, ExportState, Failure, Sheet
from .kinds import Audience, Wish, datasets
from .models import Export
from .tasks import STALE, fill, throw_away, write_export
from .writing import MOST_ROWS

# As many rows as are written while somebody waits for the page: well under a second.
AT_ONCE = 500
KEPT_FOR = timedelta(days=7)
# As many long files as one person has under way: the worker has other work as well.
TOGETHER = 3


def begin_export(*, dataset: str, asked: Mapping[str, str], sheet: Sheet, by: Person, now: datetime) -> Export:
    """Make a file of what a list shows: at once when it is short, else behind the scenes. History says who asked for what."""
    kind = datasets.get(dataset)
    if kind is None or kind.audience != Audience.STAFF:
        raise NotFound
    organisations = tuple(organisations_of(by).values_list("pk", flat=True))
    if not organisations:
        require(Refused(Reason.NOT_STAFF))
    total = kind.count(Wish(now=now, asked=asked, person=by, organisations=organisations))
    if sheet == Sheet.XLSX and total >= MOST_ROWS:
        raise Invalid(Failure.TOO_LONG.label)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=by.pk)
        if Export.objects.filter(person=by, state__in=UNDER_WAY).count() >= TOGETHER:
            raise TooMany(_("You have three files under way. Wait until one is ready, or cancel one."))
        made = Export.objects.create(
            person=by,
            dataset=dataset,
            sheet=sheet,
            language=current(),
            asked=dict(asked),
            organisations=list(organisations),
            rows_total=total,
            created_at=now,
            moved_at=now,
        )
        _record(made, "export.asked", by, now)
        if total > AT_ONCE:
            write_export.defer(export=made.pk)
    if total <= AT_ONCE:
        fill(made.pk)
        made.refresh_from_db()
    return made


def open_export(export: Export, *, by: Person, now: datetime) -> Export:
    """The person takes the file: not others', not from an organisation they left. Recorded each time."""
    mine = set(organisations_of(by).values_list("pk", flat=True))
    if export.person_id != by.pk or not set(export.organisations) <= mine:
        require(Refused(Reason.NOT_YOURS))
    if export.state != ExportState.READY:
        require(Refused(Reason.WRONG_STATE))
    with transaction.atomic():
        _record(export, "export.taken", by, now)
    return export


@transaction.atomic
def cancel_export(export: Export, *, by: Person, now: datetime) -> Export:
    """Stop it. Whoever writes it notices at the next step and throws away what was written."""
    export = Export.objects.select_for_update().get(pk=export.pk)
    if export.person_id != by.pk:
        require(Refused(Reason.NOT_YOURS))
    if export.is_over:
        require(Refused(Reason.WRONG_STATE))
    export.state, export.moved_at, export.finished_at = ExportState.CANCELLED, now, now
    export.save(update_fields=["state", "moved_at", "finished_at"])
    _record(export, "export.cancelled", by, now)
    return export


def _record(export: Export, event: str, by: Person, now: datetime) -> None:
    details: dict[str, object] = {
        "dataset": export.dataset,
        "rows": export.rows_total,
        "sheet": export.sheet,
        "asked": export.asked,
        "personal": bool(export.kind and export.kind.personal),
    }
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
    """Delete the files that are a week old, and say of what stopped moving that it did not work. Returns how many went."""
    for export in Export.objects.filter(state__in=UNDER_WAY, moved_at__lt=now - STALE).order_by("pk"):
        changed = Export.objects.filter(pk=export.pk, attempt=export.attempt, state__in=UNDER_WAY).update(
            state=ExportState.FAILED, failure=Failure.INTERRUPTED, moved_at=now, finished_at=now
        )
        if changed:
            throw_away(export)
    return forget_exports(Export.objects.filter(created_at__lt=now - KEPT_FOR).order_by("pk"))
