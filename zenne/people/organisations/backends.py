from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from zenne.people.accounts.models import Person

from .rules import is_member

DOOR = "wagtailadmin.access_admin"


class MembershipBackend(BaseBackend):
    """Opens the back office to every member of an organisation, and nothing else: what is inside asks `staff.OrganisationPolicy`.

    A platform administrator passes everywhere by Django's own rule for `is_superuser`.
    """

    def has_perm(self, user_obj: Person | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        return perm == DOOR and _is_member(user_obj)

    def has_module_perms(self, user_obj: Person | AnonymousUser, app_label: str) -> bool:
        return app_label == "wagtailadmin" and _is_member(user_obj)


def _is_member(user: Person | AnonymousUser) -> bool:
    return isinstance(user, Person) and user.is_active and is_member(user)
