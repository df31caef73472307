"""Organisations and the people who work for them, made through the real models."""

from datetime import UTC, datetime
from itertools import count

from zenne.people.access.models import Group
from zenne.people.accounts.models import Person
from zenne.people.organisations import actions
from zenne.people.organisations.enums import OrganisationKind, Role
from zenne.people.organisations.models import Invitation, Membership, Organisation

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_number = count(1)


def organisation(name: str = "Jette", *, now: datetime = NOW, **fields: object) -> Organisation:
    n = next(_number)
    given = {
        "kind": OrganisationKind.COMMUNE,
        "slug": f"{name.lower()}-{n}",
        "created_at": now,
        "opened_at": now,
        **fields,
    }
    return Organisation.objects.create(name=name, **given)


def person(name: str = "An", *, now: datetime = NOW, **fields: object) -> Person:
    return Person.objects.create_user(f"{name.lower()}{next(_number)}@example.org", name=name, joined_at=now, **fields)


def platform_admin() -> Person:
    return person("Root", is_superuser=True)


def member(of: Organisation, role: Role = Role.ADMIN, *, name: str = "Staff", now: datetime = NOW) -> Person:
    one = person(name, now=now)
    Membership.objects.create(organisation=of, person=one, role=role, since=now)
    return one


def group(of: Organisation, name: str = "Youth council") -> Group:
    return Group.objects.create(organisation=of, name=name)


def make_for(of: Organisation) -> list[object]:
    """One of each thing that staff handles, belonging to `of`: what the isolation test tries to reach from another organisation."""
    somebody = member(of, Role.EDITOR, name="Colleague")
    actions.invite(organisation=of, email=f"guest{next(_number)}@example.org", role=Role.EDITOR, by=None, now=NOW)
    return [
        of,
        Membership.objects.get(person=somebody),
        Invitation.objects.filter(organisation=of).latest("id"),
        group(of),
    ]
