from django.contrib.auth.models import AnonymousUser

from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.accounts.models import Person


def may_import(person: Person | AnonymousUser | None) -> Answer:
    """Areas are the whole platform's: its administrators bring them in."""
    if isinstance(person, Person) and person.is_active and person.is_superuser:
        return ALLOWED
    return Refused(Reason.NOT_STAFF)
