from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.files import File
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .actions import remove
from .queries import given_by


def _export(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "file": _name(upload.pk, upload.name),
            "type": upload.content_type,
            "size": upload.size,
            "description": upload.alt,
            "given": upload.created_at,
            "public_since": upload.published_at,
        }
        for upload in given_by(person)
    ]


def _files(person: Person) -> Iterator[tuple[str, File]]:
    for upload in given_by(person):
        if upload.file.storage.exists(str(upload.file.name)):
            yield _name(upload.pk, upload.name), upload.file.open()


def _name(pk: object, name: str) -> str:
    return f"{str(pk)[:8]}-{name}"


def _erase(person: Person, now: datetime) -> None:
    """What belongs to no thing goes; what was handed in stays with it, without its giver."""
    remove(given_by(person).filter(claim__isnull=False))
    given_by(person).update(owner=None)


personal_data.register(
    "uploads",
    PersonalData(
        _("My pictures and files"),
        covers=("uploads.Upload",),
        export=_export,
        erase=_erase,
        files=_files,
        keeps=_("Pictures and files of what you published stay with it, without your name."),
    ),
)
