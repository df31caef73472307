"""A disk that is full, for real, and a clock that was set back."""

import errno
import io
import os
import re
import shutil
import subprocess
import tempfile
from datetime import timedelta
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from tests.opendata.exports import factories as exports
from tests.participation.comments import factories as comments
from tests.participation.ideas import factories as ideas
from tests.people.organisations.factories import organisation
from zenne.opendata.exports import tasks
from zenne.opendata.exports.enums import ExportState, Failure
from zenne.opendata.exports.kinds import datasets
from zenne.participation.ideas import actions
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.ideas.models import Draft, Idea, Support
from zenne.people.uploads.models import Upload

pytestmark = pytest.mark.django_db
TEXT = "Un banc à l’ombre devant la poste, parce qu’il fait trop chaud en été."


@pytest.fixture
def small_disk(tmp_path, settings):
    """A disk of its own for uploads, of 64 kB. Only root may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("only root can make a small disk; tests/people/uploads/test_actions.py shows the same without one")
    settings.STORAGES = settings.STORAGES | {
        "uploads": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(place)}}
    }
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_picture_on_a_full_disk_is_refused_in_words_and_the_idea_is_kept(small_disk, client_for, now):
    activity = ideas.call(max_photos=3)
    slug = activity.process.slug
    client = client_for(ideas.resident())
    (small_disk / "full").write_bytes(b"x" * 40_000)
    with pytest.raises(OSError) as full:
        (small_disk / "fuller").write_bytes(b"x" * 100_000)
    assert full.value.errno == errno.ENOSPC
    (small_disk / "fuller").unlink()
    before = sorted(small_disk.rglob("*"))
    with override("fr"):
        idea, files = reverse("ideas:step", args=[slug, "idea"]), reverse("ideas:step", args=[slug, "files"])
    theme = activity.process.themes.first()
    client.post(idea, {"title": "Un banc à l’ombre", "text": TEXT, "theme": theme.slug, "seen": "1"})
    out = io.BytesIO()
    Image.frombytes("RGB", (300, 300), os.urandom(270_000)).save(out, "PNG")  # noise, which nothing makes smaller
    answer = client.post(files, {"given": SimpleUploadedFile("banc.png", out.getvalue(), "image/png")})
    assert answer.status_code == 422 and "banc.png" in answer.text
    assert "Votre texte est conservé" in answer.text
    assert not Upload.objects.exists()
    assert [path for path in sorted(small_disk.rglob("*")) if path.is_file()] == [
        path for path in before if path.is_file()
    ]
    assert Draft.objects.get().data["text"] == TEXT
    assert TEXT in client.get(idea).text


@pytest.mark.parametrize("full", ["where it is written", "where it is kept"])
def test_an_export_on_a_full_disk_says_so_and_leaves_no_file(small_disk, client_for, monkeypatch, clock_shows, full):
    clock_shows(exports.NOW)
    if full == "where it is written":
        monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    monkeypatch.setitem(datasets._items, "trial", exports.dataset(4000, cell="mot " * 20))
    editor = exports.staff(organisation("Jette"))
    export = exports.export_of(editor, rows_total=4000)
    tasks.write_export(export=export.pk)
    export.refresh_from_db()
    assert (export.state, export.failure, export.file.name) == (ExportState.FAILED, Failure.NO_ROOM, "")
    assert not [path for path in small_disk.rglob("*") if path.is_file()]
    assert "Il n’y avait plus de place sur le disque" in client_for(editor).get(f"/manage/exports/{export.pk}/").text


def test_a_clock_set_back_a_day_breaks_nothing_and_counts_nothing_twice(client_for, clock_shows, now):
    activity = ideas.call()
    author, other = ideas.resident("Amina"), ideas.resident("Bob")
    manager = ideas.staff(activity.process.organisation)
    made = [ideas.idea(activity, author=author, now=now + timedelta(minutes=number)) for number in range(15)]
    first = made[0]
    actions.support(first, by=other, now=now)
    actions.change_status(first, to=IdeaState.ADMISSIBLE, reason=ideas.NO, by=manager, now=now)
    comments.comment(first, by=author)

    earlier = clock_shows(now - timedelta(days=1))
    client = client_for(other)
    with override("fr"):
        page = reverse("ideas:page", args=[activity.process.slug, first.pk])
        support = reverse("ideas:support", args=[activity.process.slug, first.pk])
        listing = reverse("ideas:list", args=[activity.process.slug])
        talk = reverse("comments:discussion", args=["ideas.idea", first.pk])
    assert client.get(page).status_code == 200 and client.get("/fr/").status_code == 200
    assert client.post(support).status_code == 302
    assert client.post(talk, {"text": "Dit hier, la veille de ce qui précède."}).status_code == 302
    actions.change_status(first, to=IdeaState.SHORTLISTED, reason=ideas.NO, by=manager, now=earlier)
    late = ideas.idea(activity, author=other, now=earlier)
    first.refresh_from_db()
    assert first.state == IdeaState.SHORTLISTED
    assert first.support_count == Support.objects.filter(idea=first, value=1).count()

    seen, address, pages = [], listing, count()
    while address and next(pages) < 10:
        answer = client.get(address)
        assert answer.status_code == 200
        links = re.findall(rf'href="{listing}(\d+)/"', answer.text)
        seen += list(dict.fromkeys(links))
        following = re.search(r'<a[^>]+rel="next"[^>]+href="([^"]+)"|href="([^"]+)"[^>]+rel="next"', answer.text)
        address = ""
        if following:
            found = (following[1] or following[2]).replace("&amp;", "&")
            address = found if found.startswith("/") else listing + found
    assert len(seen) == len(set(seen)), "an idea twice"
    assert set(seen) <= {str(pk) for pk in Idea.objects.values_list("pk", flat=True)} and str(late.pk) in seen
