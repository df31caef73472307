import pytest
from hypothesis import given
from hypothesis import strategies as st

from zenne.methods.flags import folded, links, listed_words, words_of

DISGUISE = str.maketrans({"a": "@", "e": "3", "i": "1", "o": "0", "s": "$"})
letters = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12)


@pytest.mark.parametrize(
    "text",
    [
        "Quel escroc !",
        "QUEL ESCROC",
        "un esc\u200broc",
        "des éscröcs et un escroc",
        "un 3scr0c",
        "un e$croc",
        "".join(chr(ord(letter) + 0xFEE0) for letter in "escroc"),
        "(escroc)",
        "l’escroc",
    ],
)
def test_a_listed_word_is_found_however_it_is_dressed(text):
    assert listed_words(text, ["escroc"]) == ["escroc"]


@pytest.mark.parametrize("text", ["escroquerie", "les escrocs", "Scunthorpe", "50 euros", ""])
def test_a_listed_word_is_not_found_inside_another(text):
    assert listed_words(text, ["escroc", "scun", "so"]) == []


def test_a_star_takes_every_ending_and_no_beginning():
    assert listed_words("Cette escroquerie dure.", ["escro*"]) == ["escro*"]
    assert listed_words("Une microescroquerie.", ["escro*"]) == []


def test_several_words_match_in_a_row():
    assert listed_words("Gagnez de l'argent facile, vite", ["argent facile"]) == ["argent facile"]
    assert listed_words("Un argent pas facile", ["argent facile"]) == []


@given(word=letters, before=st.text(max_size=30), after=st.text(max_size=30))
def test_any_word_is_found_between_anything_that_is_not_a_word(word, before, after):
    text = f"{before} {word.translate(DISGUISE) if word.translate(DISGUISE)[0].isalpha() else word} {after}"
    assert listed_words(text, [word]) == [word]


@given(word=letters, glued=letters)
def test_no_word_is_found_when_letters_stand_against_it(word, glued):
    assert listed_words(f"{word}{glued}", [word]) == []


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=80))
def test_words_hold_no_white_space(text):
    assert all(word and not any(letter.isspace() for letter in word) for word in words_of(text))


def test_links_name_their_hosts_and_leave_known_sites_out():
    text = "Voir https://www.Brussels.be/x, http://a.example:80/ et www.b.example. Et https://x@evil.example/?q=brussels.be"
    assert links(text, ["brussels.be"]) == ["a.example", "b.example", "evil.example"]
    assert links("https://notbrussels.be", ["brussels.be"]) == ["notbrussels.be"]


@given(st.text(max_size=120), st.lists(st.text(max_size=12), max_size=3))
def test_links_take_any_text(text, known):
    assert all(isinstance(host, str) for host in links(text, known))
