"""The reads worth a name. Whatever holds somebody's points goes through `readable`, which asks who reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from zenne.participation.processes.enums import ProcessState
from zenne.people.accounts.models import Person

from .enums import SCORED, AssessmentState, MemberState
from .models import (
    Assessment,
    Candidate,
    Criterion,
    Jury,
    Level,
    Member,
    Move,
    Score,
    Session,
    Unlocking,
    read_together,
)
from .rules import Visitor, is_published, may_read_scores, seat_of


def juries() -> QuerySet[Jury]:
    return Jury.objects.select_related("activity__phase__process__organisation")


def whole(jury: Jury) -> Jury:
    """The jury read anew, with what its rules ask of it."""
    return juries().get(pk=jury.pk)


def criteria(jury: Jury) -> list[Criterion]:
    """In their order, each with its levels by points."""
    levels = Prefetch("levels", Level.objects.order_by("value"))
    return list(jury.criteria.order_by("position", "id").prefetch_related(levels))


def candidates(jury: Jury) -> QuerySet[Candidate]:
    found = Candidate.objects.filter(jury=jury).select_related("idea__process", "idea__author")
    return found.defer("idea__search").order_by("id")


def everything(jury: Jury) -> list[Candidate]:
    """All that was ever put before the jury and not taken away, ready to be read."""
    return known(jury, candidates(jury))


def known(jury: Jury, found: Iterable[Candidate]) -> list[Candidate]:
    """The same candidates, each with its jury and with what it is about: one question for all."""
    rows = list(found)
    for candidate in rows:
        candidate.jury = jury
    read_together(jury.kind, rows)
    return rows


def standing(jury: Jury) -> list[Candidate]:
    """What is before the jury now: without what was withdrawn, refused or merged meanwhile."""
    return [candidate for candidate in everything(jury) if candidate.stands]


def decided(jury: Jury) -> list[Candidate]:
    """What the jury spoke of, wherever it went since."""
    return [candidate for candidate in everything(jury) if candidate.kept is not None]


def considered(jury: Jury) -> list[Candidate]:
    """What is before the jury; once it has spoken, all that it spoke of."""
    return decided(jury) if is_published(jury) else standing(jury)


def members(jury: Jury) -> QuerySet[Member]:
    """Everybody ever invited, the chair first."""
    return Member.objects.filter(jury=jury).select_related("person").order_by("-is_chair", "id")


def seated(jury: Jury) -> list[Member]:
    return list(members(jury).filter(state=MemberState.ACCEPTED))


def seats_of(person: Person) -> QuerySet[Member]:
    """The seats and open invitations of a person, the newest jury first."""
    mine = Q(person=person, state=MemberState.ACCEPTED) | Q(email__iexact=person.email, state=MemberState.INVITED)
    found = Member.objects.filter(mine).exclude(jury__activity__phase__process__state=ProcessState.DRAFT)
    return found.select_related("jury__activity__phase__process__organisation").order_by("-jury_id")


def recusals(jury: Jury) -> dict[int, int]:
    """How many members are recused, by candidate."""
    found = Assessment.objects.filter(candidate__jury=jury, state=AssessmentState.RECUSED).order_by()
    return dict(found.values_list("candidate").annotate(Count("id")))


@dataclass(frozen=True)
class Work:
    """One candidate as one member has it before them."""

    candidate: Candidate
    assessment: Assessment | None

    @property
    def state(self) -> AssessmentState | None:
        return AssessmentState(self.assessment.state) if self.assessment else None

    @property
    def is_missing(self) -> bool:
        return self.state in (None, AssessmentState.IN_PROGRESS)


def work_of(member: Member) -> list[Work]:
    """What stands before a member, in an order of their own, so that nothing is always read first or last, tired."""
    mine = {each.candidate_id: each for each in Assessment.objects.filter(member=member)}
    order = sorted(considered(member.jury), key=lambda each: (crc32(f"{member.pk}.{each.pk}".encode()), each.pk))
    return [Work(candidate, mine.get(candidate.pk)) for candidate in order]


@dataclass(frozen=True)
class Progress:
    """How far a member is. It says nothing of what they gave."""

    member: Member
    submitted: int
    recused: int
    missing: int


def progress(jury: Jury) -> list[Progress]:
    keys = [candidate.pk for candidate in standing(jury)]
    rows = Assessment.objects.filter(candidate__in=keys).order_by().values_list("member", "state").annotate(Count("id"))
    counted = {(member, state): number for member, state, number in rows}
    found = []
    for member in seated(jury):
        submitted = sum(counted.get((member.pk, state), 0) for state in SCORED)
        recused = counted.get((member.pk, AssessmentState.RECUSED), 0)
        found.append(Progress(member, submitted, recused, len(keys) - submitted - recused))
    return found


def missing_scores(jury: Jury) -> int:
    return sum(each.missing for each in progress(jury))


def assessments(candidates: Iterable[Candidate]) -> QuerySet[Assessment]:
    """What was submitted about these, with its points. For who may read all of it: the deliberation, the minutes, the published result."""
    found = Assessment.objects.filter(candidate__in=[each.pk for each in candidates], state__in=SCORED)
    points = Prefetch("scores", Score.objects.order_by("criterion__position", "criterion_id"))
    return found.select_related("member__person").prefetch_related(points).order_by("candidate_id", "member_id")


def readable(person: Visitor, candidate: Candidate) -> list[Assessment]:
    """What this person may see of what others submitted about a candidate; their own is theirs anyway and is not in it."""
    if not may_read_scores(person, candidate.jury, candidate):
        return []
    seat = seat_of(person, candidate.jury)
    return list(assessments([candidate]).exclude(member=seat.pk if seat else None))


def session_open(jury: Jury) -> Session | None:
    return Session.objects.filter(jury=jury, closed_at=None).first()


def sessions(jury: Jury) -> list[Session]:
    present = Prefetch("present", Member.objects.select_related("person").order_by("-is_chair", "id"))
    return list(Session.objects.filter(jury=jury).prefetch_related(present).order_by("number"))


def moves(jury: Jury) -> list[Move]:
    found = Move.objects.filter(session__jury=jury).select_related("moved_by", "session", "candidate__idea")
    rows = list(found.defer("candidate__idea__search").order_by("moved_at", "id"))
    known(jury, [row.candidate for row in rows])
    return rows


def ties(jury: Jury) -> list[Assessment]:
    """The conflicts of interest that were declared."""
    found = Assessment.objects.filter(candidate__jury=jury, state=AssessmentState.RECUSED)
    found = found.select_related("candidate__idea", "member__person").defer("candidate__idea__search")
    rows = list(found.order_by("candidate_id", "member_id"))
    known(jury, [row.candidate for row in rows])
    return rows


def unlockings(jury: Jury) -> list[Unlocking]:
    found = Unlocking.objects.filter(assessment__candidate__jury=jury)
    found = found.select_related("assessment__member__person", "assessment__candidate__idea", "unlocked_by")
    rows = list(found.defer("assessment__candidate__idea__search").order_by("unlocked_at", "id"))
    known(jury, [row.assessment.candidate for row in rows])
    return rows


def at_work(now: datetime) -> QuerySet[Jury]:
    """The juries that score now: open, public, and not deliberating yet."""
    found = juries().annotate(
        since=Coalesce("activity__opens_at", "activity__phase__opens_at"),
        until=Coalesce("activity__closes_at", "activity__phase__closes_at"),
        sat=Exists(Session.objects.filter(jury=OuterRef("pk"))),
    )
    found = found.filter(activity__phase__process__state=ProcessState.PUBLISHED, sat=False, since__lte=now)
    return found.filter(Q(until__isnull=True) | Q(until__gt=now)).order_by("pk")
