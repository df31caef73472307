"""What every view begins with: the meeting at an address, in its organisation's look, for who may see it."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zenne.core.errors import NotFound
from zenne.participation.processes.models import Activity
from zenne.participation.processes.rules import may_see as may_see_process
from zenne.people.organisations.queries import wear

from .. import queries
from ..models import Meeting, Registration
from ..rules import may_see


def meeting_at(request: HttpRequest, pk: int) -> Meeting:
    """Raises NotFound when it is not there, or not for this visitor: both look the same."""
    rows = queries.with_place().select_related("series", "district", "process__area")
    found = rows.defer("commune__outline", "district__outline", "process__area__outline").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no meeting at this address."))
    _knows_its_process(found)
    if not may_see(request.user, found):
        raise NotFound(_("There is no meeting at this address."))
    wear(request, found.process.organisation)
    return found


def activity_at(request: HttpRequest, slug: str, pk: int) -> Activity:
    rows = Activity.objects.select_related("phase__process__organisation", "phase__process__area")
    rows = rows.defer("phase__process__area__outline")
    found = rows.filter(pk=pk, kind="meetings", phase__process__slug=slug).first()
    if found is None or not may_see_process(request.user, found.process, preview_key=request.GET.get("preview", "")):
        raise NotFound(_("There are no meetings at this address."))
    wear(request, found.process.organisation)
    return found


def place_at(request: HttpRequest, key: UUID) -> Registration:
    """The place that a secret address opens. Raises NotFound."""
    found = queries.place_by_key(key)
    if found is None:
        raise NotFound(_("There is no place at this address: perhaps the meeting was long ago."))
    _knows_its_process(found.meeting)
    wear(request, found.meeting.process.organisation)
    return found


def _knows_its_process(meeting: Meeting) -> None:
    meeting.activity.phase.process = meeting.process
