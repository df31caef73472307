"""The registers: partnerships, agreements, events, questions for research and studies."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.whole import require_whole
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from ..models import Entry
from ..rules import may_write
from .way import note, own, require_said


@transaction.atomic
def save_entry(*, entry: Entry, by: Person | None, now: datetime) -> Entry:
    """Write something into a register, or write it again. What it leads to, or follows, is of the same organisation."""
    require(may_write(by, entry.organisation))
    if entry.project is not None:
        own(entry.project.plan.organisation_id, entry.organisation)
    if entry.department is not None:
        own(entry.department.organisation_id, entry.organisation)
    if entry.follows is not None:
        own(entry.follows.organisation_id, entry.organisation)
        _require_no_circle(entry)
    require_said(entry, "title", _("Give the entry a title."))
    event = "register.changed" if entry.pk else "register.made"
    entry.changed_at = now
    require_whole(entry)
    entry.save()
    note(event, entry, by, now, entry.organisation, kind=entry.kind)
    return entry


def _require_no_circle(entry: Entry) -> None:
    seen, before = {entry.pk}, entry.follows
    while before is not None:
        if before.pk in seen:
            raise Invalid(_("Entries do not follow each other in a circle."))
        seen.add(before.pk)
        before = before.follows
