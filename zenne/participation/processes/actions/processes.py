from datetime import datetime
from itertools import chain, count

from django.db import transaction
from django.utils.text import slugify
from wagtail.blocks import StreamValue

from zenne.core.languages import LANGUAGES, shown
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record
from zenne.people.organisations.models import Organisation

from ..enums import ProcessState
from ..errors import AddressIsKept, AddressTaken, Faulty, Incomplete, WrongState
from ..gaps import DESCRIPTION, Gap
from ..models import Description, Folder, Process
from ..rules import may_edit, may_manage
from .writing import Values, apply, in_languages, keep_promise, locked

TEXTS = in_languages(("title", "summary", "contact_text")) | {"contact_name", "contact_email", "contact_phone", "cover"}
SETTINGS = {"slug", "area"}
RESERVED = {"folders"}


@transaction.atomic
def create_process(*, organisation: Organisation, values: Values, by: Person, now: datetime) -> Process:
    """Begin a draft. `values` are fields by attribute (`title_fr`, `slug`, `area`, ...); without a slug, the title makes one."""
    require(may_manage(by, organisation))
    process = Process(organisation=organisation, created_at=now)
    apply(process, values, TEXTS | SETTINGS)
    process.slug = process.slug or _free_slug(process)
    _check_slug(process)
    process.save()
    record("process.created", by=by, now=now, about=process, organisation=organisation)
    return process


@transaction.atomic
def edit_process(process: Process, *, values: Values, by: Person, now: datetime) -> Process:
    """Change texts, contact or cover (editors), address or area (managers). The address is kept from the first publication on."""
    process = locked(process)
    require(may_edit(by, process.organisation))
    changed = apply(process, values, TEXTS | SETTINGS)
    if SETTINGS & set(changed):
        require(may_manage(by, process.organisation))
    if "slug" in changed:
        if process.published_at:
            raise AddressIsKept()
        _check_slug(process)
    keep_promise(process, process)
    if changed:
        process.save()
        record(
            "process.edited",
            by=by,
            now=now,
            about=process,
            organisation=process.organisation,
            details={"fields": changed},
        )
    return process


@transaction.atomic
def write_description(
    process: Process, *, language: str, body: StreamValue | list[object], by: Person, now: datetime
) -> Description:
    """Set the long text in one language. A promised language of a public process cannot be emptied."""
    process = locked(process)
    require(may_edit(by, process.organisation))
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is not a language of this installation")
    if not body and process.state != ProcessState.DRAFT and language in process.organisation.languages:
        raise Incomplete([Gap(process, DESCRIPTION, language)])
    description, _new = Description.objects.get_or_create(process=process, language=language)
    before = description.body.raw_data if description.pk else []
    description.body = body
    description.save()
    if list(before) != list(description.body.raw_data):
        details: dict[str, object] = {"language": language}
        record("process.described", by=by, now=now, about=process, organisation=process.organisation, details=details)
    return description


@transaction.atomic
def move_to_folder(process: Process, *, folder: Folder | None, by: Person, now: datetime) -> Process:
    """File a process with others of its organisation, or take it out of its folder."""
    process = locked(process)
    require(may_manage(by, process.organisation))
    if folder and folder.organisation_id != process.organisation_id:
        raise Faulty(field="folder")
    if process.folder_id != (folder.pk if folder else None):
        process.folder = folder
        process.save(update_fields=["folder"])
        record("process.moved", by=by, now=now, about=process, organisation=process.organisation)
    return process


@transaction.atomic
def renew_preview_link(process: Process, *, by: Person, now: datetime) -> Process:
    """Make the preview link that was shared open nothing any more, and give a new one."""
    process = locked(process)
    require(may_manage(by, process.organisation))
    process.preview_key = Process._meta.get_field("preview_key").get_default()
    process.save(update_fields=["preview_key"])
    record("process.preview_renewed", by=by, now=now, about=process, organisation=process.organisation)
    return process


@transaction.atomic
def delete_draft(process: Process, *, by: Person, now: datetime) -> None:
    """Throw a process away that was never public."""
    process = locked(process)
    require(may_manage(by, process.organisation))
    if process.published_at:
        raise WrongState()
    record(
        "process.deleted",
        by=by,
        now=now,
        about=process,
        organisation=process.organisation,
        details={"slug": process.slug},
    )
    process.delete()


def _free_slug(process: Process) -> str:
    """An address made of the title; numbered when it is taken."""
    base = slugify(shown(process, "title")[0])[:70].strip("-") or "process"
    taken = {*RESERVED, *Process.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    return next(slug for slug in chain([base], (f"{base}-{number}" for number in count(2))) if slug not in taken)


def _check_slug(process: Process) -> None:
    if process.slug in RESERVED or Process.objects.filter(slug=process.slug).exclude(pk=process.pk).exists():
        raise AddressTaken()
