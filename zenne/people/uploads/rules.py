from collections.abc import Collection
from uuid import UUID

from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.accounts.models import Person

from .models import Upload
from .visible import Visitor, visible


def holds(upload: Upload, person: Visitor, claims: Collection[UUID] = ()) -> bool:
    """Whether it is theirs: they gave it, or they hold the draft it was given for."""
    if isinstance(person, Person) and upload.owner_id == person.pk:
        return True
    return upload.owner_id is None and upload.claim is not None and upload.claim in claims


def may_see(upload: Upload, person: Visitor, claims: Collection[UUID] = ()) -> bool:
    """Everyone once it is public; before that its holder and whoever handles the thing that carries it."""
    if upload.published_at or holds(upload, person, claims):
        return True
    return any(answer(upload, person) for answer in visible.values())


def may_change(upload: Upload, person: Visitor, claims: Collection[UUID] = ()) -> Answer:
    """Its holder may describe it or throw it away, until it is public: then the page that carries it decides."""
    if not holds(upload, person, claims):
        return Refused(Reason.NOT_YOURS)
    return Refused(Reason.WRONG_STATE) if upload.published_at else ALLOWED
