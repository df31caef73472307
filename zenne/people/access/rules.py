"""Small predicates on a person: has this one reached that level?"""

from django.contrib.auth.models import AnonymousUser

from zenne.people.accounts.models import Person
from zenne.people.accounts.rules import has_confirmed_email
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Membership, Organisation
from zenne.people.organisations.rules import works_for

from .answers import ALLOWED, Answer, Reason, Refused
from .enums import Level
from .models import Group


def reaches(
    person: Person | AnonymousUser | None, level: Level, *, organisation: Organisation, group: Group | None = None
) -> Answer:
    """Whether a person passes one level's door in one organisation. Staff pass every door of their own house."""
    if level == Level.EVERYONE:
        return ALLOWED
    if not isinstance(person, Person):
        return Refused(Reason.NOT_SIGNED_IN)
    if not person.is_active:
        return Refused(Reason.BLOCKED)
    if not has_confirmed_email(person):
        return Refused(Reason.EMAIL_UNCONFIRMED)
    if level == Level.CONFIRMED:
        return ALLOWED
    if works_for(person, organisation):
        return ALLOWED
    if level == Level.STAFF:
        return Refused(Reason.NOT_STAFF)
    if level == Level.VERIFIED and not person.identities.exists():
        return Refused(Reason.NOT_VERIFIED)
    if level == Level.GROUP and not (group and group.members.filter(pk=person.pk).exists()):
        return Refused(Reason.NOT_IN_GROUP)
    return ALLOWED


def needs_second_factor(person: Person) -> bool:
    """Staff of any organisation and platform administrators: whoever the back office opens for."""
    return person.is_superuser or Membership.objects.filter(person_id=person.pk).exists()


def may_verify_residents(person: Person | AnonymousUser | None, organisation: Organisation) -> Answer:
    """Checking identities at the counter or by letter is for an organisation's administrators and process managers."""
    return ALLOWED if works_for(person, organisation, Role.MANAGER) else Refused(Reason.NOT_STAFF)


def may_name_groups(person: Person | AnonymousUser | None, organisation: Organisation) -> Answer:
    return ALLOWED if works_for(person, organisation, Role.MANAGER) else Refused(Reason.NOT_STAFF)
