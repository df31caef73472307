"""The result of a vote, for everybody: nothing of it before it is published."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.core.languages import current
from zenne.web.htmx import render

from .. import comparing, explaining, minutes, queries, showing
from ..models import Result, Vote
from ..telling import Told
from .finding import around, vote_at


@require_safe
def result(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """Who won and why, every step of the count, and all it takes to count again."""
    vote = vote_at(request, process, pk)
    told = Told(vote, _public(vote))
    counted = queries.turnout(vote)
    context = around(request, vote) | {
        "result": told.result,
        "told": told,
        "lists": showing.lists(told),
        "district_map": showing.district_map(told),
        "official": comparing.official(told),
        "void": told.void(),
        "paper": showing.paper(vote),
        "paper_heads": showing.PAPER_HEADS,
        "counting": explaining.counting(vote),
        "turnout": counted,
        "standing": showing.standing(vote, request.now),  # type: ignore[attr-defined]
        "annulment": showing.annulment(vote),
        "selection": vote.activity.selections.exclude(number=None).order_by("-number").first(),
        **showing.turnout_bars(vote, counted, queries.districts_of(vote)),
    }
    return render(request, "participation/voting/result.html", context)


@require_safe
def report(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """The official report, on paper, in the language of the page."""
    vote = vote_at(request, process, pk)
    content = minutes.printed(Told(vote, _public(vote)))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="vote-{vote.pk}-{current()}.pdf"'
    return answer


@require_safe
def bundle(request: HttpRequest, process: str, pk: int) -> FileResponse:
    """The rule, every ballot, the tree, the result and the script that counts again, in one file."""
    vote = vote_at(request, process, pk)
    found = _public(vote)
    answer = FileResponse(
        found.bundle.open(), content_type="application/zip", filename=f"vote-{vote.pk}.zip", as_attachment=True
    )
    answer["ETag"] = f'"{found.bundle_sha256}"'
    return answer


def _public(vote: Vote) -> Result:
    """The result that everybody can read, annulled or not."""
    found = queries.public_result(vote)
    if found is None:
        raise NotFound(_("This vote has no public result yet."))
    return found
