from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.access.enums import Level
from zenne.people.access.rules import reaches
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.rules import works_for

from .kinds import contribution_of


def may_report(person: Person | AnonymousUser | None, thing: Model) -> Answer:
    contribution = contribution_of(thing)
    answer = reaches(person, Level.CONFIRMED, organisation=contribution.organisation(thing))
    if answer and contribution.author(thing) == person:
        return Refused(Reason.WRONG_STATE)
    return answer


def may_moderate(person: Person | AnonymousUser | None, thing: Model) -> Answer:
    """Moderators of the organisation, but never of what they wrote themselves."""
    contribution = contribution_of(thing)
    if not works_for(person, contribution.organisation(thing), Role.MODERATOR) or contribution.author(thing) == person:
        return Refused(Reason.NOT_STAFF)
    return ALLOWED
