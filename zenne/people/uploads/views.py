from uuid import UUID

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound

from .actions import claims_held
from .models import Upload
from .rules import may_see

PUBLIC = "public, max-age=604800"  # a week: what a moderator hides must not live on for a year in caches
PRIVATE = "private, no-cache"


@require_safe
def file(request: HttpRequest, pk: UUID, name: str, small: bool = False) -> HttpResponse | FileResponse:
    """A picture in the page or a file to download. `name` is for people: only `pk` counts."""
    upload = Upload.objects.filter(pk=pk).first()
    if (
        upload is None
        or not may_see(upload, request.user, claims_held(request.session))
        or (small and not upload.thumbnail)
    ):
        raise NotFound(_("This file does not exist, or is not public."))
    etag = f'"{upload.sha256[:32]}{"-small" if small else ""}"'
    response: HttpResponse | FileResponse | None = get_conditional_response(request, etag=etag)
    if response is None:
        content = upload.thumbnail if small else upload.file
        try:
            response = _answer(upload, content.open())
        except FileNotFoundError as error:
            raise NotFound(_("This file does not exist, or is not public.")) from error
    response["ETag"] = etag
    response["Cache-Control"] = PUBLIC if upload.published_at else PRIVATE
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _answer(upload: Upload, content: File) -> FileResponse:
    kind = f"{upload.content_type}; charset=utf-8" if upload.content_type.startswith("text/") else upload.content_type
    return FileResponse(content, content_type=kind, as_attachment=not upload.is_image, filename=upload.name)
