from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from zenne.web.tags import words

NOW = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "cents", "text"),
    [
        ("fr", 85_000_00, "85\u202f000\u00a0€"),
        ("fr", 12_50, "12,50\u00a0€"),
        ("nl", 85_000_00, "€\u00a085.000"),
        ("en", 85_000_00, "€85,000"),
        ("en", 0, "€0"),
        ("fr", -3_05, "\u22123,05\u00a0€"),
        ("fr", None, ""),
    ],
)
def test_an_amount_is_written_as_each_language_does(language, cents, text):
    with override(language):
        assert words.amount(cents) == text


@pytest.mark.parametrize(
    ("language", "value", "now", "text"),
    [
        ("fr", date(2026, 3, 1), NOW, "1er\u00a0mars"),
        ("fr", date(2025, 3, 3), NOW, "3\u00a0mars\u00a02025"),
        ("nl", date(2026, 5, 12), None, "12\u00a0mei\u00a02026"),
        ("en", datetime(2026, 5, 31, 22, 30, tzinfo=UTC), NOW, "1\u00a0June"),
        ("fr", None, NOW, ""),
    ],
)
def test_a_day_is_the_day_in_brussels_and_drops_this_year(language, value, now, text):
    with override(language):
        assert words.day(value, now) == text


def test_a_moment_says_the_time_in_brussels():
    value = datetime(2026, 5, 12, 12, 30, tzinfo=UTC)
    with override("nl"):
        assert words.moment(value) == "12\u00a0mei\u00a02026 om 14:30"
    with override("fr"):
        assert words.moment(value, NOW) == "12\u00a0mai à 14h30"


def test_since_uses_the_one_largest_unit():
    with override("en"):
        assert words.since(datetime(2026, 6, 15, 9, 29, 40, tzinfo=UTC), NOW) == "just now"
        assert words.since(datetime(2026, 6, 14, 9, 30, tzinfo=UTC), NOW) == "1 day ago"
        assert words.since(datetime(2025, 6, 1, tzinfo=UTC), NOW) == "1 year ago"


@pytest.mark.parametrize("language", ("fr", "nl", "en"))
def test_typographic_ends_no_line_inside_an_amount(language):
    with override(language):
        assert (
            words.typographic("€ 75.000, 1 234 567 mensen, op 3 plaatsen")
            == "€\xa075.000, 1\xa0234\xa0567 mensen, op 3 plaatsen"
        )


def test_typographic_changes_french_only_and_escapes_once():
    template = Template("{{ text|typographic }}")
    with override("fr"):
        assert template.render(Context({"text": "Quoi ? <b> « oui »"})) == "Quoi\u00a0? &lt;b&gt; «\u00a0oui\u00a0»"
    with override("nl"):
        assert template.render(Context({"text": "Wat ?"})) == "Wat ?"


@pytest.mark.parametrize(
    ("language", "size", "text"),
    [
        ("fr", 1_140_000, "1,1\u00a0Mo"),
        ("nl", 1_140_000, "1,1\u00a0MB"),
        ("en", 12_345, "12\u00a0kB"),
        ("en", 3, "1\u00a0kB"),
        ("fr", None, ""),
    ],
)
def test_a_file_is_as_large_as_people_read_it_on_their_own_screen(language, size, text):
    with override(language):
        assert words.file_size(size) == text


def test_an_excerpt_ends_with_a_whole_word_and_says_that_more_follows():
    assert words.excerpt("Un banc,\nface au canal", 40) == "Un banc, face au canal"
    assert words.excerpt("Un banc, face au canal", 12) == "Un banc…"


def test_words_in_another_language_than_the_page_are_marked():
    with override("nl"):
        assert words.said_in("L'<eau>", "fr") == '<span lang="fr">L&#x27;&lt;eau&gt;</span>'
        assert words.said_in("Water", "nl") == "Water"
        assert words.said_in("", "fr") == ""
