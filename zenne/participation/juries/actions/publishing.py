"""The end: a Selection of what the jury keeps, with its statement, the scores, and a reason for each thing kept and each not kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, in_every_language, missing, text_in
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.processes.models import Process
from zenne.participation.selections import actions as selections
from zenne.participation.selections.enums import Outcome
from zenne.participation.selections.models import Selection
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from .. import queries, wording
from ..enums import AssessmentState, Stage
from ..models import Assessment, Candidate, Jury
from ..notifications import result_published
from ..rules import may_arrange
from ..tallying import proposal, tallies
from .holding import held, held_seats, note, require_stage

MOVE = {Outcome.KEPT: IdeaState.SHORTLISTED, Outcome.NOT_KEPT: IdeaState.NOT_SHORTLISTED}


@transaction.atomic
def publish(jury: Jury, *, by: Person, now: datetime) -> Selection:
    """Put the result before everyone, for a process manager: ideas move on, authors hear, assessments are locked for ever. All or nothing."""
    Process.objects.select_for_update(of=("self",), no_key=True).get(pk=jury.process.pk)
    jury = held(jury)
    require(may_arrange(by, jury))
    require_stage(jury, now, Stage.DELIBERATING)
    held_seats(jury)
    standing = queries.standing(jury)
    require_whole(jury, standing)
    criteria = queries.criteria(jury)
    made = selections.open(
        jury.activity,
        title={code: text_in(jury.activity, "title", code) for code in LANGUAGES},
        statement={code: text_in(jury, "statement", code) for code in LANGUAGES},
        rule=wording.rule(jury, criteria),
        source=jury.source,
        by=by,
        now=now,
    )
    ranked = tallies(standing, queries.assessments(standing), criteria)
    alone, recused = proposal(ranked, jury.keep), queries.recusals(jury)
    for tally in ranked:
        candidate = tally.candidate
        selections.choose(
            made,
            candidate.idea,
            outcome=Outcome.KEPT if candidate.kept else Outcome.NOT_KEPT,
            reason={code: text_in(candidate, "reason", code) for code in LANGUAGES},
            rank=tally.rank,
            figures=wording.figures(
                tally,
                jury,
                criteria,
                recused=recused.get(candidate.pk, 0),
                moved=alone[candidate.pk] != candidate.kept,
            ),
            by=by,
        )
    _set_aside(made, jury, standing, by)
    made = selections.publish(made, move=MOVE, by=by, now=now)
    Assessment.objects.filter(candidate__jury=jury, state=AssessmentState.SUBMITTED).update(
        state=AssessmentState.LOCKED
    )
    jury.sessions.filter(closed_at=None).update(closed_at=now)
    note("jury.published", jury, jury, by, now, selection=made.number)
    transaction.on_commit(lambda: result_published(jury, made, now))
    return made


def _set_aside(made: Selection, jury: Jury, standing: list[Candidate], by: Person) -> None:
    """What was before the jury and fell out of it on the way is in the record too."""
    there = {candidate.pk for candidate in standing}
    words = in_every_language(
        lambda: _(
            "It was withdrawn, refused or joined to another idea while the jury was at work, so nothing was decided about it."
        )
    )
    for candidate in queries.candidates(jury):
        if candidate.pk not in there:
            selections.choose(made, candidate.idea, outcome=Outcome.SET_ASIDE, reason=words, by=by)


def require_whole(jury: Jury, standing: list[Candidate]) -> None:
    """Everything decided, no more kept than the rule allows, and words for everything in every promised language."""
    if faults := what_is_missing(jury, standing):
        raise Invalid(" ".join(faults))


def what_is_missing(jury: Jury, standing: list[Candidate]) -> list[str]:
    """What keeps the result from being published, in sentences."""
    languages, found = jury.process.organisation.languages, []
    undecided = sum(candidate.kept is None for candidate in standing)
    kept = sum(candidate.kept is True for candidate in standing)
    silent = sum(bool(missing(candidate, ["reason"], languages)) for candidate in standing)
    if undecided:
        found.append(
            ngettext("%(number)s idea is undecided.", "%(number)s ideas are undecided.", undecided)
            % {"number": undecided}
        )
    if kept > jury.keep:
        found.append(
            _("The rule lets the jury keep %(most)s at most, and it keeps %(kept)s.")
            % {"most": jury.keep, "kept": kept}
        )
    if not kept:
        found.append(_("Nothing is kept."))
    if silent:
        found.append(
            ngettext(
                "%(number)s idea has no public reason in every language yet.",
                "%(number)s ideas have no public reason in every language yet.",
                silent,
            )
            % {"number": silent}
        )
    if missing(jury, ["statement"], languages):
        found.append(_("The public statement is not written in every language yet."))
    return found
