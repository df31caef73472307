from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.access.enums import Level
from zenne.people.access.rules import reaches
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.rules import works_for

from .enums import Verdict
from .kinds import contribution_of
from .models import APPEAL_TERM, Appeal, Block, Decision

Visitor = Person | AnonymousUser | None


def may_report(person: Visitor, thing: Model) -> Answer:
    contribution = contribution_of(thing)
    answer = reaches(person, Level.CONFIRMED, organisation=contribution.organisation(thing))
    if answer and contribution.author(thing) == person:
        return Refused(Reason.WRONG_STATE)
    return answer


def may_moderate(person: Visitor, thing: Model) -> Answer:
    """Moderators of the organisation, but never of what they wrote themselves."""
    contribution = contribution_of(thing)
    if contribution.author(thing) == person:
        return Refused(Reason.NOT_STAFF)
    return may_serve(person, contribution.organisation(thing))


def may_serve(person: Visitor, organisation: Organisation) -> Answer:
    """Whoever moderates for this organisation."""
    return ALLOWED if works_for(person, organisation, Role.MODERATOR) else Refused(Reason.NOT_STAFF)


def may_appeal(person: Visitor, against: Decision | Block, now: datetime) -> Answer:
    """The person who was told, once, within the published term; a block that was lifted needs none."""
    if not isinstance(person, Person):
        return Refused(Reason.NOT_SIGNED_IN)
    told, since = (
        (against.case.author_id, against.decided_at)
        if isinstance(against, Decision)
        else (against.person_id, against.starts_at)
    )
    if told != person.pk:
        return Refused(Reason.NOT_YOURS)
    if Appeal.objects.filter(**{"decision" if isinstance(against, Decision) else "block": against}).exists():
        return Refused(Reason.LIMIT_REACHED)
    if isinstance(against, Decision):
        later = against.case.decisions.filter(verdict=Verdict.RESTORED).exists()
        if against.verdict != Verdict.HIDDEN or later:
            return Refused(Reason.WRONG_STATE)
    elif against.lifted_at is not None:
        return Refused(Reason.WRONG_STATE)
    if now >= since + APPEAL_TERM:
        return Refused(Reason.TOO_LATE, (("closes_at", since + APPEAL_TERM),))
    return ALLOWED


def may_judge(person: Visitor, appeal: Appeal) -> Answer:
    """A moderator of the organisation that handles it: never who took the first decision, never who appealed."""
    if not isinstance(person, Person) or person.pk in (appeal.first_id, appeal.author_id):
        return Refused(Reason.NOT_STAFF)
    if appeal.handled_by is None:
        return ALLOWED if person.is_superuser and person.is_active else Refused(Reason.NOT_STAFF)
    return may_serve(person, appeal.handled_by)


def may_block(person: Visitor, organisation: Organisation, whom: Person) -> Answer:
    """Moderators block residents: not colleagues, not platform administrators, not themselves."""
    if whom.is_superuser or works_for(whom, organisation):
        return Refused(Reason.NOT_STAFF)
    return may_serve(person, organisation)
