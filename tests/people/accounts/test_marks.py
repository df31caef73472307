import pytest
from hypothesis import given
from hypothesis import strategies as st

from zenne.core.errors import Invalid
from zenne.people.accounts import marks


@pytest.mark.parametrize("text", ["85073003328", "85.07.30-033.28", " 85 07 30 033 28 "])
def test_same_number_gives_the_same_mark(text):
    assert marks.of_national_number(text) == marks.of_national_number("85073003328")


@pytest.mark.parametrize("text", ["", "85.07.30-033.29", "8507300332", "abcdefghijk", "٨٥٠٧٣٠٠٣٣٢٨"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Invalid):
        marks.of_national_number(text)


def test_somebody_born_after_2000_has_a_number_too():
    body = "010203004"
    assert marks.national_number(f"{body}{97 - int('2' + body) % 97:02d}")


@given(st.integers(0, 999_999_999))
def test_one_changed_digit_never_makes_another_valid_number_of_the_same_century(body):
    number = f"{body:09d}{97 - body % 97:02d}"
    assert marks.national_number(number) == number
    for position in range(9):
        changed = number[:position] + str((int(number[position]) + 1) % 10) + number[position + 1 :]
        assert int(changed[9:]) != 97 - int(changed[:9]) % 97


def test_marks_of_different_domains_never_meet():
    assert marks.of_subject("be-national-number", "85073003328") != marks.of_national_number("85073003328")


def test_another_key_gives_another_mark(settings):
    before = marks.of_subject("https://idp", "ali")
    settings.IDENTITY_KEY = "x" * 60
    assert marks.of_subject("https://idp", "ali") != before


def test_national_number_is_stronger_than_the_subject():
    claims = {"sub": "abc", "egovNRN": "85.07.30-033.28"}
    assert marks.of_claims("https://idp", claims) == marks.of_national_number("85073003328")
