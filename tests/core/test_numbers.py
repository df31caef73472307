"""Whole numbers as an address, a button or a cell of a file writes them."""

import pytest

from zenne.core.numbers import key_of, whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_whole_number_is_read(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", [None, "", " 7", "-7", "+7", "7.0", "1_000", "²", "\u0667", "seven", "7\x00", "1" * 19, "1" * 5000]
)
def test_anything_else_is_no_number(text: str | None) -> None:
    assert whole_number(text) is None


def test_number_has_no_more_digits_than_asked_for() -> None:
    assert whole_number("99999", 5) == 99999
    assert whole_number("100000", 5) is None


def test_key_names_a_row_or_none_that_exists() -> None:
    assert key_of("12") == 12
    assert key_of("12; drop table") == key_of(None) == 0
