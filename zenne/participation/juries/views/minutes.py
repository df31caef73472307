"""The minutes, for whoever leads the jury, once it has deliberated."""

import tempfile
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.opendata.exports.enums import Sheet
from zenne.opendata.exports.writing import shown, writer
from zenne.people.access.answers import require
from zenne.people.history.actions import record

from .. import minutes
from ..models import Jury
from ..rules import has_deliberated, may_lead
from .finding import jury_at, sign_in_first

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _jury(request: HttpRequest, process: str, pk: int) -> Jury:
    jury = jury_at(request, process, pk)
    require(may_lead(request.user, jury))
    if not has_deliberated(jury):
        raise NotFound(_("There are minutes once the jury has begun to deliberate."))
    return jury


def _note(request: HttpRequest, jury: Jury) -> None:
    """The minutes name members and what they gave."""
    organisation = jury.process.organisation
    record("jury.minutes_taken", by=request.user, now=request.now, about=jury, organisation=organisation)  # type: ignore[attr-defined]


@require_safe
@never_cache
def pdf(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    if away := sign_in_first(request):
        return away
    jury = _jury(request, process, pk)
    content = minutes.printed(jury, now=request.now)  # type: ignore[attr-defined]
    _note(request, jury)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{_name(jury)}.pdf"'
    return answer


@require_safe
@never_cache
def xlsx(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    if away := sign_in_first(request):
        return away
    jury = _jury(request, process, pk)
    columns, rows = minutes.sheet(jury)
    with tempfile.TemporaryDirectory(prefix="zenne-jury-") as folder:
        path = Path(folder) / "minutes.xlsx"
        file = writer(path, Sheet.XLSX, columns)
        for row in rows:
            file.row([shown(cell) for cell in row])
        file.close()
        content = path.read_bytes()
    _note(request, jury)
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{_name(jury)}.xlsx"'
    return answer


def _name(jury: Jury) -> str:
    return f"jury-{jury.process.slug}-{jury.pk}"
