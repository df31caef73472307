"""What is put before a jury."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.participation.processes.models import Activity
from zenne.participation.selections import queries as selections
from zenne.participation.selections.models import Selection
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from ..errors import WrongMoment
from ..models import Candidate, Jury
from ..rules import may_arrange
from .holding import held, note, require_stage
from .members import BEFORE_DELIBERATION


@transaction.atomic
def take_candidates(jury: Jury, *, source: Selection | Activity, by: Person, now: datetime) -> list[Candidate]:
    """Put before the jury what a selection kept, or what stands in a call. What is there already stays; the new ones are returned."""
    jury = held(jury)
    require(may_arrange(by, jury))
    require_stage(jury, now, *BEFORE_DELIBERATION)
    if source.process.pk != jury.process.pk:
        raise Invalid(_("It belongs to another process."))
    known = set(jury.candidates.values_list("idea", flat=True))
    fresh = [idea for idea in selections.candidates(source) if idea.pk not in known]
    made = Candidate.objects.bulk_create([Candidate(jury=jury, idea=idea) for idea in fresh])
    if isinstance(source, Selection) and jury.source_id != source.pk:
        jury.source = source
        jury.save(update_fields=["source"])
    if made:
        note("jury.candidates_taken", jury, jury, by, now, number=len(made))
    return made


@transaction.atomic
def release_candidate(candidate: Candidate, *, by: Person, now: datetime) -> None:
    """Take something away from before the jury, as long as nobody has begun to score it."""
    jury = held(candidate.jury)
    require(may_arrange(by, jury))
    require_stage(jury, now, *BEFORE_DELIBERATION)
    list(jury.members.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    if candidate.assessments.exists():
        raise WrongMoment(_("A member has begun with it: it stays before the jury."))
    note("jury.candidate_released", jury, jury, by, now, number=candidate.number)
    candidate.delete()
