from django.contrib.auth.models import AnonymousUser

from zenne.people.accounts.models import Person

from .enums import Role
from .models import Organisation
from .queries import roles_of


def works_for(person: Person | AnonymousUser | None, organisation: Organisation, *roles: Role) -> bool:
    """Whether a person is staff of this organisation, in one of `roles` when given. An administrator fills every role."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    held = roles_of(person, organisation)
    return bool(held) if not roles else bool(held & {*roles, Role.ADMIN})
