"""What is put before a jury: ideas of its process, or things of an upper app; never both."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.participation.processes.models import Activity
from zenne.participation.selections import queries as selections
from zenne.participation.selections.models import Selection
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from ..enums import AssessmentState
from ..errors import WrongMoment
from ..kinds import subjects
from ..models import Candidate, Jury
from ..rules import may_arrange
from .holding import held, held_seats, note, require_stage, set_authors_aside
from .members import BEFORE_DELIBERATION


@transaction.atomic
def take_candidates(jury: Jury, *, source: Selection | Activity, by: Person, now: datetime) -> list[Candidate]:
    """Put before the jury what a selection kept, or what stands in a call. What is there already stays; the new ones are returned.

    A member who proposed one of them is recused from it.
    """
    jury = held(jury)
    held_seats(jury)
    require(may_arrange(by, jury))
    require_stage(jury, now, *BEFORE_DELIBERATION)
    if source.process.pk != jury.process.pk:
        raise Invalid(_("It belongs to another process."))
    _turn(jury, "")
    known = set(jury.candidates.values_list("idea", flat=True))
    fresh = [idea for idea in selections.candidates(source) if idea.pk not in known]
    made = Candidate.objects.bulk_create([Candidate(jury=jury, idea=idea) for idea in fresh])
    if isinstance(source, Selection) and jury.source_id != source.pk:
        jury.source = source
        jury.save(update_fields=["source"])
    set_authors_aside(jury, now=now)
    if made:
        note("jury.candidates_taken", jury, jury, by, now, number=len(made))
    return made


@transaction.atomic
def take_subjects(jury: Jury, *, kind: str, keys: Iterable[int], by: Person, now: datetime) -> list[Candidate]:
    """Put things of a declared kind before the jury, by their keys. Whether these may be scored here is the question of the app that calls; what is there
    already stays, what does not stand is left out, and the new ones are returned."""
    jury = held(jury)
    require(may_arrange(by, jury))
    require_stage(jury, now, *BEFORE_DELIBERATION)
    _turn(jury, kind)
    there = set(jury.candidates.values_list("key", flat=True))
    wanted = [key for key in dict.fromkeys(keys) if key not in there]
    read = subjects[kind].read(wanted)
    fresh = [key for key in wanted if key in read and read[key].stands]
    made = Candidate.objects.bulk_create([Candidate(jury=jury, key=key) for key in fresh])
    if made:
        note("jury.candidates_taken", jury, jury, by, now, number=len(made))
    return made


def _turn(jury: Jury, kind: str) -> None:
    """A jury scores one kind of thing: the kind of the first that is put before it."""
    if jury.kind == kind:
        return
    if jury.candidates.exists():
        raise Conflict(_("Something else is before this jury: a jury scores one kind of thing."))
    jury.kind = kind
    jury.save(update_fields=["kind"])


@transaction.atomic
def release_candidate(candidate: Candidate, *, by: Person, now: datetime) -> None:
    """Take something away from before the jury, as long as nobody has begun to score it."""
    jury = held(candidate.jury)
    require(may_arrange(by, jury))
    require_stage(jury, now, *BEFORE_DELIBERATION)
    list(jury.members.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    if candidate.assessments.exclude(state=AssessmentState.RECUSED).exists():
        raise WrongMoment(_("A member has begun with it: it stays before the jury."))
    note("jury.candidate_released", jury, jury, by, now, number=candidate.number)
    candidate.delete()
