"""Two folders: pictures for everyone, and the library, which no web server looks into."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages

from zenne.config import preparation


@pytest.fixture
def folders(settings, tmp_path):
    """An installation's folder of files, with its public and its private half."""
    settings.MEDIA_ROOT = str(tmp_path / "public")
    private = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = {**settings.STORAGES, "uploads": private}
    (tmp_path / "private").mkdir()
    return tmp_path


def inside(folder):
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_pictures_and_files_are_kept_apart_under_their_names(folders):
    for name in ("images/tree.jpg", "documents/plan.pdf", "documentsfalse/x"):
        assert default_storage.save(name, ContentFile(name)) == name
    assert inside(folders) == {
        "private/documents/plan.pdf": "documents/plan.pdf",
        "public/documentsfalse/x": "documentsfalse/x",
        "public/images/tree.jpg": "images/tree.jpg",
    }
    again = default_storage.save("documents/plan.pdf", ContentFile("another"))
    assert again != "documents/plan.pdf" and default_storage.open(again).read() == b"another"
    default_storage.delete(again)
    assert not default_storage.exists(again) and default_storage.exists("documents/plan.pdf")


def test_files_of_an_older_installation_or_backup_move_where_no_web_server_looks(folders, capsys):
    old = folders / "public/documents/sub"
    old.mkdir(parents=True)
    (old.parent / "plan.pdf").write_text("plan")
    (old / "minutes.pdf").write_text("minutes")
    (folders / "public/images").mkdir()
    (folders / "public/images/tree.jpg").write_text("tree")
    preparation.library()
    kept = {"documents/plan.pdf": "plan", "documents/sub/minutes.pdf": "minutes"}
    assert inside(folders / "private") == kept
    assert inside(folders / "public") == {"images/tree.jpg": "tree"} and not old.parent.exists()
    assert default_storage.open("documents/plan.pdf").read() == b"plan"
    assert Path(storages["uploads"].path("documents/plan.pdf")).exists()
    assert "library" in capsys.readouterr().out
    preparation.library()
    assert inside(folders / "private") == kept and not capsys.readouterr().out
