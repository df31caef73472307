"""Who may do what with an idea, and when."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser

from zenne.participation.processes.enums import Action, ProcessState
from zenne.participation.processes.models import Activity
from zenne.participation.processes.rules import allowed
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.accounts.models import Person
from zenne.people.moderation.queries import blocked
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.rules import works_for

from .enums import OPEN_TO_EDITS, OPEN_TO_MERGE, OPEN_TO_SUPPORT, OWN_VERB, TRANSITIONS, IdeaState
from .models import Idea, Merge, MergeConsent, Support

Visitor = Person | AnonymousUser | None

# Up to here moderators lead an idea; what follows is a decision of the process managers.
READING = {IdeaState.PUBLISHED, IdeaState.REJECTED, IdeaState.ADMISSIBLE, IdeaState.INADMISSIBLE}


def is_author(person: Visitor, idea: Idea) -> bool:
    return isinstance(person, Person) and idea.author_id is not None and idea.author_id == person.pk


def may_see(person: Visitor, idea: Idea) -> bool:
    """What is public is for everyone; the rest for its author and for the staff who handle it."""
    return idea.is_public or is_author(person, idea) or works_for(person, idea.process.organisation)


def may_propose(person: Visitor, activity: Activity, now: datetime) -> Answer:
    answer = allowed(person, Action.PROPOSE, activity, now)
    if not answer:
        return answer
    limit = activity.ideation.ideas_per_person
    if limit is not None and isinstance(person, Person):
        sent = Idea.objects.filter(activity=activity, author=person).exclude(
            state__in=[IdeaState.WITHDRAWN, IdeaState.REJECTED]
        )
        if sent.count() >= limit:
            return Refused(Reason.LIMIT_REACHED, (("limit", limit),))
    return ALLOWED


def may_enter(person: Visitor, activity: Activity) -> Answer:
    """Staff key in what came by another way, also after the closing: a letter posted in time counts."""
    process = activity.process
    if not works_for(person, process.organisation):
        return Refused(Reason.NOT_STAFF)
    return ALLOWED if process.state == ProcessState.PUBLISHED else Refused(Reason.SWITCHED_OFF)


def may_edit(person: Visitor, idea: Idea, now: datetime) -> Answer:
    """The author, until the organisation answers or begins to decide, or for as many minutes as the rule gives."""
    if not is_author(person, idea):
        return Refused(Reason.NOT_YOURS)
    if idea.state not in OPEN_TO_EDITS or idea.answered_at is not None:
        return Refused(Reason.WRONG_STATE)
    minutes = idea.activity.ideation.edit_minutes
    if minutes is not None and now >= idea.submitted_at + timedelta(minutes=minutes):
        return Refused(Reason.TOO_LATE)
    return blocked(person, idea.process.organisation, now)


def may_withdraw(person: Visitor, idea: Idea) -> Answer:
    """The author, at any time before the vote."""
    if not is_author(person, idea):
        return Refused(Reason.NOT_YOURS)
    return ALLOWED if IdeaState.WITHDRAWN in TRANSITIONS[IdeaState(idea.state)] else Refused(Reason.WRONG_STATE)


def may_support(person: Visitor, idea: Idea, now: datetime, *, value: int = 1) -> Answer:
    """Whoever the activity lets support while it is open. A vote against exists only where the rule offers it."""
    answer = allowed(person, Action.SUPPORT, idea.activity, now)
    if not answer:
        return answer
    if idea.state not in OPEN_TO_SUPPORT:
        return Refused(Reason.WRONG_STATE)
    settings = idea.activity.ideation
    if value < 0 and not settings.oppose:
        return Refused(Reason.SWITCHED_OFF)
    if not isinstance(person, Person):
        return Refused(Reason.NOT_SIGNED_IN)
    if settings.supports_per_person is not None:
        others = (
            Support.objects.filter(person=person, idea__activity=idea.activity_id)
            .exclude(idea__state=IdeaState.MERGED)
            .exclude(idea=idea)
        )
        if others.count() >= settings.supports_per_person:
            return Refused(Reason.LIMIT_REACHED, (("limit", settings.supports_per_person),))
    return ALLOWED


def may_handle(person: Visitor, organisation: Organisation) -> Answer:
    """Every member of staff reads, notes, tags and assigns."""
    return ALLOWED if works_for(person, organisation) else Refused(Reason.NOT_STAFF)


def may_moderate(person: Visitor, organisation: Organisation) -> Answer:
    """Publishing, refusing, moving and merging: moderators and process managers."""
    return ALLOWED if works_for(person, organisation, Role.MODERATOR, Role.MANAGER) else Refused(Reason.NOT_STAFF)


def may_answer(person: Visitor, organisation: Organisation) -> Answer:
    """Speaking for the organisation: whoever moderates, manages or edits."""
    return (
        ALLOWED
        if works_for(person, organisation, Role.MODERATOR, Role.MANAGER, Role.EDITOR)
        else Refused(Reason.NOT_STAFF)
    )


def may_lead(person: Visitor, idea: Idea, after: IdeaState) -> Answer:
    """Whether this person may bring the idea to that state. Moderators judge admissibility; managers decide what follows."""
    roles = (Role.MODERATOR, Role.MANAGER) if after in READING else (Role.MANAGER,)
    if not works_for(person, idea.process.organisation, *roles):
        return Refused(Reason.NOT_STAFF)
    if after in OWN_VERB or after not in TRANSITIONS[IdeaState(idea.state)] or idea.state == IdeaState.MERGED:
        return Refused(Reason.WRONG_STATE)
    if idea.state == IdeaState.REJECTED and after != IdeaState.PUBLISHED:
        return Refused(Reason.WRONG_STATE)
    return ALLOWED


def may_merge(person: Visitor, source: Idea, target: Idea) -> Answer:
    """Two open ideas of one process, the target not itself merged."""
    answer = may_moderate(person, source.process.organisation)
    if not answer:
        return answer
    if source.pk == target.pk or source.process_id != target.process_id:
        return Refused(Reason.WRONG_STATE)
    if source.state not in OPEN_TO_MERGE or target.state not in OPEN_TO_MERGE:
        return Refused(Reason.WRONG_STATE)
    return ALLOWED


def may_consent(person: Visitor, merge: Merge) -> Answer:
    """The authors who were asked, while the question is open."""
    if not isinstance(person, Person) or not MergeConsent.objects.filter(merge=merge, person=person).exists():
        return Refused(Reason.NOT_YOURS)
    if merge.completed_at or merge.declined_at or merge.undone_at:
        return Refused(Reason.WRONG_STATE)
    return ALLOWED
