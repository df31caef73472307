from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.rules import works_for


def may_write(person: Person | None, organisation: Organisation) -> Answer:
    """Texts: editors, and process managers too."""
    return ALLOWED if works_for(person, organisation, Role.MANAGER, Role.EDITOR) else Refused(Reason.NOT_STAFF)


def may_send(person: Person | None, organisation: Organisation) -> Answer:
    """Writing to many people at once: process managers."""
    return ALLOWED if works_for(person, organisation, Role.MANAGER) else Refused(Reason.NOT_STAFF)
