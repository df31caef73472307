"""What stands on the page beside the timeline: themes, frequent questions, documents, the team. Four nouns, the same four verbs."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.text import slugify

from zenne.core.languages import shown
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..errors import Faulty
from ..models import Document, FrequentQuestion, Process, TeamMember, Theme
from ..rules import may_edit
from .writing import Values, apply, in_languages, keep_promise, locked

Item = TypeVar("Item", Theme, FrequentQuestion, Document, TeamMember)

FIELDS: dict[type, set[str]] = {
    Theme: in_languages(("title", "description")) | {"slug", "icon", "motif", "hue"},
    FrequentQuestion: in_languages(("question", "answer")),
    Document: in_languages(("title",)) | {"file", "language"},
    TeamMember: in_languages(("task",)) | {"name"},
}
NOUNS: dict[type, str] = {Theme: "theme", FrequentQuestion: "question", Document: "document", TeamMember: "team_member"}


@transaction.atomic
def add_content(process: Process, model: type[Item], *, values: Values, by: Person, now: datetime) -> Item:
    """Add a theme, question, document or team member at the end of its list."""
    process = locked(process)
    require(may_edit(by, process.organisation))
    last = model._default_manager.filter(process=process).order_by("position").last()
    item = model(process=process, position=last.position + 1 if last else 1)
    apply(item, values, FIELDS[model])
    _check(item)
    keep_promise(process, item)
    item.save()
    record(f"{NOUNS[model]}.added", by=by, now=now, about=item, organisation=process.organisation)
    return item


@transaction.atomic
def edit_content(item: Item, *, values: Values, by: Person, now: datetime) -> Item:
    """Change one of them."""
    process = locked(item.process)
    require(may_edit(by, process.organisation))
    item = type(item)._default_manager.get(pk=item.pk)
    changed = apply(item, values, FIELDS[type(item)])
    _check(item)
    keep_promise(process, item)
    if changed:
        item.save()
        details: dict[str, object] = {"fields": changed}
        record(
            f"{NOUNS[type(item)]}.edited",
            by=by,
            now=now,
            about=item,
            organisation=process.organisation,
            details=details,
        )
    return item


@transaction.atomic
def move_content(item: Item, *, up: bool, by: Person, now: datetime) -> Item:
    """Swap one with its neighbour. At the end of the list nothing happens."""
    process = locked(item.process)
    require(may_edit(by, process.organisation))
    model = type(item)
    order = list(model._default_manager.filter(process=process).order_by("position", "id"))
    here = order.index(item)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        for position, each in enumerate(order, start=1):
            model._default_manager.filter(pk=each.pk).update(position=position)
        record(f"{NOUNS[model]}.moved", by=by, now=now, about=item, organisation=process.organisation)
    item.refresh_from_db(fields=["position"])
    return item


@transaction.atomic
def delete_content(item: Item, *, by: Person, now: datetime) -> None:
    """Take one out. A theme that contributions stand under is protected by them (django's ProtectedError)."""
    process = locked(item.process)
    require(may_edit(by, process.organisation))
    record(f"{NOUNS[type(item)]}.deleted", by=by, now=now, about=item, organisation=process.organisation)
    item.delete()


def _check(item: Theme | FrequentQuestion | Document | TeamMember) -> None:
    if isinstance(item, TeamMember) and not item.name.strip():
        raise Faulty(field="name")
    if isinstance(item, Theme):
        item.slug = item.slug or _free_slug(item)


def _free_slug(theme: Theme) -> str:
    """An address made of the title; numbered when another theme of the process has it."""
    base = slugify(shown(theme, "title")[0])[:50] or "theme"
    taken = set(Theme.objects.filter(process=theme.process).exclude(pk=theme.pk).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, 1000))) if slug not in taken)
