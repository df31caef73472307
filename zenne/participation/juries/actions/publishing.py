"""The end: of ideas, a Selection of what the jury keeps, with its statement, the scores, and a reason for each idea kept and each not kept; of anything else,
the same said to the app it belongs to."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import LANGUAGES, in_every_language, missing, text_in
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Process
from zenne.participation.selections import actions as selections
from zenne.participation.selections.enums import Outcome
from zenne.participation.selections.models import Selection
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from .. import queries, wording
from ..enums import AssessmentState, Stage
from ..kinds import Verdict, subjects
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
    jury, standing = _ready(jury, of_ideas=True, by=by, now=now)
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
            _idea(candidate),
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
    _close(jury, now)
    note("jury.published", jury, jury, by, now, selection=made.number)
    transaction.on_commit(lambda: result_published(jury, made, now))
    return made


@transaction.atomic
def publish_verdicts(jury: Jury, *, by: Person, now: datetime) -> list[Verdict]:
    """Put the result of a jury that scores no ideas before everyone, for a process manager: the app that owns the things says what follows for them,
    assessments are locked for ever. All or nothing."""
    jury, standing = _ready(jury, of_ideas=False, by=by, now=now)
    found = verdicts(jury, standing) + [
        Verdict(each.number, kept=None, rank=None, score="", reason={})
        for each in queries.everything(jury)
        if not each.stands
    ]
    jury.published_at = now
    jury.save(update_fields=["published_at"])
    Candidate.objects.filter(jury=jury, key__in=[each.key for each in found if each.kept is None]).update(kept=None)
    subjects[jury.kind].publish(jury.pk, found, by, now)
    _close(jury, now)
    note("jury.published", jury, jury, by, now, number=len(found))
    transaction.on_commit(lambda: result_published(jury, None, now))
    return found


def verdicts(jury: Jury, candidates: list[Candidate]) -> list[Verdict]:
    """What the jury says of each, recomputed from the points as they are stored: the same today and in ten years."""
    return [
        Verdict(
            key=tally.candidate.number,
            kept=tally.candidate.kept,
            rank=tally.rank,
            score=str(tally.score) if tally.score is not None else "",
            reason={code: text_in(tally.candidate, "reason", code) for code in LANGUAGES},
        )
        for tally in tallies(candidates, queries.assessments(candidates), queries.criteria(jury))
    ]


def _ready(jury: Jury, *, of_ideas: bool, by: Person, now: datetime) -> tuple[Jury, list[Candidate]]:
    """The jury, held, with what stands before it: everything decided and worded."""
    jury = held(jury)
    require(may_arrange(by, jury))
    require_stage(jury, now, Stage.DELIBERATING)
    if of_ideas != (jury.kind == ""):
        raise Conflict(_("This jury scores something else."))
    held_seats(jury)
    standing = queries.standing(jury)
    require_whole(jury, standing)
    return jury, standing


def _close(jury: Jury, now: datetime) -> None:
    """What was handed in is locked, and the sitting is over."""
    Assessment.objects.filter(candidate__jury=jury, state=AssessmentState.SUBMITTED).update(
        state=AssessmentState.LOCKED
    )
    jury.sessions.filter(closed_at=None).update(closed_at=now)


def _idea(candidate: Candidate) -> Idea:
    assert candidate.idea is not None  # a jury without a kind scores ideas: a constraint says so
    return candidate.idea


def _set_aside(made: Selection, jury: Jury, standing: list[Candidate], by: Person) -> None:
    """What was before the jury and fell out of it on the way is in the record too."""
    there = {candidate.pk for candidate in standing}
    words = in_every_language(
        lambda: _(
            "It was withdrawn, refused or joined to another idea while the jury was at work, so nothing was decided about it."
        )
    )
    for candidate in queries.everything(jury):
        if candidate.pk not in there:
            selections.choose(made, _idea(candidate), outcome=Outcome.SET_ASIDE, reason=words, by=by)
    Candidate.objects.filter(jury=jury).exclude(pk__in=there).update(kept=None)


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
            ngettext("%(number)s is undecided.", "%(number)s are undecided.", undecided) % {"number": undecided}
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
                "%(number)s has no public reason in every language yet.",
                "%(number)s have no public reason in every language yet.",
                silent,
            )
            % {"number": silent}
        )
    if missing(jury, ["statement"], languages):
        found.append(_("The public statement is not written in every language yet."))
    return found
