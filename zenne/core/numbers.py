"""Whole numbers as an address, a button or a cell of a file writes them."""

DIGITS = 18  # as many as always fit in a column of PostgreSQL


def whole_number(text: str | None, most: int = DIGITS) -> int | None:
    """The number that `text` writes with at most `most` of the digits 0 to 9; None for anything else.

    `int` alone takes more than that: signs, spaces, underscores, the digits of other scripts, and numbers that no column holds.
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= most else None


def key_of(text: str | None) -> int:
    """The key of the row that `text` names; 0, which no row has, when it names none."""
    return whole_number(text) or 0
