"""Pictures and files: each organisation has a Wagtail collection, and its staff sees and chooses from that one only."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionPermissionPolicy

from zenne.people.accounts.models import Person

from .enums import Role
from .models import Membership

#: Who may add to and change the organisation's pictures and files. Every member may choose one.
KEEPERS = (Role.ADMIN, Role.MANAGER, Role.EDITOR)


class MemberCollectionPolicy(CollectionPermissionPolicy):
    """Wagtail's questions about pictures and files, answered from membership instead of groups."""

    def _roots(self, user: Person | AnonymousUser, actions: Iterable[str]) -> list[Collection]:
        """The collections of the person's organisations in which they may do one of `actions`; asked once per request."""
        if not isinstance(user, Person) or not user.is_active:
            return []
        if not hasattr(user, "_collections"):
            rows = Membership.objects.filter(person_id=user.pk, organisation__collection__isnull=False)
            user._collections = [  # type: ignore[attr-defined]
                (row.role, row.organisation.collection) for row in rows.select_related("organisation__collection")
            ]
        wanted = set(Role) if set(actions) & {"choose", "view"} else set(KEEPERS)
        if not set(actions) & {"add", "change", "delete", "choose", "view"}:
            return []
        return [collection for role, collection in user._collections if role in wanted]  # type: ignore[attr-defined]

    def _check_perm(self, user: Any, actions: Iterable[str], collection: Collection | None = None) -> bool:
        if user.is_active and user.is_superuser:
            return True
        roots = self._roots(user, actions)
        if collection is None:
            return bool(roots)
        return any(collection.path.startswith(root.path) for root in roots)

    def _collections_with_perm(self, user: Any, actions: Iterable[str]) -> QuerySet[Collection]:
        under = [Q(path__startswith=root.path) for root in self._roots(user, actions)]
        return Collection.objects.filter(reduce(or_, under)) if under else Collection.objects.none()

    def _users_with_perm_filter(self, actions: Iterable[str], collection: Collection | None = None) -> Q:
        wanted = set(Role) if set(actions) & {"choose", "view"} else set(KEEPERS)
        memberships = Membership.objects.filter(role__in=wanted)
        if collection is not None:
            memberships = memberships.filter(organisation__collection__in=collection.get_ancestors(inclusive=True))
        return Q(is_active=True) & (Q(is_superuser=True) | Q(pk__in=memberships.values("person_id")))

    def get_all_permissions_for_user(self, user: Any) -> set[Model]:
        return set()
