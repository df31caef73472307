"""What a member does with one candidate: points kept as a draft, submitted once and for all, or a conflict of interest declared.

Each of these holds the member's own seat, so that what one person does on two devices happens one after the other.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.participation.processes.actions import ensure_frozen
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person

from ..enums import ASSESSMENT_TRANSITIONS, SCORED, AssessmentState, Stage
from ..errors import ReasonNeeded, Unscored
from ..models import Assessment, Candidate, Criterion, Jury, Member, Score, Unlocking
from ..notifications import unlocked
from ..rules import may_lead, may_score, stage
from .holding import held_seat, note

S = AssessmentState


@transaction.atomic
def save_draft(
    member: Member,
    candidate: Candidate,
    *,
    points: Mapping[int, int | None],
    comment: str | None = None,
    by: Person,
    now: datetime,
) -> Assessment:
    """Keep points by criterion (its primary key; None takes them back) and the comment. Nothing else is judged; the rest stays as it was."""
    assessment = _begun(member, candidate, by=by, now=now)
    _write(assessment, candidate.jury, points, comment, by)
    return assessment


@transaction.atomic
def submit(
    member: Member,
    candidate: Candidate,
    *,
    points: Mapping[int, int | None] | None = None,
    comment: str | None = None,
    by: Person,
    now: datetime,
) -> Assessment:
    """Hand the assessment in. From here on it cannot be altered, not by its member and not by anybody else. Raises Unscored."""
    assessment = _begun(member, candidate, by=by, now=now)
    _write(assessment, candidate.jury, points or {}, comment, by)
    scored = set(assessment.scores.values_list("criterion", flat=True))
    asked = list(Criterion.objects.filter(jury=candidate.jury).order_by("position", "id").values_list("pk", flat=True))
    if not asked or (lacking := [key for key in asked if key not in scored]):
        raise Unscored(lacking if asked else [])
    _step(assessment, S.SUBMITTED)
    assessment.submitted_at = now
    assessment.save(update_fields=["state", "submitted_at"])
    note("jury.submitted", assessment, candidate.jury, by, now, number=candidate.number)
    return assessment


@transaction.atomic
def recuse(member: Member, candidate: Candidate, *, tie: str, by: Person, now: datetime) -> Assessment:
    """Declare a conflict of interest: what was scored goes, and the member has no more say on this candidate.

    Also after submitting, and while the jury deliberates, when a tie comes to light late; then the withdrawal stays in the record.
    """
    member, candidate = _seat(member, candidate, by)
    if not tie.strip():
        raise Invalid(_("Say in a few words what links you to it: only the jury and the staff read it."))
    if stage(candidate.jury, now) not in (Stage.SCORING, Stage.WAITING, Stage.DELIBERATING):
        require(Refused(Reason.TOO_LATE))
    ensure_frozen(candidate.jury.activity, now=now)
    assessment = _row(member, candidate, now)
    if assessment.state == S.RECUSED:
        return assessment
    if assessment.state in SCORED:
        _open_again(assessment, reason=tie, by=by, now=now)
    assessment.scores.all().delete()
    _step(assessment, S.RECUSED)
    assessment.tie, assessment.comment, assessment.submitted_at = tie.strip()[:1000], "", None
    assessment.save(update_fields=["state", "tie", "comment", "submitted_at"])
    note("jury.recused", assessment, candidate.jury, by, now, number=candidate.number)
    return assessment


@transaction.atomic
def lift_recusal(assessment: Assessment, *, reason: str, by: Person, now: datetime) -> Assessment:
    """A declaration was a mistake: the chair or a manager says why, and the member may score after all. Nobody lifts their own."""
    assessment = _for_leader(assessment, S.RECUSED, by=by, now=now)
    if not reason.strip():
        raise ReasonNeeded()
    Unlocking.objects.create(assessment=assessment, reason=reason.strip()[:1000], unlocked_by=by, unlocked_at=now)
    _step(assessment, S.IN_PROGRESS)
    assessment.tie = ""
    assessment.save(update_fields=["state", "tie"])
    note("jury.recusal_lifted", assessment, assessment.candidate.jury, by, now, number=assessment.candidate.number)
    return assessment


@transaction.atomic
def unlock(assessment: Assessment, *, reason: str, by: Person, now: datetime) -> Assessment:
    """Open a submitted assessment again, with a reason that stays in the record, beside how many others its member could read by then.
    Nobody opens their own."""
    assessment = _for_leader(assessment, S.SUBMITTED, by=by, now=now)
    if not reason.strip():
        raise ReasonNeeded()
    _open_again(assessment, reason=reason, by=by, now=now)
    note("jury.unlocked", assessment, assessment.candidate.jury, by, now, number=assessment.candidate.number)
    transaction.on_commit(lambda: unlocked(assessment, now))
    return assessment


def _seat(member: Member, candidate: Candidate, by: Person) -> tuple[Member, Candidate]:
    """The seat, held, and the candidate of the same jury. Nobody acts from somebody else's seat."""
    member = held_seat(member)
    if member.person_id != by.pk:
        require(Refused(Reason.NOT_YOURS))
    found = Candidate.objects.select_related("idea__process").filter(pk=candidate.pk, jury=member.jury).first()
    if found is None:
        require(Refused(Reason.NOT_A_MEMBER))
    assert found is not None
    found.jury = member.jury
    return member, found


def _row(member: Member, candidate: Candidate, now: datetime) -> Assessment:
    row, _made = Assessment.objects.get_or_create(member=member, candidate=candidate, defaults={"begun_at": now})
    row.member, row.candidate = member, candidate
    return row


def _begun(member: Member, candidate: Candidate, *, by: Person, now: datetime) -> Assessment:
    """The member's own assessment in progress, held by their seat. Raises NotAllowed when it is handed in, or they are recused."""
    member, candidate = _seat(member, candidate, by)
    require(may_score(member, candidate, now))
    ensure_frozen(candidate.jury.activity, now=now)
    row = _row(member, candidate, now)
    if row.state != S.IN_PROGRESS:
        require(Refused(Reason.WRONG_STATE))
    return row


def _write(
    assessment: Assessment, jury: Jury, points: Mapping[int, int | None], comment: str | None, by: Person
) -> None:
    known = set(Criterion.objects.filter(jury=jury).values_list("pk", flat=True))
    most = assessment.candidate.jury.points
    if any(key not in known or (value is not None and not 1 <= value <= most) for key, value in points.items()):
        raise Invalid(_("These points are not on the scale."))
    gone = [key for key, value in points.items() if value is None]
    Score.objects.filter(assessment=assessment, criterion__in=gone).delete()
    Score.objects.bulk_create(
        [Score(assessment=assessment, criterion_id=key, value=value) for key, value in points.items() if value],
        update_conflicts=True,
        unique_fields=["assessment", "criterion"],
        update_fields=["value"],
    )
    if comment is not None:
        assessment.comment, assessment.language = comment.strip()[:4000], by.language
        assessment.save(update_fields=["comment", "language"])


def _step(assessment: Assessment, to: AssessmentState) -> None:
    if to not in ASSESSMENT_TRANSITIONS[S(assessment.state)]:
        require(Refused(Reason.WRONG_STATE))
    assessment.state = to


def _for_leader(assessment: Assessment, state: AssessmentState, *, by: Person, now: datetime) -> Assessment:
    """Somebody's assessment in that state, their seat held, for whoever leads and is not that member, while scores can still be given."""
    seat = held_seat(assessment.member)
    candidate = Candidate.objects.select_related("idea__process").get(pk=assessment.candidate_id)
    candidate.jury = seat.jury
    require(may_lead(by, seat.jury))
    if seat.person_id == by.pk:
        require(Refused(Reason.NOT_YOURS))
    if stage(seat.jury, now) != Stage.SCORING:
        require(Refused(Reason.TOO_LATE))
    row = Assessment.objects.get(pk=assessment.pk)
    row.member, row.candidate = seat, candidate
    if row.state != state:
        require(Refused(Reason.WRONG_STATE))
    return row


def _open_again(assessment: Assessment, *, reason: str, by: Person, now: datetime) -> None:
    others = Assessment.objects.filter(candidate=assessment.candidate, state__in=SCORED).exclude(pk=assessment.pk)
    Unlocking.objects.create(
        assessment=assessment,
        reason=reason.strip()[:1000],
        seen=others.count() if assessment.candidate.jury.blind == "own" else 0,
        unlocked_by=by,
        unlocked_at=now,
    )
    _step(assessment, S.IN_PROGRESS)
    assessment.submitted_at = None
    assessment.save(update_fields=["state", "submitted_at"])
