"""What decisions add to other pages: to an idea what was promised and how far it is, to a process and a selection the way there."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.core.clock import in_brussels
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.participation.selections.models import Selection
from zenne.web.slots import register

from . import queries, showing
from .enums import CommitmentState
from .models import Commitment, Decision


def of_idea(request: HttpRequest, idea: Idea, found: "QuerySet[Commitment]") -> str:
    """What was promised about the idea. Offers `commitments.after`, given the commitment, to what carries promises out."""
    for commitment in found:
        commitment.idea = idea
    today = in_brussels(request.now).date()  # type: ignore[attr-defined]
    context = {"promises": showing.promises(found, today)}
    return render_to_string("participation/decisions/of_idea.html", context, request)


def _numbers(process: Process) -> "QuerySet[Any, tuple[str, int]]":
    standing = Commitment.objects.filter(queries.STANDS, process=process)
    return standing.order_by().values_list("state").annotate(number=Count("pk"))


def of_process(request: HttpRequest, process: Process, numbers: "QuerySet[Any, tuple[str, int]]") -> str:
    """How many promises stand where."""
    if process.state == ProcessState.DRAFT:
        return ""
    counts = dict(numbers)
    states = [{"label": str(state.label), "value": str(counts.get(state.value, 0))} for state in CommitmentState]
    return render_to_string("participation/decisions/of_process.html", {"process": process, "states": states}, request)


def of_selection(request: HttpRequest, selection: Selection) -> str:
    """On the page of a selection that a body left: the decision itself."""
    found = Decision.objects.filter(selection=selection).select_related("process", "body").first()
    if found is None:
        return ""
    return render_to_string("participation/decisions/of_selection.html", {"decision": found}, request)


register("idea.after", of_idea, order=60, shared=True, when=queries.of_idea)
register("process.after", of_process, order=41, shared=True, when=_numbers)
register("selection.aside", of_selection)
