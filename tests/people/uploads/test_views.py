"""Who gets a file, and how it is handed over."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client

from tests.people.uploads import given
from tests.people.uploads.factories import person
from tests.people.uploads.given import NOW, sent
from zenne.people.uploads import actions
from zenne.people.uploads.models import Upload
from zenne.people.uploads.visible import visible

pytestmark = pytest.mark.django_db


def picture(**whose: object) -> Upload:
    return actions.store(sent(given.picture(), "photo.jpg"), now=NOW, **{"by": None, "claim": None} | whose)


@pytest.fixture
def ideas_staff() -> Iterator[list[object]]:
    """An app above that lets its staff see everything."""
    staff: list[object] = []
    visible.register("test", lambda _upload, visitor: visitor in staff)
    yield staff
    del visible._items["test"]


def test_a_public_picture_is_shown_in_the_page_and_kept_in_caches(client: Client) -> None:
    upload = picture(by=person())
    actions.publish([upload], now=NOW)
    answer = client.get(upload.get_absolute_url())
    assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("inline") and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=604800" and "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == upload.file.read()
    assert client.get(upload.get_absolute_url(), headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert b"".join(client.get(upload.small_url).streaming_content) == upload.thumbnail.read()


def test_a_document_is_always_downloaded(client: Client) -> None:
    upload = actions.store(sent("rue;âge\nHaute;4".encode(), "table é.csv"), by=person(), claim=None, now=NOW)
    actions.publish([upload], now=NOW)
    answer = client.get(upload.get_absolute_url())
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''table%20%C3%A9.csv"
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert client.get(upload.small_url).status_code == 404


def test_a_private_file_is_for_its_owner_only(client: Client) -> None:
    owner = person()
    upload = picture(by=owner)
    assert client.get(upload.get_absolute_url()).status_code == 404
    client.force_login(person(), backend="zenne.people.moderation.backends.PersonBackend")
    assert client.get(upload.small_url).status_code == 404
    client.force_login(owner, backend="zenne.people.moderation.backends.PersonBackend")
    answer = client.get(upload.get_absolute_url())
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-cache"


def test_a_drafts_file_is_for_the_session_that_holds_the_draft(client: Client) -> None:
    claim = uuid4()
    upload = picture(claim=claim)
    assert client.get(upload.get_absolute_url()).status_code == 404
    session = client.session
    actions.hold_claim(session, claim)
    session.save()
    assert client.get(upload.get_absolute_url()).status_code == 200
    assert Client().get(upload.get_absolute_url()).status_code == 404


def test_once_the_draft_is_somebodys_its_claim_opens_nothing(client: Client) -> None:
    claim = uuid4()
    upload = picture(claim=claim)
    session = client.session
    actions.hold_claim(session, claim)
    session.save()
    actions.claim_for(person(), claim)
    assert client.get(upload.get_absolute_url()).status_code == 404


def test_whoever_handles_the_thing_sees_it_before_it_is_public(client: Client, ideas_staff: list[object]) -> None:
    moderator = person()
    upload = picture(by=person())
    client.force_login(moderator, backend="zenne.people.moderation.backends.PersonBackend")
    assert client.get(upload.get_absolute_url()).status_code == 404
    ideas_staff.append(moderator)
    assert client.get(upload.get_absolute_url()).status_code == 200


def test_a_hidden_file_is_private_again(client: Client) -> None:
    upload = picture(by=person())
    actions.publish([upload], now=NOW)
    actions.hide([upload])
    assert client.get(upload.get_absolute_url()).status_code == 404


def test_a_file_lost_by_the_storage_is_not_found(client: Client) -> None:
    upload = picture(by=person())
    actions.publish([upload], now=NOW)
    upload.file.storage.delete(upload.file.name)
    assert client.get(upload.get_absolute_url()).status_code == 404


def test_an_unknown_file_is_not_found_and_nothing_is_written(client: Client) -> None:
    assert client.get(f"/files/{uuid4()}/x.jpg").status_code == 404
    assert client.post(f"/files/{uuid4()}/x.jpg").status_code == 405


def test_no_web_server_folder_holds_uploads(settings: object) -> None:
    assert not picture(by=person()).file.path.startswith(f"{settings.MEDIA_ROOT}/")
