import errno
import threading
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection

from tests.people.uploads import given
from tests.people.uploads.factories import person
from tests.people.uploads.given import NOW, sent
from zenne.people.access.answers import NotAllowed, Reason
from zenne.people.uploads import actions, limits, queries
from zenne.people.uploads.enums import UploadKind
from zenne.people.uploads.errors import NoRoom, NotTaken, TooBig, TooManyFiles
from zenne.people.uploads.models import Upload

pytestmark = pytest.mark.django_db


class FullDisk(FileSystemStorage):
    """A disk with no byte left: the kernel itself says so."""

    def path(self, name: str) -> str:
        return super().path(name)

    def _save(self, name: str, content: object) -> str:
        if name.endswith(self.full_for):
            with Path("/dev/full").open("wb", buffering=0) as full:
                full.write(b"x")
        return super()._save(name, content)

    full_for = ""


def files_kept() -> list[str]:
    folder = Path(storages["uploads"].location)
    return sorted(str(path) for path in folder.rglob("*") if path.is_file())


def stored(by: object = None, claim: UUID | None = None, **options: object) -> Upload:
    return actions.store(sent(given.picture(), "photo.jpg"), by=by, claim=claim, now=NOW, **options)


def test_a_picture_is_kept_private_with_its_measures_under_a_name_nobody_can_guess() -> None:
    author, claim = person(), uuid4()
    upload = actions.store(
        sent(given.photo_with_place(), "chez moi.PNG"), by=author, claim=claim, now=NOW, alt=" Un   arbre "
    )
    upload.refresh_from_db()
    assert (upload.owner, upload.claim, upload.kind, upload.name) == (author, claim, UploadKind.IMAGE, "chez moi.jpg")
    assert (upload.width, upload.height, upload.alt, upload.published_at) == (60, 80, "Un arbre", None)
    assert upload.size == storages["uploads"].size(upload.file.name)
    assert "chez" not in upload.file.name and str(upload.pk) not in upload.file.name


def test_a_document_is_kept_byte_for_byte() -> None:
    upload = actions.store(sent(given.pdf(), "plan.exe"), by=person(), claim=None, now=NOW)
    assert (upload.kind, upload.name, upload.content_type) == (UploadKind.FILE, "plan.pdf", "application/pdf")
    assert upload.file.read() == given.pdf()


@pytest.mark.parametrize(
    ("content", "kinds"), [(given.pdf(), [UploadKind.IMAGE]), (given.picture(), [UploadKind.FILE])]
)
def test_a_kind_that_is_not_asked_for_is_refused(content: bytes, kinds: list[UploadKind]) -> None:
    with pytest.raises(NotTaken):
        actions.store(sent(content), by=person(), claim=None, now=NOW, kinds=kinds)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(NotTaken):
        actions.store(sent(b""), by=person(), claim=None, now=NOW)


@pytest.mark.parametrize(
    ("content", "limit"),
    [(given.picture(), limits.IMAGE_BYTES), (given.pdf(), limits.FILE_BYTES)],
    ids=["picture", "file"],
)
def test_one_byte_over_the_limit_is_refused(content: bytes, limit: int) -> None:
    with pytest.raises(TooBig):
        actions.store(sent(content + bytes(limit + 1 - len(content))), by=person(), claim=None, now=NOW)


def test_an_upload_without_person_and_draft_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="belongs"):
        stored()


@pytest.mark.parametrize("full_for", ["jpg", ".small.jpg"])
def test_a_full_disk_is_said_and_leaves_nothing_behind(
    settings: object, full_for: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_kept()
    monkeypatch.setattr(FullDisk, "full_for", full_for)
    backend = f"{FullDisk.__module__}.{FullDisk.__qualname__}"
    options = {"location": storages["uploads"].location}
    settings.STORAGES = settings.STORAGES | {"uploads": {"BACKEND": backend, "OPTIONS": options}}
    with pytest.raises(NoRoom) as refused:
        stored(by=person())
    assert refused.value.status == 507 and refused.value.__cause__.errno == errno.ENOSPC
    assert not Upload.objects.exists() and files_kept() == before


def test_a_draft_holds_only_so_many_files() -> None:
    claim = uuid4()
    for _n in range(limits.PER_CLAIM):
        stored(claim=claim)
    with pytest.raises(TooManyFiles):
        stored(claim=claim)
    assert stored(claim=uuid4())


def test_a_person_sends_only_so_many_files_in_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_PERSON_A_DAY", 2)
    author = person()
    stored(by=author), stored(by=author, claim=uuid4())
    with pytest.raises(TooManyFiles):
        stored(by=author, claim=uuid4())
    assert actions.store(sent(given.picture()), by=author, claim=None, now=NOW + timedelta(days=1, seconds=1))


def test_a_connection_that_makes_a_new_draft_for_each_file_is_held_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_SOURCE_AN_HOUR", 2)
    stored(claim=uuid4(), source="192.0.2.7"), stored(claim=uuid4(), source="192.0.2.7")
    with pytest.raises(TooManyFiles):
        stored(claim=uuid4(), source="192.0.2.7")
    assert stored(claim=uuid4(), source="192.0.2.8")


@pytest.mark.django_db(transaction=True)
def test_files_sent_at_once_are_counted_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_CLAIM", 3)
    claim, refused = uuid4(), []

    def send() -> None:
        try:
            stored(claim=claim)
        except TooManyFiles as error:
            refused.append(error)
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _n in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert (queries.of(claim).count(), len(refused)) == (3, 5)


def test_signing_in_makes_a_drafts_files_ones_own_and_nobody_elses() -> None:
    author, claim = person(), uuid4()
    mine, strangers, taken = stored(claim=claim), stored(claim=uuid4()), stored(by=person(), claim=claim)
    assert actions.claim_for(author, claim) == 1
    for upload in (mine, strangers, taken):
        upload.refresh_from_db()
    assert mine.owner == author and strangers.owner is None and taken.owner != author
    assert list(queries.of(claim)) == [mine, taken]


def test_publishing_keeps_the_first_moment_and_ends_the_draft() -> None:
    upload = stored(claim=uuid4())
    assert actions.publish([upload], now=NOW) == 1
    assert actions.publish([upload], now=NOW + timedelta(days=1)) == 0
    upload.refresh_from_db()
    assert (upload.published_at, upload.claim) == (NOW, None)


def test_hiding_makes_a_published_file_private_again() -> None:
    upload = stored(by=person())
    actions.publish([upload], now=NOW)
    actions.hide([upload])
    upload.refresh_from_db()
    assert upload.published_at is None


def test_its_holder_throws_it_away_with_its_files(django_capture_on_commit_callbacks: object) -> None:
    claim = uuid4()
    upload = stored(claim=claim)
    names = {upload.file.path, upload.thumbnail.path}
    assert names <= set(files_kept())
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(upload, by=None, claims={claim})
    assert not Upload.objects.exists() and not names & set(files_kept())


def test_a_stranger_cannot_describe_or_discard_it() -> None:
    claim = uuid4()
    upload = stored(by=person(), claim=claim)
    for attempt in (actions.discard, lambda upload, **who: actions.describe(upload, alt="x", **who)):
        with pytest.raises(NotAllowed) as refused:
            attempt(upload, by=person(), claims={claim})
        assert refused.value.refused.reason == Reason.NOT_YOURS


def test_what_is_public_is_no_longer_the_holders_to_throw_away() -> None:
    author = person()
    upload = stored(by=author)
    actions.publish([upload], now=NOW)
    with pytest.raises(NotAllowed) as refused:
        actions.discard(upload, by=author)
    assert refused.value.refused.reason == Reason.WRONG_STATE


def test_the_sweep_takes_forgotten_drafts_and_nothing_else(django_capture_on_commit_callbacks: object) -> None:
    forgotten, handed_in, published, owned = (stored(claim=uuid4()) for _n in range(4))
    actions.hand_in([handed_in])
    actions.publish([published], now=NOW)
    actions.claim_for(person(), owned.claim)
    week = NOW + limits.UNCLAIMED_FOR
    assert actions.sweep(now=week) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.sweep(now=week + timedelta(seconds=1)) == 1
    assert set(Upload.objects.all()) == {handed_in, published, owned}
    assert forgotten.file.path not in files_kept()
    assert actions.sweep(now=NOW + limits.DRAFTS_FOR + timedelta(seconds=1)) == 1
    assert set(Upload.objects.all()) == {handed_in, published}


def test_a_session_remembers_the_drafts_in_hand() -> None:
    session: dict[str, object] = {}
    claims = [uuid4() for _n in range(25)]
    for claim in (*claims, claims[-1]):
        actions.hold_claim(session, claim)
    assert actions.claims_held(session) == set(claims[-20:])
