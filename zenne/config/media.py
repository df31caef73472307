"""What the CMS keeps in a folder: pictures for everyone, and files that somebody asks for first."""

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

LIBRARY = "documents"  # the folder of Wagtail's model, which no setting names


class PublicFolder(FileSystemStorage):
    """The folder that any web server may hand out as it is.

    Files of the library bear names of it (`documents/plan.pdf`) and lie in the private folder: they are fetched at /documents/ alone, where
    somebody asks who may.
    """

    def path(self, name: str) -> str:
        return _private().path(name) if _of_library(name) else super().path(name)

    def _save(self, name: str, content: "File[bytes]") -> str:
        kept: str = _private()._save(name, content) if _of_library(name) else super()._save(name, content)  # type: ignore[attr-defined,misc]
        return kept


def _private() -> Storage:
    return storages["uploads"]


def _of_library(name: str) -> bool:
    return name.startswith(f"{LIBRARY}/")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The public folder, served by us where no web server stands before."""
    try:
        return serve(request, path, document_root=settings.MEDIA_ROOT)
    except OSError as error:  # a name that no file system takes
        raise Http404 from error
