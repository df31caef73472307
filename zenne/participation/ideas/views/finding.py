"""What every view begins with: the process or idea at an address, in its organisation's look, for who may see it."""

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zenne.core.errors import NotFound
from zenne.core.memory import Remembered
from zenne.participation.processes.models import Activity, Process
from zenne.participation.processes.queries import permissions, with_themes
from zenne.participation.processes.rules import may_see as may_see_process
from zenne.people.organisations.queries import wear

from ..models import Idea, Ideation, IdeaUpload, Version

_remembered: Remembered[tuple[Process | None, list[Activity]]] = Remembered()


def process_at(request: HttpRequest, slug: str) -> Process:
    """The process at this address. Raises NotFound when it isn't there, or not for this visitor."""
    return _seen(request, with_themes().filter(slug=slug).first())


def _seen(request: HttpRequest, process: Process | None) -> Process:
    if process is None or not may_see_process(request.user, process, preview_key=request.GET.get("preview", "")):
        raise NotFound(_("There is no process at this address."))
    wear(request, process.organisation)
    return process


def process_with_calls(request: HttpRequest, slug: str) -> tuple[Process, list[Activity]]:
    """The process at this address and its calls for ideas. They are a moment old at most, and shared: read only."""
    process, calls = _remembered.get(slug, lambda: _process_with_calls(slug))
    return _seen(request, process), calls


def _process_with_calls(slug: str) -> tuple[Process | None, list[Activity]]:
    """Read in one: most that is looked for under a process has such a call."""
    calls = list(_calls().filter(phase__process__slug=slug))
    if not calls:
        return with_themes().filter(slug=slug).first(), []
    process = calls[0].phase.process
    prefetch_related_objects([process], "themes")
    return process, _ready(calls, process)


def calls_of(process: Process) -> list[Activity]:
    """The calls for ideas of a process, in the order of its timeline, with what their rules need."""
    return _ready(list(_calls().filter(phase__process=process)), process)


def _calls() -> QuerySet[Activity]:
    around = [f"phase__process__{name}" for name in ("organisation", "folder", "cover", "area")]
    found = (
        Activity.objects.filter(kind="ideation")
        .select_related("ideation", *around)
        .defer("phase__process__area__outline")
    )
    return found.prefetch_related(Prefetch("permissions", permissions())).order_by(
        "phase__position", "phase_id", "position", "id"
    )


def _ready(calls: list[Activity], process: Process) -> list[Activity]:
    for activity in calls:
        activity.phase.process = process
        if not hasattr(activity, "ideation"):
            activity.ideation = Ideation(activity=activity)
    return calls


def idea_at(request: HttpRequest, pk: int) -> Idea:
    """The idea with this number, whatever its state. Raises NotFound when it isn't there, or its process not for this visitor.

    Asked along, so that a page need not ask again: how many versions it has, whether others joined it, whether it carries pictures or files.
    """
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
        )
        .defer("search", "process__area__outline", "commune__outline", "district__outline")
        .annotate(
            version_count=Version.objects.filter(idea=OuterRef("pk"))
            .order_by()
            .values("idea")
            .annotate(number=Count("pk"))
            .values("number"),
            has_joined=Exists(Idea.objects.filter(merged_into=OuterRef("pk"))),
            has_files=Exists(IdeaUpload.objects.filter(idea=OuterRef("pk"))),
        )
        .filter(pk=pk)
        .first()
    )
    if found is None or not may_see_process(request.user, found.process):
        raise NotFound(_("There is no idea at this address."))
    found.activity.phase.process = found.process
    wear(request, found.process.organisation)
    return found
