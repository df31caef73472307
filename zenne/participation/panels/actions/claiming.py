"""A personal code turns a seat into an account's, once.

The code is derived, never stored: HMAC-SHA-256 under the platform's key of the seat and of how many codes were made for it. So a letter can be
written again, a stolen copy of the database holds none, and a new code ends the one before.
"""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.counting import count
from zenne.core.errors import Conflict, TooMany
from zenne.core.numbers import key_of
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.accounts.rules import has_confirmed_email

from ..enums import SeatState
from ..errors import WrongCode
from ..models import Seat
from ..queries import sits_beside
from ..rules import may_arrange
from .holding import fill_group, held_seat, note

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # pragma: allowlist secret - none that could be taken for another; 32, so that each is five bits
CODE_LENGTH = 12
TRIES_A_DAY = 10
A_DAY = 86_400


def code_of(seat: Seat) -> str:
    """`K7-ABCD-EFGH-JKLM`: the seat's number in the database, then twelve letters. Only letters and what the secretariat prints show it."""
    words = f"zenne.participation.panels.seat\n{seat.pk}\n{seat.code_round}"
    digest = hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).digest()
    secret = "".join(LETTERS[byte % 32] for byte in digest[:CODE_LENGTH])
    return "-".join((str(seat.pk), *(secret[at : at + 4] for at in range(0, CODE_LENGTH, 4))))


@transaction.atomic
def new_code(seat: Seat, *, by: Person, now: datetime) -> Seat:
    """Another code for a letter that went astray: the one before works no more."""
    seat = held_seat(seat)
    require(may_arrange(by, seat.panel))
    if seat.person_id is not None or seat.state != SeatState.SEATED:
        raise Conflict(_("This seat needs no code any more."))
    seat.code_round += 1
    seat.save(update_fields=["code_round"])
    note("panel.code_made", seat, seat.panel, by, now, number=seat.number)
    return seat


def claim(code: str, *, by: Person, now: datetime) -> Seat:
    """Type the code of a letter: the seat is this account's from now on. Raises TooMany after ten tries in a day, WrongCode, Conflict."""
    if not has_confirmed_email(by):
        require(Refused(Reason.EMAIL_UNCONFIRMED))
    if count(f"panels.claim:{by.pk}", A_DAY) > TRIES_A_DAY:
        raise TooMany(_("Too many wrong codes. Try again tomorrow, or ask the secretariat of the panel."))
    found = _seat_with(code)
    if found is None:
        raise WrongCode(_("Check it against the letter. A code works once, and a newer letter ends the one before."))
    with transaction.atomic():
        seat = held_seat(found)
        if seat.person_id == by.pk:
            return seat
        if seat.person_id is not None or seat.state != SeatState.SEATED or not _matches(seat, code):
            raise WrongCode(
                _("Check it against the letter. A code works once, and a newer letter ends the one before.")
            )
        if sits_beside(seat.panel, by, seat.term):
            raise Conflict(_("You already have a seat in this panel."))
        seat.person, seat.claimed_at = by, now
        seat.contact_email = seat.contact_email or by.email
        seat.save(update_fields=["person", "claimed_at", "contact_email"])
        fill_group(seat.panel, now)
        note("panel.claimed", seat, seat.panel, by, now, number=seat.number)
    return seat


def _seat_with(code: str) -> Seat | None:
    number, _dash, _rest = code.strip().partition("-")
    found = Seat.objects.filter(pk=key_of(number)).select_related("panel").first()
    return found if found is not None and _matches(found, code) else None


def _matches(seat: Seat, code: str) -> bool:
    return hmac.compare_digest(_tidy(code).encode(), _tidy(code_of(seat)).encode())


def _tidy(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())
