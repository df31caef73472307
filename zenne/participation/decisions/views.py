"""What authorities decided, and what became of what they promised, for everyone."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.clock import in_brussels
from zenne.core.errors import NotFound
from zenne.core.languages import shown
from zenne.participation.processes.models import Process
from zenne.participation.processes.queries import public
from zenne.participation.selections.enums import SelectionState
from zenne.people.organisations.queries import wear
from zenne.web.htmx import render

from . import queries, showing


@require_safe
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every decision of a process, and every promise with how far it is."""
    process = _process(request, slug)
    today = in_brussels(request.now).date()  # type: ignore[attr-defined]
    promises = showing.promises(queries.of_process(process), today)
    context = {
        "process": process,
        "decisions": list(queries.public(process)),
        "promises": promises,
        "done": sum(each.commitment.state == "done" for each in promises),
        "late": sum(each.late for each in promises),
    }
    return render(request, "participation/decisions/list.html", context)


@require_safe
def decision(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    process = _process(request, slug)
    found = queries.public(process).filter(pk=min(pk, 2**62)).first()
    if found is None:
        raise NotFound(_("There is no decision at this address."))
    today = in_brussels(request.now).date()  # type: ignore[attr-defined]
    why = showing.reasons(found)
    accepted = showing.promises(queries.commitments().filter(decision=found), today)
    context = {
        "process": process,
        "decision": found,
        "statement": shown(found, "statement"),
        "annulled": found.selection is not None and found.selection.state == SelectionState.ANNULLED,
        "accepted": [{"promise": each, "why": why.get(each.commitment.idea_id, ("", ""))} for each in accepted],
        "refused": showing.refusals(found),
    }
    return render(request, "participation/decisions/page.html", context)


def _process(request: HttpRequest, slug: str) -> Process:
    process = public().select_related("organisation").filter(slug=slug).first()
    if process is None:
        raise NotFound(_("There is no process at this address."))
    wear(request, process.organisation)
    return process
