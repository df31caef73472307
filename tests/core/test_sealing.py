"""What is sealed opens for the row and the use it was sealed for, under the same secret, unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zenne.core.sealing import OVERHEAD, Unopened, opened, seal


@given(st.text(max_size=80))
def test_what_is_sealed_opens_again(words):
    sealed = seal(words, purpose="tests", about="1")
    assert opened(sealed, purpose="tests", about="1") == words
    assert len(sealed) == OVERHEAD + len(words.encode())


def test_the_same_words_are_never_sealed_alike():
    assert seal("words", purpose="tests", about="1") != seal("words", purpose="tests", about="1")


@pytest.mark.parametrize(
    ("purpose", "about"), [("tests", "2"), ("others", "1")], ids=["another row", "another purpose"]
)
def test_what_was_sealed_for_one_thing_opens_for_no_other(purpose, about):
    with pytest.raises(Unopened):
        opened(seal("words", purpose="tests", about="1"), purpose=purpose, about=about)


def test_nothing_opens_under_another_secret(settings):
    sealed = seal("words", purpose="tests", about="1")
    settings.SECRET_KEY = "x" * 60
    with pytest.raises(Unopened):
        opened(sealed, purpose="tests", about="1")


@pytest.mark.parametrize("place", [0, 1, 15, -1])
def test_a_changed_byte_is_noticed(place):
    sealed = bytearray(seal("words", purpose="tests", about="1"))
    sealed[place] ^= 1
    with pytest.raises(Unopened):
        opened(bytes(sealed), purpose="tests", about="1")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"0" * 27])
def test_what_is_too_short_was_never_sealed(sealed):
    with pytest.raises(Unopened):
        opened(sealed, purpose="tests", about="1")
