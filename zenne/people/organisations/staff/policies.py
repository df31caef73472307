"""Who may do what with the rows of one model, told by the organisation each row leads to."""

from collections.abc import Iterable
from typing import Any, Literal

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import policy_registry

from zenne.people.accounts.models import Person

from ..enums import Role
from ..models import Membership

Who = Person | AnonymousUser
Roles = tuple[Role, ...] | Literal["platform", "nobody"]

#: Every member of the organisation; only platform administrators; nobody at all (the screen does not offer it).
ANY_MEMBER: Roles = ()
PLATFORM: Roles = "platform"
NOBODY: Roles = "nobody"


def held_roles(person: Who) -> dict[int, set[str]]:
    """The roles a person holds, by organisation. Asked once per request: the answer stays on the request's own person."""
    if not isinstance(person, Person) or not person.is_active:
        return {}
    if not hasattr(person, "_held_roles"):
        held: dict[int, set[str]] = {}
        for organisation, role in Membership.objects.filter(person_id=person.pk).values_list("organisation_id", "role"):
            held.setdefault(organisation, set()).add(role)
        person._held_roles = held  # type: ignore[attr-defined]
    return person._held_roles  # type: ignore[attr-defined]


class OrganisationPolicy(BasePermissionPolicy):
    """Who may do what with the rows of one model, told by the organisation each row leads to.

    `path` is the way to it in Django's words: `"organisation"`, `"process__organisation"`, `""` for the organisation itself, None for rows
    of the whole platform (areas): members of any organisation in a role have them all.
    `roles` hold for view, add, change and delete; any of these, or an action of your own (`moderate=(Role.MODERATOR,)`), can be
    given roles of its own. An administrator fills every role of the house; `PLATFORM` and `NOBODY` stand in for roles.
    Rows that no path leads from (a comment on anything): override `scope` and `organisation_of`.
    """

    def __init__(self, path: str | None, *, roles: Roles = ANY_MEMBER, **actions: Roles) -> None:
        super().__init__(None)
        self.path = path
        self.roles: dict[str, Roles] = {"view": roles, "add": roles, "change": roles, "delete": roles, **actions}

    def bind(self, model: type[Model]) -> None:
        """Make this the policy of `model`, for our own screens and Wagtail's."""
        self._model_or_name = model
        policy_registry.register(model, value=self)

    # Which organisations

    def organisations(self, person: Who, *actions: str) -> set[int] | None:
        """The ids of the organisations in which a person may do any of `actions`; None is: all of them."""
        known = [self.roles[action] for action in actions if self.roles.get(action, NOBODY) != NOBODY]
        if not known or not person.is_active or not isinstance(person, Person):
            return set()
        if person.is_superuser:
            return None
        return {
            organisation
            for organisation, held in held_roles(person).items()
            for roles in known
            if not isinstance(roles, str) and (not roles or held & {*roles, Role.ADMIN})
        }

    def scope(self, queryset: QuerySet[Any], organisations: Iterable[int]) -> QuerySet[Any]:
        """`queryset` of this model, limited to rows of these organisations."""
        if self.path is None:
            return queryset if organisations else queryset.none()
        return queryset.filter(**{f"{self.path or 'pk'}__in": list(organisations)})

    def organisation_of(self, thing: Model) -> int | None:
        """The id of the organisation that `thing` leads to; None when it leads nowhere yet."""
        if not self.path:
            return thing.pk if self.path == "" else None
        *steps, last = self.path.split("__")
        try:
            for step in steps:
                thing = getattr(thing, step)
            return getattr(thing, f"{last}_id", None) if thing is not None else None
        except ObjectDoesNotExist:
            return None

    def within(self, queryset: QuerySet[Any], person: Who, *actions: str) -> QuerySet[Any]:
        """`queryset` limited to the rows with which a person may do any of `actions`."""
        organisations = self.organisations(person, *actions)
        return queryset if organisations is None else self.scope(queryset, organisations)

    # Wagtail's questions

    def user_has_permission(self, user: Who, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Who, actions: Iterable[str]) -> bool:
        organisations = self.organisations(user, *actions)
        return organisations is None or bool(organisations)

    def user_has_permission_for_instance(self, user: Who, action: str, instance: Model) -> bool:
        organisations = self.organisations(user, action)
        if organisations is None or self.path is None:
            return organisations is None or bool(organisations)
        return self.organisation_of(instance) in organisations

    def instances_user_has_any_permission_for(self, user: Who, actions: Iterable[str]) -> QuerySet[Any]:
        return self.within(self.model._default_manager.all(), user, *actions)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Person]:
        return self._people(actions, Membership.objects.all())

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Model) -> QuerySet[Person]:
        memberships = Membership.objects.all()
        if self.path is not None:
            memberships = memberships.filter(organisation_id=self.organisation_of(instance))
        return self._people(actions, memberships)

    def _people(self, actions: Iterable[str], memberships: QuerySet[Membership]) -> QuerySet[Person]:
        known = [roles for action in actions if (roles := self.roles.get(action, NOBODY)) != NOBODY]
        if not known:
            return Person.objects.none()
        working = [roles for roles in known if not isinstance(roles, str)]
        if not working:
            memberships = memberships.none()
        elif all(working):
            memberships = memberships.filter(role__in={Role.ADMIN, *(role for roles in working for role in roles)})
        return Person.objects.filter(
            Q(is_superuser=True) | Q(pk__in=memberships.values("person_id")), is_active=True
        ).order_by("id")
