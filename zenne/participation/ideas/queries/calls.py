"""A call for ideas with what its rules ask: the same for everybody, so that a verb of thousands at once need not read it with each idea."""

from django.db.models import Prefetch

from zenne.core.memory import Remembered
from zenne.participation.processes.models import Activity
from zenne.participation.processes.queries import permissions

from ..models import Idea

_remembered: Remembered[Activity] = Remembered()


def in_its_call(idea: Idea) -> Idea:
    """The idea with its activity, process, organisation and settings, which may be a moment old (`core.memory`). They are shared: read only."""
    idea.activity = _remembered.get(idea.activity_id, lambda: _call(idea.activity_id))
    idea.process = idea.activity.phase.process
    return idea


def _call(pk: int) -> Activity:
    rows = Activity.objects.select_related("phase__process__organisation", "ideation")
    return rows.prefetch_related(Prefetch("permissions", permissions())).get(pk=pk)
