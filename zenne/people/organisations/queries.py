import hashlib
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest

from zenne.people.accounts.models import Person

from .enums import OrganisationKind, Role
from .models import Invitation, Membership, Organisation
from .rules import roles_of
from .surrounding import surroundings

__all__ = [
    "by_host",
    "digest",
    "host",
    "invitation_by_token",
    "listed",
    "organisations_of",
    "roles_of",
    "shown_list",
    "visible_to",
    "wear",
]


def host() -> Organisation | None:
    """The organisation whose look the platform's own pages wear: the first without a parent."""
    return Organisation.objects.filter(parent__isnull=True).order_by("id").first()


def by_host(name: str) -> tuple[Organisation | None, bool, dict[str, Any]]:
    """The organisation that a host name belongs to, else the one that wears the platform; whether the name is only its own; and what stands around its pages."""
    first = Organisation.objects.filter(parent__isnull=True).order_by("id").values("pk")[:1]
    asked = {f"around_{key}": make() for key, make in surroundings.items()}
    found = list(Organisation.objects.filter(Q(host=name.lower()) | Q(pk=first)).annotate(**asked).order_by("id"))
    around = {key: found[0].__dict__[f"around_{key}"] for key in surroundings} if found else {}
    wearer = next((organisation for organisation in found if organisation.parent_id is None), None)
    owner = next((organisation for organisation in found if organisation.host == name.lower()), None)
    return owner or wearer, owner is not None and owner != wearer, around


def wear(request: HttpRequest, organisation: Organisation) -> None:
    """Give the page of this request the look of `organisation`. Views call it as soon as they know whose thing they show."""
    request.organisation = organisation  # type: ignore[attr-defined]


def listed(request: HttpRequest) -> QuerySet[Organisation]:
    """The organisations whose things a list page shows: on an organisation's own host name its own only, else all that are live."""
    live = Organisation.objects.filter(opened_at__isnull=False).order_by("id")
    if getattr(request, "own_host", False):
        return live.filter(pk=request.organisation.pk)  # type: ignore[attr-defined]
    return live


def visible_to(person: Person | AnonymousUser | None) -> QuerySet[Organisation]:
    """Those that are live; those still in preparation only to their members and platform administrators."""
    live = Organisation.objects.order_by("id")
    if not isinstance(person, Person):
        return live.filter(opened_at__isnull=False)
    if person.is_superuser:
        return live
    mine = Membership.objects.filter(person_id=person.pk).values("organisation_id")
    return live.filter(Q(opened_at__isnull=False) | Q(pk__in=mine))


def shown_list(request: HttpRequest) -> QuerySet[Organisation]:
    """The page of organisations: those `listed`, and for their members those in preparation; grouped by kind from wide to narrow."""
    mine = visible_to(request.user).values("pk")
    order = Case(
        *(When(kind=kind, then=Value(place)) for place, kind in enumerate(OrganisationKind.values)),
        output_field=IntegerField(),
    )
    pool = listed(request) if getattr(request, "own_host", False) else Organisation.objects.filter(pk__in=mine)
    return pool.order_by(order, "name", "id")


def digest(token: str) -> str:
    """What is kept of an invitation's token: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by_token(token: str, now: datetime) -> Invitation | None:
    """The invitation a link opens, while it can still be accepted."""
    waiting = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)
    return waiting.select_related("organisation", "invited_by").filter(digest=digest(token)).first()


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
