"""The links by which a reader stops letters, with one click and without signing in (RFC 8058).

A token is signed (nobody makes one for somebody else) and holds the person's number and what stops, never an address.
"""

from urllib.parse import urljoin

from django.conf import settings
from django.core.signing import BadSignature, dumps, loads
from django.urls import reverse

from zenne.people.accounts.models import Person

from .kinds import WayOut, exits

SALT = "outbox.way-out"


def token(person: Person, way_out: WayOut) -> str:
    return dumps([person.pk, way_out.purpose, way_out.about], salt=SALT)


def address(person: Person, way_out: WayOut) -> str:
    """The full address of the page, in the active language: reading it changes nothing, posting to it stops."""
    return urljoin(settings.BASE_URL, reverse("outbox:stop", args=[token(person, way_out)]))


def headers(person: Person, way_out: WayOut) -> dict[str, str]:
    return {"List-Unsubscribe": f"<{address(person, way_out)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def read(text: str) -> tuple[Person, WayOut] | None:
    """Whom and what a token speaks of; None when nobody of this house made it or the person is gone."""
    try:
        number, purpose, about = loads(text, salt=SALT)
    except (BadSignature, ValueError, TypeError):
        return None
    if not isinstance(number, int):
        return None
    person = Person.objects.filter(pk=number, is_active=True).first()
    return (person, WayOut(purpose, about)) if person and purpose in exits else None
