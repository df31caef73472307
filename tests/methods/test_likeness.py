from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zenne.methods.likeness import BANDS, sketch, triples

words = st.lists(st.text("abcdefghij", min_size=1, max_size=8), min_size=1, max_size=20)


def likeness(one: str, other: str) -> float:
    first, second = triples(one), triples(other)
    return len(first & second) / len(first | second)


def common(one: str, other: str) -> bool:
    return bool(set(sketch(one)) & set(sketch(other)))


def test_the_triples_of_a_word_are_those_of_pg_trgm():
    assert triples("Cat") == {"  c", " ca", "cat", "at "}


@given(words, st.randoms(use_true_random=False))
def test_a_sketch_knows_neither_order_nor_capitals_nor_repetition(said, random):
    other = [word.upper() for word in said] + said[:2]
    random.shuffle(other)
    assert sketch(" ".join(said)) == sketch(", ".join(other)) and len(sketch(" ".join(said))) == BANDS


@pytest.mark.parametrize("text", ["", " ", "!? …", "___"])
def test_a_text_without_words_has_no_sketch(text):
    assert sketch(text) == ()


def pairs(changed: float) -> list[tuple[str, str]]:
    """Texts of forty invented words, and the same with so large a share of the words replaced."""
    random = Random(7)  # noqa: S311 - repeatable

    def word() -> str:
        return "".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _letter in range(random.randint(3, 9)))

    made = []
    for _pair in range(400):
        one = [word() for _word in range(40)]
        made.append((" ".join(one), " ".join(word() if random.random() < changed else each for each in one)))
    return made


def test_texts_that_are_almost_the_same_have_a_number_in_common():
    alike = [pair for pair in pairs(0.06) if likeness(*pair) >= 0.8]
    assert len(alike) > 300 and all(common(*pair) for pair in alike)


def test_texts_that_have_little_in_common_rarely_have_a_number_in_common():
    unlike = [pair for pair in pairs(0.8) if likeness(*pair) < 0.2]
    assert len(unlike) > 300 and sum(common(*pair) for pair in unlike) < 0.05 * len(unlike)


def test_a_sketch_is_the_same_for_ever():
    assert sketch("Une fontaine sur la place")[:3] == (1114768666, 467936116, 1422200545)
