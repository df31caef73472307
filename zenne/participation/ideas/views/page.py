"""The page of one idea: what it says, where it stands and how it came there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.core.together import ask
from zenne.opendata.statistics.enums import PageKind
from zenne.people.moderation.enums import Verdict
from zenne.people.moderation.models import Decision
from zenne.people.moderation.queries import latest_decision
from zenne.people.uploads.enums import UploadKind
from zenne.people.uploads.models import Upload
from zenne.web.htmx import render
from zenne.web.shared import own, shared
from zenne.web.visited import visited

from .. import queries, showing
from ..differences import Piece, differences
from ..enums import IdeaState
from ..models import Idea, IdeaUpload, Version
from ..rules import is_author, may_see
from . import own as personal
from .finding import idea_at

View = Callable[..., HttpResponse]


@require_safe
def forward(request: HttpRequest, pk: int) -> HttpResponse:
    """The short address, for ever; it leads to where the idea lives now."""
    return HttpResponseRedirect(idea_at(request, pk).get_absolute_url())


def at_its_address(view: View) -> View:
    """Give the view its idea: from an old address lead on to the present one, and hide what is not this visitor's to read."""

    @wraps(view)
    def found(request: HttpRequest, process: str, pk: int, **more: Any) -> HttpResponse:
        idea = idea_at(request, pk)
        if idea.process.slug != process and request.method in ("GET", "HEAD"):
            return HttpResponseRedirect(idea.get_absolute_url())
        if not may_see(request.user, idea):
            return gone(request, idea)
        return view(request, idea, **more)

    return found


def gone(request: HttpRequest, idea: Idea) -> HttpResponse:
    """What was public once says what became of it; what never was does not exist."""
    if idea.published_at is None:
        raise NotFound(_("There is no idea at this address."))
    merge = queries.open_merge_of(idea)
    context = {
        "idea": idea,
        "process": idea.process,
        "withdrawn": idea.state == IdeaState.WITHDRAWN,
        "placeholder": showing.placeholder(idea),
        "joined": merge.target if merge and merge.completed_at and merge.target.is_public else None,
    }
    return render(request, "participation/ideas/gone.html", context, status=410)


@require_safe
@shared
@at_its_address
def page(request: HttpRequest, idea: Idea) -> HttpResponse:
    visited(request, PageKind.THING, process=idea.process_id, organisation=idea.process.organisation_id)
    return render(request, "participation/ideas/page.html", page_context(request, idea))


def page_context(request: HttpRequest, idea: Any) -> dict[str, Any]:
    """Everything the page shows of an idea from `idea_at`; its number of queries does not grow with the supports, versions or comments."""
    changes = idea.changes.order_by("changed_at", "id")
    given = queries.answers_of(idea) if idea.answered_at else idea.answers.none()
    carried = _attachments(idea) if idea.has_files else idea.attachments.none()
    ask([changes, given, carried])
    attached, answers = [one.upload for one in carried], showing.answers(given)
    photos = [upload for upload in attached if upload.kind == UploadKind.IMAGE]
    joined = queries.lineage_of(idea) if idea.has_joined else []
    return around(request, idea) | {
        "voices": own(request, personal.voices, idea),
        "clock": showing.clock(idea, request.now),
        "photo": photos[0] if photos else None,
        "more_photos": photos if len(photos) > 1 or any(photo.alt for photo in photos) else [],
        "files": [upload for upload in attached if upload.kind == UploadKind.FILE],
        "stops": showing.way(changes, request.now),
        "answer": answers[0] if answers else None,
        "earlier_answers": answers[1:],
        "versions": idea.version_count or 0,
        "joined": joined,
        "question": own(request, personal.question, idea),
        "tools": own(request, personal.tools, idea),
        "report": own(request, personal.report, idea),
        "mine": is_author(request.user, idea),
        "statement": statement(request, idea),
        **showing.ground(idea.process),
        "discussed": idea.activity.ideation.comments and idea.is_public and idea.state != IdeaState.MERGED,
        "pins": [{"lat": idea.lat, "lon": idea.lon, "title": idea.address or idea.title, "url": "#place", "number": 1}]
        if idea.lat
        else [],
    }


def statement(request: HttpRequest, idea: Idea) -> Decision | None:
    """Why a moderator refused it, for its author alone: the page of that decision takes the appeal."""
    if idea.state != IdeaState.REJECTED or not is_author(request.user, idea):
        return None
    made = latest_decision(idea)
    return made if made and made.verdict == Verdict.HIDDEN else None


def uploads_of(idea: Idea) -> list[Upload]:
    return [one.upload for one in _attachments(idea)]


def _attachments(idea: Idea) -> QuerySet[IdeaUpload]:
    return idea.attachments.select_related("upload").order_by("position", "id")


def around(request: HttpRequest, idea: Idea) -> dict[str, Any]:
    """What every page of an idea needs."""
    return {
        "idea": idea,
        "process": idea.process,
        "status": showing.status(idea),
        "channel": showing.channel_words(idea),
        "hue": showing.hue(idea),
        "summary": showing.excerpt(idea.text, 200),
    }


@require_safe
@at_its_address
def versions(request: HttpRequest, idea: Idea) -> HttpResponse:
    """The words as they were, each compared with the ones before."""
    rows = list(idea.versions.select_related("written_by").order_by("number"))
    shown = [(row, *_compared(before, row)) for before, row in zip([None, *rows], rows, strict=False)]
    return render(request, "participation/ideas/versions.html", around(request, idea) | {"versions": shown[::-1]})


def _compared(before: Version | None, row: Version) -> tuple[list[Piece], list[Piece]]:
    if before is None:
        return [Piece("same", row.title)], [Piece("same", row.text)]
    return differences(before.title, row.title), differences(before.text, row.text)


@require_safe
@at_its_address
def sheet(request: HttpRequest, idea: Idea) -> HttpResponse:
    """One sheet of paper: the idea, where it stands, the answer, and the code that leads here."""
    answers = showing.answers(queries.answers_of(idea))
    return render(
        request, "participation/ideas/print.html", around(request, idea) | {"answer": answers[0] if answers else None}
    )
