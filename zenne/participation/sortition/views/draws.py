"""A draw, for everybody: what was committed, the day of the draw, the same for a hall and as plain text, and all files to check it."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.web.htmx import render

from .. import drawing, queries, showing
from ..enums import DrawState
from ..models import Answer, Draw
from .finding import around, draw_at, letter_of

TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8", "txt": "text/plain; charset=utf-8"}


@require_safe
def draw(request: HttpRequest, process: str, pk: int, number: int) -> HttpResponse:
    """The day of the draw: commitment, chance, panel and reserve."""
    found = draw_at(request, process, pk, number)
    letter = letter_of(request, found.lottery)
    mine = Answer.objects.filter(invitation=letter).values_list("number", flat=True).first() if letter else None
    context = _around(request, found, mine) | {"files": showing.files(found), "bars": showing.histogram(found)}
    return render(request, "participation/sortition/draw.html", context, partial="live")


@require_safe
def commitment(request: HttpRequest, process: str, pk: int, number: int) -> HttpResponse:
    """What was published before chance spoke: fingerprints, odds, files, and how each can be checked."""
    found = draw_at(request, process, pk, number)
    context = _around(request, found, None) | {"files": showing.files(found), "bars": showing.histogram(found)}
    return render(request, "participation/sortition/commitment.html", context)


@require_safe
def hall(request: HttpRequest, process: str, pk: int, number: int) -> HttpResponse:
    """The same day on the wall of a hall: large, dark, nothing else."""
    found = draw_at(request, process, pk, number)
    return render(request, "participation/sortition/hall.html", _around(request, found, None), partial="live")


@require_safe
def text(request: HttpRequest, process: str, pk: int, number: int) -> HttpResponse:
    """Everything of a draw as plain text."""
    found = draw_at(request, process, pk, number)
    return HttpResponse(showing.plain(found, list(queries.offers(found))), content_type="text/plain; charset=utf-8")


@require_safe
def file(request: HttpRequest, process: str, pk: int, number: int, name: str) -> HttpResponse:
    """One of the files that were committed, byte for byte as its fingerprint says."""
    found = draw_at(request, process, pk, number)
    content = drawing.files_of(found).get(name)
    if content is None:
        raise NotFound(_("There is no such file."))
    answer = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    answer["Content-Disposition"] = f'attachment; filename="lot-{pk}-{number}-{name}"'
    return answer


@require_safe
def bundle(request: HttpRequest, process: str, pk: int, number: int) -> FileResponse:
    """Everything to check the draw, in one file."""
    found = draw_at(request, process, pk, number)
    if not found.bundle:
        raise NotFound(_("The file to check the draw is there once the panel is drawn."))
    return FileResponse(
        found.bundle.open(), content_type="application/zip", filename=f"lot-{pk}-{number}.zip", as_attachment=True
    )


def _around(request: HttpRequest, found: Draw, mine: int | None) -> dict[str, Any]:
    now = request.now  # type: ignore[attr-defined]
    panel, new = showing.lots(found, list(queries.offers(found)), mine)
    odds = [int(tickets) for tickets in found.odds.values()]
    drawn = bool(found.panel)
    return around(request, found.lottery) | {
        "draw": found,
        "drawn": drawn,
        "standing": showing.draw_standing(found, now),
        "waiting": found.state == DrawState.COMMITTED,
        "due": found.due_at is not None and found.due_at <= now,
        "annulled": found.state == DrawState.ANNULLED,
        "annulment": showing.annulment(found),
        "chance": showing.chance(found),
        "panel": panel,
        "new": new,
        "ticket": drawing.ticket_of(found) if drawn else None,
        "least": showing.odds_words(min(odds)) if odds else "",
        "most": showing.odds_words(max(odds)) if odds else "",
        "equal": bool(odds) and showing.odds_words(min(odds)) == showing.odds_words(max(odds)),
        "never": odds.count(0),
    }
