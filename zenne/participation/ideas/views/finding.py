"""What every view begins with: the process or idea at an address, in its organisation's look, for who may see it."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zenne.core.errors import NotFound
from zenne.participation.processes.models import Activity, Process
from zenne.participation.processes.queries import for_page
from zenne.participation.processes.rules import may_see as may_see_process
from zenne.people.organisations.queries import wear

from ..models import Idea, Ideation


def process_at(request: HttpRequest, slug: str) -> Process:
    """The process at this address. Raises NotFound when it isn't there, or not for this visitor."""
    process = for_page().filter(slug=slug).first()
    if process is None or not may_see_process(request.user, process, preview_key=request.GET.get("preview", "")):
        raise NotFound(_("There is no process at this address."))
    wear(request, process.organisation)
    return process


def calls_of(process: Process) -> list[Activity]:
    """The calls for ideas of a process, in the order of its timeline, with what their rules need."""
    calls = [
        activity for phase in process.phases.all() for activity in phase.activities.all() if activity.kind == "ideation"
    ]
    settings = Ideation.objects.in_bulk([activity.pk for activity in calls])
    for activity in calls:
        activity.phase.process = process
        activity.ideation = settings.get(activity.pk) or Ideation(activity=activity)
    return calls


def idea_at(request: HttpRequest, pk: int) -> Idea:
    """The idea with this number, whatever its state. Raises NotFound when it isn't there, or its process not for this visitor."""
    found = (
        Idea.objects.select_related(
            "process__organisation",
            "process__area",
            "activity__phase",
            "activity__ideation",
            "theme",
            "author",
            "commune",
            "district",
            "merged_into__process",
        )
        .defer("search", "merged_into__search")
        .filter(pk=pk)
        .first()
    )
    if found is None or not may_see_process(request.user, found.process):
        raise NotFound(_("There is no idea at this address."))
    found.activity.phase.process = found.process
    wear(request, found.process.organisation)
    return found
