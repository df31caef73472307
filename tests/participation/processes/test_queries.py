"""Reads: what is public, where it stands, how it is searched."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.people.organisations.factories import member, organisation, person
from zenne.participation.processes import actions, queries
from zenne.participation.processes.enums import Stage, WindowState
from zenne.participation.processes.models import FrequentQuestion, Process

from .factories import AFTER, BEFORE, CLOSES, DURING, OPENS, draft, news, phase, published, texts


def test_drafts_are_for_the_staff_of_their_organisation(jette):
    public, hidden = published(jette), draft(jette)
    for visitor in (None, person(), member(organisation("Ixelles"))):
        assert set(queries.visible_to(visitor)) == {public}
    assert set(queries.visible_to(member(jette))) == {public, hidden}


@pytest.mark.parametrize(("now", "stage"), [(BEFORE, Stage.UPCOMING), (OPENS, Stage.OPEN), (CLOSES, Stage.PAST)])
def test_the_stage_follows_the_windows(jette, now, stage):
    published(jette)
    assert queries.listed(now).get().stage == stage
    assert [queries.listed(now, stage=each).count() for each in (stage, Stage.ARCHIVED)] == [1, 0]


def test_between_two_phases_and_without_an_end_a_process_is_under_way(jette):
    process = published(jette)
    phase(process, opens_at=CLOSES + timedelta(days=7), closes_at=None)
    assert queries.listed(AFTER).get().stage == Stage.OPEN
    assert queries.listed(AFTER + timedelta(days=3650)).get().stage == Stage.OPEN


def test_the_archive_is_a_stage_whatever_the_dates(jette, manager):
    actions.archive_process(published(jette), by=manager, now=DURING)
    assert queries.listed(DURING).get().stage == Stage.ARCHIVED


@pytest.mark.parametrize("words", ["ombrages", "OMBRAGÉS", "pleinen schaduw", "  schaduw  onze"])
def test_words_are_found_in_every_language_without_accents_in_any_order(jette, words):
    wanted = published(jette, title_fr="Nos pavés ombragés", title_nl="Onze pleinen", summary_nl="Schaduw en water")
    published(jette)
    assert list(queries.listed(DURING, words=words)) == [wanted]


@pytest.mark.parametrize("words", ["title_nl", "%", "_", "\\", "fontaine"])
def test_what_nobody_wrote_is_not_found(jette, words):
    published(jette)
    assert not queries.listed(DURING, words=words)


def test_a_list_is_narrowed_to_organisations(jette):
    mine = published(jette)
    published(organisation("Ixelles", languages=["fr"]))
    assert list(queries.listed(DURING, organisations=[jette.pk])) == [mine]


def test_pages_by_key_miss_nothing_and_repeat_nothing(jette):
    made = [published(jette) for _number in range(5)]
    seen, rows = [], queries.listed(DURING)
    while page := list(rows[:2]):
        seen += page
        rows = queries.after(queries.listed(DURING), page[-1])
    assert seen == list(reversed(made))


def test_a_timeline_tells_what_is_done_open_and_to_come(jette):
    process = published(jette)
    phase(process, opens_at=CLOSES, closes_at=None)
    process = queries.with_timeline(process.slug)
    assert [stop.state for stop in queries.timeline(process, DURING)] == [WindowState.OPEN, WindowState.UPCOMING]
    assert [stop.state for stop in queries.timeline(process, CLOSES)] == [WindowState.CLOSED, WindowState.OPEN]
    assert queries.current(process, DURING).days_left == 9
    assert queries.current(process, CLOSES).days_left is None


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (datetime(2020, 6, 20, 21, 59, tzinfo=UTC), 1),  # 20 June, 23:59 in Brussels
        (datetime(2020, 6, 20, 22, 0, tzinfo=UTC), 0),  # 21 June, 00:00: the last day
        (datetime(2020, 6, 21, 21, 59, 59, tzinfo=UTC), 0),
        (CLOSES, None),
    ],
)
def test_days_are_counted_by_the_calendar_in_brussels(now, left):
    assert queries.days_left(CLOSES, now) == left


@pytest.mark.parametrize(
    ("closes_at", "now", "left"),
    [
        (
            datetime(2020, 3, 29, 22, 0, tzinfo=UTC),
            datetime(2020, 3, 28, 22, 30, tzinfo=UTC),
            1,
        ),  # the night clocks go forward
        (
            datetime(2020, 10, 25, 23, 0, tzinfo=UTC),
            datetime(2020, 10, 24, 21, 30, tzinfo=UTC),
            1,
        ),  # the night they go back
    ],
)
def test_a_night_of_23_or_25_hours_is_one_night(closes_at, now, left):
    assert queries.days_left(closes_at, now) == left


def test_withdrawn_and_unpublished_news_is_not_public(jette, manager):
    process = published(jette)
    kept, gone = news(process), news(process)
    actions.withdraw_news(gone, by=manager, now=AFTER)
    actions.write_news(process, values=texts(title="Not yet"), by=manager, now=AFTER)
    assert list(queries.published_news(process)) == [kept]


def test_followers_are_people_with_an_account(jette):
    process, stays, leaves = published(jette), person(), person()
    for one in (stays, leaves):
        actions.follow(process, by=one, now=DURING)
    leaves.is_active = False
    leaves.save()
    assert list(queries.followers(process)) == [stays]
    assert list(queries.followed_by(stays)) == [process]


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_as_much_for_three_as_for_one(jette, count, django_assert_num_queries):
    for _number in range(count):
        published(jette)
    with django_assert_num_queries(2):
        for process in queries.listed(DURING):
            assert str(process.organisation) and queries.current(process, DURING)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_as_much_for_three_phases_as_for_one(jette, count, django_assert_num_queries):
    process = published(jette)
    for number in range(1, count):
        phase(process, opens_at=CLOSES + timedelta(days=number), closes_at=None)
    with django_assert_num_queries(1):
        process = queries.with_timeline(process.slug)
        for each in queries.activities_of(process):
            assert each.process.organisation and each.window()


def test_the_front_page_shows_what_is_under_way_before_what_comes(jette):
    coming = published(jette)
    actions.edit_phase(coming.phases.get(), values={"opens_at": AFTER, "closes_at": None}, by=member(jette), now=BEFORE)
    under_way = published(jette)
    assert queries.listed_now(DURING) == [under_way, coming]
    assert Process.objects.count() == 2


def test_what_staff_wrote_about_a_process_comes_with_its_timeline_in_one_statement(jette, django_assert_num_queries):
    process = published(jette)
    written = {"descriptions": 2, "questions": 2, "team": 0, "documents": 0}
    for number in range(written["questions"]):
        FrequentQuestion.objects.create(process=process, position=number, question="Pourquoi ?", answer="Parce que.")
    latest = [news(process) for _number in range(queries.MOST_NEWS + 1)][::-1]
    with django_assert_num_queries(1):
        told = queries.with_words(process.slug)
        process = told.process
        assert {name: len(getattr(process, name).all()) for name in queries.WORDS} == written
        assert [each.title for each in told.news] == [each.title for each in latest[:-1]] and not told.changed
        assert [activity.phase.process for activity in queries.activities_of(process)] == [process]
    stored = {each.language: each.body for each in process.descriptions.model.objects.filter(process=process)}
    assert {each.language: each.body for each in process.descriptions.all()} == stored
