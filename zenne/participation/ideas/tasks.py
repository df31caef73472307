"""What happens after an action: telling the many people who stand behind an idea, and writing long files."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import File
from django.utils.translation import override
from procrastinate.contrib.django import app

from zenne.people.accounts.models import Person
from zenne.people.organisations.queries import organisations_of
from zenne.people.uploads.models import private_storage

from .enums import ExportState, Sheet
from .models import Export, Idea
from .notifications import tell
from .queries.staff import Wanted, wanted, within
from .spreadsheet import STEP, Cell, rows, write

BATCH = 1000


@app.task(name="ideas.tell_supporters", queue="default")
def tell_supporters(
    *, kind: str, idea: int, occasion: str, at: str, facts: dict[str, str], of: int | None = None
) -> None:
    """Tell everyone who supports an idea. `of` names the idea whose supporters are meant when it is another one. Nobody hears twice."""
    told = Idea.objects.select_related("process__organisation").get(pk=idea)
    people = (
        Person.objects.filter(idea_supports__idea=of or idea, idea_supports__value=1, is_active=True)
        .exclude(pk=told.author_id)
        .order_by("pk")
    )
    now = datetime.fromisoformat(at)
    last = 0
    while batch := list(people.filter(pk__gt=last)[:BATCH]):
        tell(kind, told, to=batch, occasion=occasion, now=now, **facts)
        last = batch[-1].pk


@app.task(name="ideas.write_export", queue="default", retry=3)
def write_export(*, export: int) -> None:
    """Write a long file behind the scenes. When it was deleted in the meantime there is nothing to do."""
    if found := Export.objects.select_related("person").filter(pk=export).first():
        fill(found)


def fill(export: Export) -> Export:
    """Write the file of an export, telling on the way how far it is. What one may not see any more is not written."""
    allowed = set(organisations_of(export.person).values_list("pk", flat=True)) & set(export.organisations)
    asked = Wanted.read(export.asked)
    ideas = wanted(within(sorted(allowed)), asked, person=export.person, now=export.created_at)
    Export.objects.filter(pk=export.pk).update(state=ExportState.RUNNING, rows_done=0)
    try:
        with override(export.language), TemporaryDirectory() as folder:
            path = Path(folder) / export.name
            write(path, Sheet(export.sheet), _counted(export, rows(ideas, export.created_at)))
            with path.open("rb") as content:
                name = f"exports/{secrets.token_urlsafe(24)}.{export.sheet}"
                export.file.name = private_storage().save(name, File(content))
    except Exception:
        Export.objects.filter(pk=export.pk).update(state=ExportState.FAILED)
        raise
    export.state, export.rows_total = ExportState.READY, export.rows_done
    export.save(update_fields=["state", "file", "rows_total", "rows_done"])
    return export


def _counted(export: Export, lines: Iterable[list[Cell]]) -> Iterator[list[Cell]]:
    export.rows_done = 0
    for line in lines:
        yield line
        export.rows_done += 1
        if export.rows_done % STEP == 0:
            Export.objects.filter(pk=export.pk).update(rows_done=export.rows_done)
