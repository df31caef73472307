"""People as the platform makes them: an address that was confirmed, a name, a language."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress

from zenne.people.accounts.models import Person

JOINED = datetime(2026, 1, 10, 8, 0, tzinfo=UTC)
_number: Callable[[], int] = count(1).__next__


def a_person(
    email: str = "", *, name: str = "Nele", confirmed: bool = True, password: str | None = None, **fields: Any
) -> Person:
    address = email or f"person-{_number()}@example.org"
    person = Person.objects.create_user(
        address, password, name=name, joined_at=fields.pop("joined_at", JOINED), **fields
    )
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=confirmed)
    return person
