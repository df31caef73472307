"""Amounts as Pabulib writes them, such as `1656699.67`, as whole numbers of a smallest unit."""

import re
from collections.abc import Iterable

AMOUNT = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d+)(?:[.,](?P<part>\d*))?")
#: `12,000` may be twelve, or twelve thousand
AMBIGUOUS = re.compile(r"[+-]?\d{1,3}(,\d{3})+")
LONGEST = 30


class NotAnAmount(ValueError):
    """Says why in words."""


def decimals(amounts: Iterable[str]) -> int:
    """How many digits after the point the most exact of some amounts needs; zeros at the end need none."""
    return max((len(_read(one)[1]) for one in amounts), default=0)


def exact(amount: str, digits: int) -> int:
    """An amount as a whole number of 10**-digits; the digits must be enough."""
    whole, part, negative = _read(amount)
    if len(part) > digits:
        raise NotAnAmount(f"{amount!r} is finer than {digits} decimals")
    value = int(whole + part.ljust(digits, "0"))
    return -value if negative else value


def written(value: int, unit: int) -> str:
    """The shortest way to write a whole number of 1/unit; `unit` is a power of ten."""
    sign, (whole, rest) = "-" * (value < 0), divmod(abs(value), unit)
    part = str(rest).rjust(len(str(unit)) - 1, "0").rstrip("0") if rest else ""
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


def same(amount: str, value: int, unit: int) -> bool:
    """Does an amount say this whole number of 1/unit, in whatever way?"""
    try:
        digits = decimals([amount])
    except NotAnAmount:
        return False
    return exact(amount, digits) * unit == value * int(10**digits)


def _read(amount: str) -> tuple[str, str, bool]:
    text = amount.strip()
    found = AMOUNT.fullmatch(text)
    if AMBIGUOUS.fullmatch(text):
        raise NotAnAmount(
            f"{amount!r} can be read in two ways: write no comma between thousands, and a point before decimals"
        )
    if not found or len(text) > LONGEST or not text.isascii():
        raise NotAnAmount(f"{amount!r} is no number")
    return found["whole"], (found["part"] or "").rstrip("0"), found["sign"] == "-"
