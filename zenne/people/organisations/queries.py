from django.db.models import QuerySet

from zenne.people.accounts.models import Person

from .enums import Role
from .models import Membership, Organisation


def host() -> Organisation | None:
    """The organisation whose look the platform's own pages wear: the first without a parent."""
    return Organisation.objects.filter(parent__isnull=True).order_by("id").first()


def organisations_of(person: Person, *roles: Role) -> QuerySet[Organisation]:
    """The organisations a person works for (in one of `roles`, when given): the only ones whose rows they may touch.

    A platform administrator works for all of them.
    """
    if person.is_superuser:
        return Organisation.objects.order_by("id")
    memberships = Membership.objects.filter(person_id=person.pk)
    if roles:
        memberships = memberships.filter(role__in=[*roles, Role.ADMIN])
    return Organisation.objects.filter(id__in=memberships.values("organisation_id")).order_by("id")


def roles_of(person: Person, organisation: Organisation) -> set[str]:
    """The roles a person has in one organisation, as stored; a platform administrator has them all."""
    if person.is_superuser:
        return set(Role.values)
    return set(Membership.objects.filter(person_id=person.pk, organisation=organisation).values_list("role", flat=True))
