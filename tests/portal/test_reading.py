"""Content files become records."""

from datetime import UTC, date, datetime
from itertools import chain

import pytest

from zenne.core.languages import LANGUAGES
from zenne.portal.demonstration.blocks import body
from zenne.portal.demonstration.calendar import Calendar
from zenne.portal.demonstration.reading import Mistake, read_city, record
from zenne.portal.demonstration.records import Block, Extension, News, Phase, Report

CALENDAR = Calendar(date(2026, 6, 15))


def utc(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)


def test_day_of_loading_is_the_day_in_brussels():
    assert Calendar.of(utc(2026, 6, 14, 22, 30)) == CALENDAR


@pytest.mark.parametrize(
    ("day", "opening"), [(0, utc(2026, 6, 14, 22)), (-1, utc(2026, 6, 13, 22)), (date(2026, 1, 2), utc(2026, 1, 1, 23))]
)
def test_day_opens_at_midnight_in_brussels(day, opening):
    assert CALENDAR.opening(day) == opening


def test_day_closes_when_it_ends_also_when_the_clocks_change():
    assert CALENDAR.closing(date(2026, 3, 29)) == utc(2026, 3, 29, 22)
    assert CALENDAR.closing(date(2026, 3, 28)) == utc(2026, 3, 28, 23)


def test_moment_is_written_with_its_zone_or_counted_from_the_day_of_loading():
    assert CALENDAR.moment("-12 19:40") == utc(2026, 6, 3, 17, 40)
    assert CALENDAR.moment(utc(2020, 6, 5, 6, 12)) == utc(2020, 6, 5, 6, 12)


def test_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        CALENDAR.moment(datetime(2020, 6, 5))  # noqa: DTZ001 - the mistake


def test_table_becomes_a_record_with_its_days_resolved():
    table = {"key": "call", "title": {"fr": "Appel"}, "summary": {}, "opens": 0, "closes": 1, "activities": []}
    phase = record(Phase, table, CALENDAR, where="a file")
    assert (phase.opens, phase.closes) == (utc(2026, 6, 14, 22), utc(2026, 6, 16, 22))


def test_key_that_python_reserves_is_read():
    table = {"phase": "call", "from": 1, "to": 2, "at": "-3 10:00", "by": "x", "reason": {"fr": "Parce que"}}
    assert record(Extension, table, CALENDAR, where="a file").from_ == utc(2026, 6, 16, 22)


def test_moment_that_may_be_missing_is_resolved_when_it_is_there():
    table = {"by": "a", "at": "-3 10:00", "category": "hate", "text": "", "decision": "kept", "decided_at": "-2 10:00"}
    assert record(Report, table, CALENDAR, where="a file").decided_at == utc(2026, 6, 13, 8)


def test_key_that_the_format_does_not_know_is_named_with_its_file():
    with pytest.raises(Mistake, match=r"news\.toml: News has no colour"):
        record(News, {"colour": "red"}, CALENDAR, where="news.toml")


def test_key_that_is_missing_is_named():
    with pytest.raises(Mistake, match="News lacks key"):
        record(News, {}, CALENDAR, where="news.toml")


def test_whole_content_can_be_read_and_everybody_in_it_is_known():
    city = read_city(CALENDAR)
    people = [each.key for each in city.residents] + [staff.key for each in city.organisations for staff in each.staff]
    assert len(people) == len(set(people))
    acting = {key for process in city.processes for key in (process.created_by, *process.followers)}
    for happened in city.contributions.values():
        for idea in happened.ideas:
            acting |= {idea.author, idea.entered_by, *idea.supporters, *idea.opponents} - {""}
            acting |= {key for comment in idea.comments for key in (comment.by, *chain(*comment.reactions.values()))}
    assert acting <= set(people)
    assert set(city.contributions) < {process.slug for process in city.processes}


def test_blocks_are_left_out_in_a_language_in_which_they_say_nothing():
    block = Block(kind="heading", fr="Pourquoi ?")
    assert [each["value"] for each in body([block], "fr")] == ["Pourquoi ?"]
    assert body([block], "nl") == []


def test_words_of_a_block_are_escaped():
    [paragraph] = body([Block(kind="paragraph", fr="<b> & co\n\nDeux")], "fr")
    assert paragraph["value"] == "<p>&lt;b&gt; &amp; co</p><p>Deux</p>"
    [lines] = body([Block(kind="list", fr=["a < b", "c"], ordered=True)], "fr")
    assert lines["value"] == "<ol><li>a &lt; b</li><li>c</li></ol>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_link_to_a_page_or_a_process_leads_to_it_in_the_language_of_the_text(language):
    words = {language: "Words"}
    [page] = body([Block(kind="callout", title=words, link="page:charter", link_label=words, **words)], language)
    assert page["value"]["link"] == f"/{language}/charter/"
    [process] = body([Block(kind="callout", title=words, link="process:squares", link_label=words, **words)], language)
    assert process["value"]["link"] == f"/{language}/processes/squares/"
