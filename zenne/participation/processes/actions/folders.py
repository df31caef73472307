from datetime import datetime

from django.db import transaction

from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record
from zenne.people.organisations.models import Organisation

from ..errors import AddressIsKept, AddressTaken
from ..models import Folder
from ..rules import may_manage
from .writing import Values, apply, in_languages, owe

FIELDS = in_languages(("title", "summary")) | {"slug"}


@transaction.atomic
def create_folder(*, organisation: Organisation, values: Values, by: Person, now: datetime) -> Folder:
    """Open a folder: a page of its own as soon as a public process is filed in it, so it speaks every promised language."""
    require(may_manage(by, organisation))
    folder = Folder(organisation=organisation)
    apply(folder, values, FIELDS)
    _check(folder)
    folder.save()
    record("folder.created", by=by, now=now, about=folder, organisation=organisation)
    return folder


@transaction.atomic
def edit_folder(folder: Folder, *, values: Values, by: Person, now: datetime) -> Folder:
    """Change a folder's words. Its address is kept once a process in it was published."""
    folder = Folder.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=folder.pk)
    require(may_manage(by, folder.organisation))
    changed = apply(folder, values, FIELDS)
    if "slug" in changed and folder.processes.filter(published_at__isnull=False).exists():
        raise AddressIsKept()
    _check(folder)
    if changed:
        folder.save()
        record(
            "folder.edited", by=by, now=now, about=folder, organisation=folder.organisation, details={"fields": changed}
        )
    return folder


@transaction.atomic
def delete_folder(folder: Folder, *, by: Person, now: datetime) -> None:
    """Take a folder away; the processes in it stay, unfiled."""
    require(may_manage(by, folder.organisation))
    record(
        "folder.deleted", by=by, now=now, about=folder, organisation=folder.organisation, details={"slug": folder.slug}
    )
    folder.delete()


def _check(folder: Folder) -> None:
    if Folder.objects.filter(slug=folder.slug).exclude(pk=folder.pk).exists():
        raise AddressTaken()
    owe(folder, folder.organisation)
