"""Files that the CMS keeps in a folder, served by us where no web server stands before."""

from posixpath import normpath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures. Files of the library lie in the same folder and are fetched at /documents/ alone, where somebody asks who may."""
    if normpath(path).startswith("documents"):
        raise Http404
    try:
        return serve(request, path, document_root=settings.MEDIA_ROOT)
    except OSError as error:  # a name that no file system takes
        raise Http404 from error
