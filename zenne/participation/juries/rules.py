"""Who may do what in a jury, and when. A member answers for themselves; the chair leads; process managers arrange and publish."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from zenne.participation.processes.enums import ProcessState, WindowState
from zenne.participation.selections.enums import SelectionState
from zenne.participation.selections.models import Selection
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.accounts.models import Person
from zenne.people.accounts.rules import has_confirmed_email
from zenne.people.organisations.enums import Role
from zenne.people.organisations.rules import works_for

from .enums import SCORED, AssessmentState, Blind, MemberState, Stage
from .models import Assessment, Candidate, Jury, Member, Session

Visitor = Person | AnonymousUser | None


def selection_of(jury: Jury) -> Selection | None:
    """What the jury left behind, where it stands; an annulled one counts no more."""
    return left_by(jury.activity_id).first()


def left_by(activity: int) -> QuerySet[Selection]:
    """The selections of an activity that stand, the latest first."""
    return Selection.objects.filter(activity=activity, state=SelectionState.PUBLISHED).order_by("-number")


def stage(jury: Jury, now: datetime) -> Stage:
    """Where the jury stands: by what it published, its sessions, then its window."""
    if is_published(jury):
        return Stage.PUBLISHED
    if has_deliberated(jury):
        return Stage.DELIBERATING
    state = jury.activity.state(now)
    if state == WindowState.UPCOMING or jury.process.state == ProcessState.DRAFT:
        return Stage.PREPARING
    return Stage.SCORING if state == WindowState.OPEN else Stage.WAITING


def is_published(jury: Jury) -> bool:
    return jury.published_at is not None or selection_of(jury) is not None


def has_deliberated(jury: Jury) -> bool:
    """Whether a session was ever opened: from then on nobody scores."""
    return Session.objects.filter(jury=jury).exists()


def manages(person: Visitor, jury: Jury) -> bool:
    return works_for(person, jury.process.organisation, Role.MANAGER)


def may_arrange(person: Visitor, jury: Jury) -> Answer:
    """Members, criteria, what is scored: process managers."""
    return ALLOWED if manages(person, jury) else Refused(Reason.NOT_STAFF)


def seat_of(person: Visitor, jury: Jury) -> Member | None:
    """The seat of a person who accepted the charter."""
    if not isinstance(person, Person) or not person.is_active:
        return None
    return Member.objects.filter(jury=jury, person=person, state=MemberState.ACCEPTED).first()


def may_lead(person: Visitor, jury: Jury) -> Answer:
    """Unlocking, deliberating, wording the reasons: the chair, and process managers."""
    seat = seat_of(person, jury)
    if (seat is not None and seat.is_chair) or manages(person, jury):
        return ALLOWED
    return Refused(Reason.NOT_CHAIR if isinstance(person, Person) else Reason.NOT_SIGNED_IN)


def may_answer(person: Visitor, member: Member) -> Answer:
    """An invitation is answered by whoever proved to have its address."""
    if not isinstance(person, Person):
        return Refused(Reason.NOT_SIGNED_IN)
    if not member.email or person.email.lower() != member.email.lower():
        return Refused(Reason.NOT_YOURS)
    if not has_confirmed_email(person):
        return Refused(Reason.EMAIL_UNCONFIRMED)
    return ALLOWED if member.state == MemberState.INVITED else Refused(Reason.WRONG_STATE)


def may_score(member: Member, candidate: Candidate, now: datetime) -> Answer:
    """A member who accepted the charter, while scoring is open, on what still stands; recused ones do not get this far."""
    jury = candidate.jury
    if member.jury_id != jury.pk or member.state != MemberState.ACCEPTED:
        return Refused(Reason.NOT_A_MEMBER)
    if jury.process.state != ProcessState.PUBLISHED:
        return Refused(Reason.SWITCHED_OFF)
    opens_at, closes_at = jury.activity.window()
    match jury.activity.state(now):
        case WindowState.UPCOMING:
            return Refused(Reason.NOT_YET_OPEN, (("opens_at", opens_at),))
        case WindowState.CLOSED:
            return Refused(Reason.CLOSED, (("closes_at", closes_at),))
    if has_deliberated(jury):
        return Refused(Reason.TOO_LATE)
    return ALLOWED if candidate.stands else Refused(Reason.WRONG_STATE)


def may_read_scores(person: Visitor, jury: Jury, candidate: Candidate) -> bool:
    """Whether this person may see what others gave. Blind until their own is submitted, or until the deliberation, as the rule says;
    staff and a recused member see nothing before the deliberation."""
    seat = seat_of(person, jury)
    if seat is None and not manages(person, jury):
        return False
    if has_deliberated(jury):
        return True
    if seat is None or jury.blind == Blind.ALL:
        return False
    return Assessment.objects.filter(member=seat, candidate=candidate, state__in=SCORED).exists()


def is_recused(person: Visitor, candidate: Candidate) -> bool:
    """Whether this person declared a conflict of interest on it, in whatever role they act now."""
    return (
        isinstance(person, Person)
        and Assessment.objects.filter(
            member__person=person, candidate=candidate, state=AssessmentState.RECUSED
        ).exists()
    )


def may_move(person: Visitor, candidate: Candidate) -> Answer:
    """Whoever leads, but never on an idea on which they are recused."""
    answer = may_lead(person, candidate.jury)
    if answer and is_recused(person, candidate):
        return Refused(Reason.RECUSED)
    return answer
