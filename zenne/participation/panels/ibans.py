"""Bank accounts as ISO 13616 writes them, and sealed as they stand in the database: only a list to pay and the member themselves open them."""

import re

from django.utils.translation import gettext as _

from zenne.core import sealing
from zenne.core.errors import Invalid

from .models import Seat

PURPOSE = "panels.account"
LONGEST = 34  # all are sealed as long as the longest, so that the length says nothing of the country


def plain_iban(text: str) -> str:
    """`be68 5390 0754 7034` -> `BE68539007547034`; empty stays empty. Raises Invalid when the check digits (ISO 7064, mod 97) are wrong."""
    tidy = re.sub(r"[\s.\-]", "", text).upper()
    if not tidy:
        return ""
    digits = "".join(str(int(letter, 36)) for letter in tidy[4:] + tidy[:4]) if re.fullmatch(r"[0-9A-Z]+", tidy) else ""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}", tidy) or int(digits) % 97 != 1:
        raise Invalid(_("This is not an account number (IBAN): check its digits."))
    if tidy.startswith("BE") and len(tidy) != 16:
        raise Invalid(_("This is not an account number (IBAN): check its digits."))
    return tidy


def sealed(seat: Seat, iban: str) -> bytes | None:
    return sealing.seal(iban.ljust(LONGEST), purpose=PURPOSE, about=str(seat.pk)) if iban else None


def account_of(seat: Seat) -> str:
    """The account number of a seat; empty where none is known, or where it was sealed under another secret of the installation."""
    if seat.sealed_account is None:
        return ""
    try:
        return sealing.opened(bytes(seat.sealed_account), purpose=PURPOSE, about=str(seat.pk)).rstrip()
    except sealing.Unopened:
        return ""
