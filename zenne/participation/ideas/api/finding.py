"""What every operation begins with: the process, the call or the idea at an address, when whoever asks may read it."""

from django.utils.translation import gettext as _

from zenne.core.errors import NotFound
from zenne.opendata.api.errors import Gone
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Activity, Process
from zenne.participation.processes.queries import public
from zenne.people.accounts.models import Person

from ..enums import IdeaState
from ..models import Idea
from ..rules import may_see
from .representation import rows


def process_at(slug: str) -> Process:
    found = public().select_related("organisation").filter(slug=slug).first()
    if found is None:
        raise NotFound(_("There is no process at this address."))
    return found


def call_at(number: int) -> Activity:
    """A call for ideas of a public process, with what its rules need."""
    calls = Activity.objects.filter(kind="ideation", ideation__isnull=False)
    calls = calls.exclude(phase__process__state=ProcessState.DRAFT)
    found = calls.select_related("phase__process__organisation", "ideation").filter(pk=number).first()
    if found is None:
        raise NotFound(_("There is no call for ideas with this number."))
    return found


def idea_at(number: int, person: Person | None) -> Idea:
    """The idea with this number, as `person` may read it. Raises NotFound, or Gone for what was public once."""
    found = rows().exclude(process__state=ProcessState.DRAFT).filter(pk=number).first()
    if found is None:
        raise NotFound(_("There is no idea at this address."))
    found.activity.phase.process = found.process
    if may_see(person, found):
        return found
    if found.published_at is None:
        raise NotFound(_("There is no idea at this address."))
    withdrawn = found.state == IdeaState.WITHDRAWN
    raise Gone(_("Its author withdrew this idea.") if withdrawn else _("This idea is no longer public."))
