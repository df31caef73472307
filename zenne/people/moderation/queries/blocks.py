"""Who is blocked where, and until when."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet

from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from ..models import Block


def blocked(person: Person | AnonymousUser | None, organisation: Organisation, now: datetime) -> Answer:
    """Whether this person may take part in what the organisation runs: allowed, or BLOCKED with the moment it ends and the block that ends last.

    Few people are blocked, and every page asks: whether any block holds was read with the person who asks (`who_asks`). A verb that did not `meet` the person
    reads the blocks inside its transaction. What was read stays on the request's own person, whatever is asked and how often.
    """
    if not isinstance(person, Person):
        return ALLOWED
    if getattr(person, "_free", False) and not connection.in_atomic_block:
        return ALLOWED
    if not hasattr(person, "_blocks"):
        mine = Block.objects.filter(lifted_at__isnull=True, ends_at__gt=now, person_id=person.pk).order_by("id")
        person._blocks = list(mine.values_list("organisation_id", "starts_at", "ends_at", "public_id"))  # type: ignore[attr-defined]
    holding = [
        (until, str(key))
        for where, since, until, key in person._blocks  # type: ignore[attr-defined]
        if where == organisation.pk and since <= now < until
    ]
    if not holding:
        return ALLOWED
    until, key = max(holding)
    return Refused(Reason.BLOCKED, (("until", until), ("block", key)))


def block_behind(answer: Answer) -> UUID | None:
    """The public number of the block for which `blocked` refused."""
    if not isinstance(answer, Refused) or answer.reason != Reason.BLOCKED:
        return None
    key = dict(answer.details).get("block")
    return UUID(str(key)) if key else None


def forget_blocks(person: Person) -> None:
    """What was read of this person's blocks no longer holds."""
    for read in ("_blocks", "_free"):
        if hasattr(person, read):
            delattr(person, read)


def block_of(person: Person, organisation: Organisation, now: datetime) -> Block | None:
    """The block that holds now."""
    standing = Block.objects.filter(person=person, organisation=organisation, lifted_at__isnull=True)
    return standing.filter(starts_at__lte=now, ends_at__gt=now).first()


def blocks_of(person: Person) -> QuerySet[Block]:
    """Every block of this person, the newest first."""
    return Block.objects.filter(person=person).select_related("organisation", "appeal").order_by("-starts_at", "-id")
