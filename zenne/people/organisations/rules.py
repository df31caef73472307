from django.contrib.auth.models import AnonymousUser
from django.db import connection

from zenne.people.accounts.models import Person

from .enums import Role
from .errors import NotYours
from .models import Membership, Organisation


def is_member(person: Person) -> bool:
    """Whether a person works for any organisation. Asked once: the answer stays on the request's own person, who may have been read with it."""
    if not hasattr(person, "_is_member"):
        person._is_member = Membership.objects.filter(person_id=person.pk).exists()  # type: ignore[attr-defined]
    return bool(person._is_member)  # type: ignore[attr-defined]


def roles_of(person: Person, organisation: Organisation) -> set[str]:
    """The roles a person has in one organisation, as stored; a platform administrator has them all. Most people who read a page work nowhere, which was read
    with them; a verb reads it inside its transaction."""
    if person.is_superuser:
        return set(Role.values)
    if getattr(person, "_is_member", True) is False and not connection.in_atomic_block:
        return set()
    return set(Membership.objects.filter(person_id=person.pk, organisation=organisation).values_list("role", flat=True))


def works_for(person: Person | AnonymousUser | None, organisation: Organisation, *roles: Role) -> bool:
    """Whether a person is staff of this organisation, in one of `roles` when given. An administrator fills every role."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    held = roles_of(person, organisation)
    return bool(held) if not roles else bool(held & {*roles, Role.ADMIN})


def may_manage(person: Person | AnonymousUser | None, organisation: Organisation, *roles: Role) -> bool:
    """Whether a person may change what the organisation is: its administrators, and whoever has one of `roles` when given."""
    return works_for(person, organisation, Role.ADMIN, *roles)


def require_manager(person: Person | None, organisation: Organisation) -> None:
    """Go on, or raise NotYours. None is the platform itself: the command line, the demonstration."""
    if person is not None and not may_manage(person, organisation):
        raise NotYours


def require_platform(person: Person | None) -> None:
    """Go on, or raise NotYours unless this is a platform administrator, or the platform itself."""
    if person is not None and not (person.is_active and person.is_superuser):
        raise NotYours
