"""Keeping a person out for a time, with a reason, a date and a way back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history
from zenne.people.organisations.models import Organisation

from .. import letters
from ..enums import Ground
from ..models import LONGEST_BLOCK, Block
from ..queries import block_of, forget_blocks
from ..rules import may_block, may_serve


@transaction.atomic
def block(
    whom: Person, *, organisation: Organisation, ground: Ground, text: str, until: datetime, by: Person, now: datetime
) -> Block:
    """Keep somebody from taking part in what the organisation runs, until a moment at most a year away. They are told, with the way to appeal.

    Raises Invalid without reasons or with a wrong date, Conflict when a block holds already, NotAllowed for colleagues.
    """
    whom = Person.objects.select_for_update(no_key=True).get(pk=whom.pk)
    require(may_block(by, organisation, whom))
    if not text.strip():
        raise Invalid(_("Give the reason: the person reads it."))
    if not now < until <= now + LONGEST_BLOCK:
        raise Invalid(_("A block ends on a day to come, within a year."))
    if block_of(whom, organisation, now) is not None:
        raise Conflict(_("This person is blocked already. Lift that block first to change it."))
    made = Block.objects.create(
        organisation=organisation,
        person=whom,
        ground=ground,
        text=text.strip(),
        starts_at=now,
        ends_at=until,
        blocked_by=by,
    )
    forget_blocks(whom)
    history.record(
        "person.blocked",
        by=by,
        now=now,
        about=made,
        organisation=organisation,
        details={"ground": ground, "until": until.isoformat()},
    )
    letters.blocked(made, now)
    return made


@transaction.atomic
def lift(made: Block, *, reason: str, by: Person, now: datetime) -> Block:
    """End a block before its time. The person is told. Raises Invalid without a reason, NotAllowed when it ended by itself."""
    made = Block.objects.select_for_update(of=("self",)).select_related("organisation", "person").get(pk=made.pk)
    require(may_serve(by, made.organisation))
    if not made.holds(now):
        require(Refused(Reason.WRONG_STATE))
    if not reason.strip():
        raise Invalid(_("Give the reason: the person reads it."))
    made.lifted_at, made.lifted_by, made.lift_reason = now, by, reason.strip()
    made.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    if made.person:
        forget_blocks(made.person)
    history.record("person.unblocked", by=by, now=now, about=made, organisation=made.organisation)
    letters.lifted(made, now)
    return made
