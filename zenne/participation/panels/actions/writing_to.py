"""The letter of welcome to somebody who was seated: with their code where they have no account yet."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.messaging.outbox import actions as outbox
from zenne.people.access.answers import require
from zenne.people.accounts.actions import join
from zenne.people.accounts.models import Person
from zenne.people.accounts.queries import person_with_email

from ..enums import SeatState
from ..errors import Ended
from ..models import Seat
from ..rules import may_arrange
from .holding import held_seat, note

WELCOME = "panels.welcome"


@transaction.atomic
def write_to(seat: Seat, *, by: Person | None, now: datetime) -> Seat:
    """Send the welcome by e-mail: to the account, or to the address that was given. `by=None` is the platform itself: a confirmed draw.

    The outbox knows people: an address without an account gets one that nobody has confirmed, and that is forgotten when it is never used.
    """
    seat = held_seat(seat)
    if by is not None:
        require(may_arrange(by, seat.panel))
    if seat.state != SeatState.SEATED:
        raise Ended(_("This seat has ended."))
    person = seat.person
    if person is None:
        if not seat.contact_email:
            raise Invalid(_("This seat has no e-mail address: print the letter instead."))
        person = person_with_email(seat.contact_email) or join(
            email=seat.contact_email, language=seat.language, now=now
        )
    if not person.is_active and by is None:
        return seat  # nobody stands there to be told: the letter on paper is left
    if not person.is_active:
        raise Invalid(_("The account with this address is closed."))
    key = f"panel-welcome:{seat.pk}:{now.timestamp():.0f}"
    outbox.post(WELCOME, key=key, to=[person.pk], context={"seat": seat.pk, "round": seat.code_round}, now=now)
    note("panel.welcomed", seat, seat.panel, by, now, number=seat.number)
    return seat
