import hashlib
import secrets
from collections.abc import Collection, Iterable, MutableMapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Max, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from zenne.core.counting import count as counted
from zenne.core.setbacks import NO_ROOM
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from . import limits, papers, pictures
from .enums import UploadKind
from .errors import NoRoom, NotTaken, TooBig, TooManyFiles
from .models import Upload, private_storage
from .queries import abandoned
from .rules import may_change

PICTURES = {b"\xff\xd8\xff": 0, b"\x89PNG\r\n\x1a\n": 0, b"WEBP": 8}
CLAIMS = "uploads.claims"


Session = SessionBase | MutableMapping[str, Any]


def store(
    data: UploadedFile,
    *,
    by: Person | None,
    claim: UUID | None,
    now: datetime,
    kinds: Collection[UploadKind] = (UploadKind.IMAGE, UploadKind.FILE),
    alt: str = "",
    source: str = "",
) -> Upload:
    """Check what somebody gave and keep it, private. `claim` is the draft it is for; without one, `by` hands it in at once.

    `source` (the address a request came from) holds off somebody who makes a new draft for each file; only a digest of it is kept, an
    hour. Raises NotTaken, TooBig, TooManyFiles or NoRoom: nothing is kept then.
    """
    if by is None and claim is None:
        raise ValueError("an upload belongs to a person or to a draft")
    content = _read(data, kinds)
    _hold_off(source)
    if is_picture(content):
        if UploadKind.IMAGE not in kinds:
            raise NotTaken(_("We take documents as PDF, ODT, DOCX, XLSX, TXT or CSV here."))
        picture = pictures.redraw(content)
        upload = Upload(
            kind=UploadKind.IMAGE, content_type=picture.content_type, width=picture.width, height=picture.height
        )
        content, thumbnail, extension = picture.content, picture.thumbnail, picture.extension
    else:
        if UploadKind.FILE not in kinds:
            raise NotTaken(_("We take pictures as JPEG, PNG or WebP here."))
        paper = papers.recognise(content, data.name or "")
        upload = Upload(kind=UploadKind.FILE, content_type=paper.content_type)
        thumbnail, extension = b"", paper.extension
    upload.owner, upload.claim, upload.created_at = by, claim, now
    upload.name = papers.plain_name(data.name or "", extension, limits.NAME_LENGTH)
    upload.alt = " ".join(alt.split())[: limits.ALT_LENGTH]
    upload.size, upload.sha256 = len(content), hashlib.sha256(content).hexdigest()
    return _keep(upload, content, thumbnail, extension)


def is_picture(content: bytes) -> bool:
    """Whether the content begins as a JPEG, PNG or WebP does."""
    return any(content[at : at + len(magic)] == magic for magic, at in PICTURES.items())


def _read(data: UploadedFile, kinds: Collection[UploadKind]) -> bytes:
    """The whole content, never more than the largest we take."""
    data.seek(0)
    start = data.read(16)
    picture = is_picture(start)
    limit = limits.IMAGE_BYTES if picture or UploadKind.FILE not in kinds else limits.FILE_BYTES
    content = start + data.read(limit + 1)
    if not content:
        raise NotTaken(_("This file is empty."))
    if len(content) > limit:
        words = (
            _("Pictures may be up to %(limit)d MB.")
            if limit == limits.IMAGE_BYTES
            else _("Files may be up to %(limit)d MB.")
        )
        raise TooBig(words % {"limit": limit // limits.MEGABYTE})
    return content


def _hold_off(source: str) -> None:
    if not source:
        return
    key = "uploads:" + hashlib.sha256(f"{settings.SECRET_KEY}{source}".encode()).hexdigest()[:32]
    if counted(key, 3600) > limits.PER_SOURCE_AN_HOUR:
        raise TooManyFiles(_("Many files came from your connection. Please try again in an hour."))


def _keep(upload: Upload, content: bytes, thumbnail: bytes, extension: str) -> Upload:
    storage = private_storage()
    stem = f"{upload.created_at:%Y/%m}/{secrets.token_urlsafe(24)}"
    written: list[str] = []
    try:
        with transaction.atomic():
            _within_limits(upload)
            _after_the_last(upload)
            upload.file.name = _write(written, f"{stem}.{extension}", content)
            if thumbnail:
                upload.thumbnail.name = _write(written, f"{stem}.small.{extension}", thumbnail)
            upload.save(force_insert=True)
    except BaseException:
        for name in written:
            with suppress(OSError):
                storage.delete(name)
        raise
    return upload


def _write(written: list[str], name: str, content: bytes) -> str:
    written.append(name)
    try:
        return private_storage().save(name, ContentFile(content))
    except OSError as error:
        if error.errno in NO_ROOM:
            raise NoRoom(_("Your text is kept. Try again later, or send it in without this file.")) from error
        raise


def _within_limits(upload: Upload) -> None:
    """Count under a lock, so that ten files sent at once are counted one after the other."""
    with connection.cursor() as cursor:
        for whose in (f"claim {upload.claim}", f"owner {upload.owner_id}"):
            if not whose.endswith("None"):
                cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"uploads {whose}"])
    if upload.claim and Upload.objects.filter(claim=upload.claim).count() >= limits.PER_CLAIM:
        raise TooManyFiles(
            _("Up to %(limit)d files fit here. Take one out to add another.") % {"limit": limits.PER_CLAIM}
        )
    if upload.owner_id:
        today = Upload.objects.filter(owner_id=upload.owner_id, created_at__gt=upload.created_at - limits.A_DAY)
        if today.count() >= limits.PER_PERSON_A_DAY:
            raise TooManyFiles(
                _("You sent %(limit)d files in a day. Please go on tomorrow.") % {"limit": limits.PER_PERSON_A_DAY}
            )


def _after_the_last(upload: Upload) -> None:
    """Files of one request carry one moment: a microsecond apart, they keep the order they were given in."""
    beside = (
        Upload.objects.filter(claim=upload.claim) if upload.claim else Upload.objects.filter(owner_id=upload.owner_id)
    )
    last = beside.filter(created_at__range=(upload.created_at, upload.created_at + timedelta(seconds=1))).aggregate(
        Max("created_at")
    )
    if at := last["created_at__max"]:
        upload.created_at = at + timedelta(microseconds=1)


def hold_claim(session: Session, claim: UUID) -> None:
    """Remember that this visitor works on that draft, so that they see its pictures before they sign in."""
    held = [text for text in _held(session) if text != str(claim)]
    session[CLAIMS] = [*held[-19:], str(claim)]


def claims_held(session: Session) -> set[UUID]:
    """The drafts this visitor works on."""
    return {UUID(text) for text in _held(session)}


def _held(session: Session) -> list[str]:
    held = session.get(CLAIMS, [])
    return [str(text) for text in held] if isinstance(held, list) else []


@transaction.atomic
def claim_for(person: Person, claim: UUID) -> int:
    """Somebody signed in with a draft in hand: what it holds is theirs from now on. Returns how many."""
    return Upload.objects.filter(claim=claim, owner__isnull=True).update(owner=person)


@transaction.atomic
def hand_in(uploads: Iterable[Upload]) -> int:
    """The draft became a thing: what it holds stays, private until `publish`. Call it in the transaction that hands in the thing."""
    return Upload.objects.filter(pk__in=[upload.pk for upload in uploads]).update(claim=None)


@transaction.atomic
def publish(uploads: Iterable[Upload], *, now: datetime) -> int:
    """Everyone may see these from now on. The app that carries them has checked that they may. Returns how many were not public yet."""
    return Upload.objects.filter(pk__in=[upload.pk for upload in uploads], published_at__isnull=True).update(
        claim=None, published_at=now
    )


@transaction.atomic
def hide(uploads: Iterable[Upload]) -> int:
    """Take these out of public sight, as a moderator's decision asks; they are kept."""
    return Upload.objects.filter(pk__in=[upload.pk for upload in uploads]).update(published_at=None)


@transaction.atomic
def describe(upload: Upload, *, alt: str, by: Person | None, claims: Collection[UUID] = ()) -> Upload:
    """Say in words what a picture shows."""
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    require(may_change(locked, by, claims))
    locked.alt = " ".join(alt.split())[: limits.ALT_LENGTH]
    locked.save(update_fields=["alt"])
    return locked


@transaction.atomic
def discard(upload: Upload, *, by: Person | None, claims: Collection[UUID] = ()) -> None:
    """Throw away what is not public, as its holder asks."""
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    require(may_change(locked, by, claims))
    remove([locked])


@transaction.atomic
def remove(uploads: Iterable[Upload]) -> int:
    """Delete rows and, once that is certain, their files. For apps whose own rule said yes."""
    count = 0
    for upload in uploads:
        names = [name for name in (upload.file.name, upload.thumbnail.name) if name]
        upload.delete()
        transaction.on_commit(partial(_forget, names), robust=True)
        count += 1
    return count


def _forget(names: list[str]) -> None:
    storage = private_storage()
    for name in names:
        storage.delete(name)


def sweep(*, now: datetime) -> int:
    """Delete what belongs to drafts nobody came back to; what some thing still holds on to is left. Returns how many went."""
    gone = 0
    for upload in abandoned(now).iterator(chunk_size=200):
        with suppress(ProtectedError, RestrictedError):
            gone += remove([upload])
    return gone
