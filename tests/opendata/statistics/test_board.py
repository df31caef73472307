"""The numbers of a process and of an organisation, from what people really did."""

import csv
import io
import json
from datetime import timedelta

import pytest

from tests.opendata.statistics.factories import crowd, region
from tests.participation.ideas import factories as ideas
from tests.participation.ideas.factories import NOW
from tests.people.organisations.factories import organisation
from zenne.opendata.statistics import keeping, queries
from zenne.opendata.statistics.enums import Period, Step
from zenne.opendata.statistics.kinds import Scope
from zenne.opendata.statistics.models import Counted
from zenne.participation.comments.actions import comment
from zenne.participation.ideas.actions import withdraw_idea
from zenne.participation.ideas.models import Support
from zenne.people.accounts.models import Consent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LATER = NOW + timedelta(days=2)
QUERIES = 10


def board_of(call, period=Period.ALL, now=LATER):
    return queries.board(Scope.process(call.process.pk), period, now=now)


def numbers(board):
    return {total.key: total.number for total in board.totals}


def rows(board, key, at=0):
    return {row.label: row.values[at] for row in board.table(key).rows}


def written_by(person, *written):
    """Who wrote an idea in the factories said nothing of themselves; here it is one of the crowd."""
    for each in written:
        type(each).objects.filter(pk=each.pk).update(author=person)


class TestTotals:
    def test_nobody_came_yet_the_board_is_empty_and_has_no_table(self):
        board = board_of(ideas.call())
        assert board.empty and board.tables == () and board.comparisons == () and board.clocks == ()

    def test_ideas_comments_and_supports_are_counted_and_people_once(self):
        call = ideas.call()
        author = ideas.resident("An")
        first, second = ideas.idea(call, author=author), ideas.idea(call, author=author)
        people = crowd(12, first)
        Support.objects.bulk_create(Support(idea=second, person=one, given_at=NOW) for one in people)
        comment(first, by=author, text="Oui.", language="fr", now=NOW)
        found = numbers(board_of(call))
        assert (found["ideas"], found["comments"], found["supports"], found["followers"]) == (2, 1, 24, 0)
        assert found["people"] == 13

    def test_fewer_than_ten_people_are_not_told_while_what_is_public_is(self):
        call = ideas.call()
        crowd(8, ideas.idea(call))
        found = numbers(board_of(call))
        assert found["people"] is None and (found["ideas"], found["supports"]) == (1, 8)

    def test_what_is_no_longer_public_does_not_count(self):
        call = ideas.call()
        author = ideas.resident()
        idea = ideas.idea(call, author=author)
        crowd(3, idea)
        withdraw_idea(idea, by=author, now=NOW)
        assert board_of(call).empty

    def test_answers_of_the_administration_are_no_participation(self):
        call = ideas.call()
        idea = ideas.idea(call)
        comment(idea, by=ideas.staff(call.process.organisation), text="Merci.", language="fr", now=NOW)
        assert numbers(board_of(call))["comments"] == 0

    def test_opposition_is_a_figure_only_where_there_is_one(self):
        call = ideas.call()
        idea = ideas.idea(call)
        assert "oppositions" not in numbers(board_of(call))
        Support.objects.create(idea=idea, person=ideas.resident(), value=-1, given_at=NOW)
        found = numbers(board_of(call))
        assert (found["oppositions"], found["supports"]) == (1, 0)

    def test_other_processes_do_not_count_and_their_organisation_counts_them_all(self):
        of = organisation()
        one, other = ideas.call(organisation=of), ideas.call(organisation=of)
        ideas.idea(one), ideas.idea(other), ideas.idea(ideas.call())
        assert numbers(board_of(one))["ideas"] == 1
        board = queries.board(Scope.organisation(of.pk), now=LATER)
        assert numbers(board)["ideas"] == 2
        assert sorted(rows(board, "process").values()) == [1, 1]


class TestPeriods:
    def test_period_counts_what_lies_in_it_and_compares_with_the_stretch_before(self):
        call = ideas.call()
        first = ideas.idea(call)
        crowd(11, first, now=NOW - timedelta(days=3))
        crowd(14, first, now=NOW - timedelta(days=9))
        week = board_of(call, Period.WEEK, now=NOW)
        supports = next(total for total in week.totals if total.key == "supports")
        assert (supports.number, supports.other) == (11, 14)

    def test_day_is_a_day_in_brussels(self):
        """22:30 in UTC in June is half past midnight in Brussels."""
        call = ideas.call()
        crowd(10, ideas.idea(call), now=NOW.replace(hour=22, minute=30))
        table = board_of(call).table("time")
        assert dict(zip([row.key for row in table.rows], table.column("supports"), strict=True))["2026-06-16"] == 10

    def test_days_without_anything_are_there_as_zero(self):
        call = ideas.call()
        idea = ideas.idea(call, now=NOW)
        crowd(10, idea, now=NOW + timedelta(days=3))
        table = board_of(call, now=NOW + timedelta(days=4)).table("time")
        assert [row.key for row in table.rows] == [f"2026-06-{day}" for day in (15, 16, 17, 18, 19)]
        assert table.column("supports") == [0, 0, 0, 10, 0]

    def test_long_stretch_is_cut_in_weeks_that_begin_on_monday_and_a_longer_one_in_months(self):
        call = ideas.call()
        idea = ideas.idea(call, now=NOW)
        board = board_of(call, now=NOW + timedelta(days=59))
        assert board.step == Step.WEEK
        assert {row.key for row in board.table("time").rows} >= {"2026-06-15", "2026-06-22"}
        crowd(10, idea, now=NOW + timedelta(days=400))
        board = board_of(call, now=NOW + timedelta(days=401))
        assert board.step == Step.MONTH and board.table("time").rows[0].key == "2026-06-01"

    def test_line_of_what_ended_long_ago_ends_there(self):
        call = ideas.call()
        ideas.idea(call, now=NOW)
        table = board_of(call, now=NOW + timedelta(days=900)).table("time")
        assert [row.key for row in table.rows] == ["2026-06-15"]


class TestSplits:
    def test_ideas_by_theme_channel_and_language_largest_first_and_none_last(self):
        call = ideas.call()
        green, water = call.process.themes.order_by("position")
        for theme, language in ((green, "fr"), (water, "nl"), (water, "fr"), (None, "fr"), (None, "fr"), (None, "fr")):
            idea = ideas.idea(call, language=language)
            type(idea).objects.filter(pk=idea.pk).update(theme=theme)
        board = board_of(call)
        assert list(rows(board, "theme").items()) == [("Water", 2), ("Nature", 1), ("No theme", 3)]
        assert rows(board, "language") == {"French": 5, "Dutch": 1}
        assert rows(board, "channel") == {"Online": 6}

    def test_split_that_says_nothing_is_left_out(self):
        call = ideas.call()
        ideas.idea(call)
        assert "commune" not in [table.key for table in board_of(call).tables]


class TestPeople:
    def test_small_group_is_hidden_with_another_so_that_the_total_does_not_give_it_away(self):
        call = ideas.call()
        idea = ideas.idea(call)
        crowd(3, idea, born=1940)
        crowd(20, idea, born=1990)
        crowd(40, idea, born=1980)
        shown = rows(board_of(call), "people-age")
        assert shown["70 years and over"] is None and shown["40 to 49 years"] == 40
        assert sum(value is None for value in shown.values()) >= 2

    def test_two_periods_cannot_be_subtracted(self):
        """Three women took part before this week and not since: neither period gives them away beside the other."""
        call = ideas.call()
        idea = ideas.idea(call)
        crowd(3, idea, gender="woman", now=NOW)
        now = NOW + timedelta(days=20)
        crowd(20, idea, gender="woman", now=now)
        written_by(crowd(30, idea, gender="man", now=now)[0], idea)
        whole = rows(board_of(call, now=now + timedelta(hours=1)), "people-gender")
        week = rows(board_of(call, Period.WEEK, now=now + timedelta(hours=1)), "people-gender")
        assert whole["Woman"] == 23 and whole["Man"] == 30
        assert week == {"Woman": None, "Man": None}
        crowd(12, idea, gender="woman", now=NOW)
        week = rows(board_of(call, Period.WEEK, now=now + timedelta(hours=1)), "people-gender")
        assert week == {"Woman": 20, "Man": 30}

    def test_what_a_group_did_in_two_periods_cannot_be_subtracted(self):
        """All twelve women come back this week; one of them had written something before, and that stays hers."""
        call = ideas.call()
        idea = ideas.idea(call)
        women, men = crowd(12, idea, gender="woman", now=NOW), crowd(12, idea, gender="man", now=NOW)
        now = NOW + timedelta(days=20)
        second = ideas.idea(call, now=now)
        Support.objects.bulk_create(Support(idea=second, person=one, given_at=now) for one in [*women, *men])
        written_by(men[0], idea, second)
        written_by(women[0], ideas.idea(call, now=NOW))
        for one in women:
            written_by(one, ideas.idea(call, now=now))
        board = board_of(call, Period.WEEK, now=now + timedelta(hours=1))
        at = [column.key for column in board.table("people-gender").columns].index("ideas")
        assert rows(board, "people-gender")["Woman"] == 12
        assert rows(board, "people-gender", at)["Woman"] is None

    def test_an_organisation_less_one_of_its_processes_gives_no_small_group(self):
        large = ideas.call()
        small = ideas.call(organisation=large.process.organisation)
        first, second = ideas.idea(large), ideas.idea(small)
        written_by(crowd(20, first, gender="woman")[0], first)
        crowd(30, first, gender="man")
        written_by(crowd(4, second, gender="woman")[0], second)
        crowd(9, second, gender="man")
        whole = queries.board(Scope.organisation(large.process.organisation_id), Period.ALL, now=LATER)
        assert rows(whole, "people-gender")["Woman"] is None and rows(whole, "people-gender")["Man"] is None
        assert rows(board_of(large), "people-gender")["Woman"] == 20

    def test_without_consent_what_people_said_of_themselves_is_not_known(self):
        call = ideas.call()
        idea = ideas.idea(call)
        crowd(15, idea, born=1990, gender="woman")
        crowd(25, idea, born=1980, gender="man", consents=False)
        assert rows(board_of(call), "people-gender") == {"Woman": 15, "Not known": 26}

    def test_consent_taken_back_counts_no_more(self):
        call = ideas.call()
        people = crowd(15, ideas.idea(call), gender="woman")
        crowd(15, ideas.idea(call), gender="man")
        Consent.objects.filter(person__in=people).update(withdrawn_at=NOW)
        assert "Woman" not in rows(board_of(call), "people-gender")

    def test_contributions_of_a_small_group_are_hidden_though_the_group_is_shown(self):
        """Twelve women took part, four of them wrote an idea: how many ideas women wrote is not told."""
        call = ideas.call()
        idea = ideas.idea(call)
        women = crowd(12, idea, gender="woman")
        men = crowd(12, idea, gender="man")
        for one in [*women[:4], *men]:
            written = ideas.idea(call)
            type(written).objects.filter(pk=written.pk).update(author=one)
        board = board_of(call)
        table = board.table("people-gender")
        women_row = next(row for row in table.rows if row.label == "Woman")
        at = [column.key for column in table.columns].index("ideas")
        assert women_row.values[0] == 12 and women_row.values[at] is None

    def test_first_times_add_up_to_the_people_and_small_days_are_hidden(self):
        call = ideas.call()
        idea = ideas.idea(call, now=NOW)
        crowd(20, idea, now=NOW + timedelta(hours=1))
        crowd(4, idea, now=NOW + timedelta(days=1))
        crowd(15, idea, now=NOW + timedelta(days=2))
        table = board_of(call, now=NOW + timedelta(days=3)).table("first_time")
        assert table.column("people") == [21, None, None, 0]


class TestComparison:
    def test_gap_is_said_in_words_with_how_many_are_unknown_first(self):
        region()
        call = ideas.call()
        idea = ideas.idea(call)
        crowd(12, idea, born=2000)
        crowd(110, idea, born=1975)
        crowd(30, idea, born=1965, consents=False)
        age = next(one for one in board_of(call).comparisons if one.trait == "age")
        assert (age.people, age.known, age.unknown_percent) == (153, 122, 20)
        assert (
            age.sentences[0]
            == "People of 50 to 59 are 14 % of the inhabitants and 90 % of those who took part: 76 points more."
        )
        assert len(age.sentences) == 3

    def test_few_known_people_are_not_compared(self):
        region()
        call = ideas.call()
        crowd(20, ideas.idea(call), born=1975)
        age = next(one for one in board_of(call).comparisons if one.trait == "age")
        assert not age.enough and age.sentences == () and all(group.part is None for group in age.groups)

    def test_communes_are_compared_with_their_inhabitants(self):
        _region, jette, uccle = region()
        call = ideas.call()
        idea = ideas.idea(call)
        crowd(80, idea, home=jette)
        crowd(20, idea, home=uccle)
        crowd(15, idea, home=uccle, consents=False)
        home = next(one for one in board_of(call).comparisons if one.trait == "place")
        assert home.sentences[0] == "Jette has 39 % of the inhabitants and 80 % of those who took part: 41 points more."
        assert (home.different_percent, home.by_chance_percent) == (41, 4)

    def test_hidden_group_is_hidden_in_the_comparison_too(self):
        region()
        call = ideas.call()
        idea = ideas.idea(call)
        crowd(4, idea, gender="woman")
        crowd(60, idea, gender="man")
        gender = next(one for one in board_of(call).comparisons if one.trait == "gender")
        women = next(group for group in gender.groups if group.key == "woman")
        assert women.part is None and women.points is None and not women.telling


class TestClock:
    def test_answers_in_time_too_late_and_missing_are_counted_with_their_medians(self):
        call = ideas.call(answer_days=10)
        states = [(0, 4), (0, 8), (0, 30), (0, None), (35, None)]
        for begun, ended in states:
            idea = ideas.idea(call)
            published = NOW + timedelta(days=begun)
            answered = None if ended is None else published + timedelta(days=ended)
            type(idea).objects.filter(pk=idea.pk).update(published_at=published, answered_at=answered)
        (clock,) = board_of(call, now=NOW + timedelta(days=40)).clocks
        assert (clock.in_time, clock.too_late, clock.waiting, clock.overdue) == (2, 1, 2, 1)
        assert (clock.median_answer, clock.median_overdue) == (8.0, 30.0)
        assert [(late.days, late.days_late) for late in clock.late] == [(40, 30)]
        assert clock.late[0].url.startswith("/en/processes/")


class TestFiles:
    def test_file_hides_what_the_page_hides(self):
        call = ideas.call()
        idea = ideas.idea(call)
        crowd(3, idea, gender="other")
        crowd(30, idea, gender="woman")
        board = board_of(call)
        text, content_type = queries.sheet(board, "people-gender", "csv")
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
        assert content_type.startswith("text/csv") and lines[0][:2] == ["Gender", "People"]
        shown = {line[0]: line[1] for line in lines[1:]}
        assert shown["Another answer"] == ""
        found = json.loads(queries.sheet(board, "people-gender", "json")[0])
        assert {row["label"]: row["values"]["people"] for row in found["rows"]}["Another answer"] is None

    def test_formula_in_a_name_stays_a_text(self):
        call = ideas.call()
        for theme in call.process.themes.all():
            theme.title_en = "=1+1"
            theme.save()
        idea = ideas.idea(call)
        type(idea).objects.filter(pk=idea.pk).update(theme=call.process.themes.first())
        text, _kind = queries.sheet(board_of(call), "theme", "csv")
        assert "'=1+1" in text

    def test_what_is_not_there_is_no_file(self):
        board = board_of(ideas.call())
        assert queries.sheet(board, "theme", "csv") is None and queries.sheet(board, "theme", "exe") is None

    def test_board_is_plain_data_for_a_report(self):
        call = ideas.call()
        ideas.idea(call)
        assert json.loads(json.dumps(board_of(call).as_data()))["totals"][0]["key"] == "people"


class TestKeeping:
    def test_small_scope_is_counted_at_every_look(self):
        call = ideas.call()
        ideas.idea(call)
        board_of(call)
        ideas.idea(call)
        assert numbers(board_of(call))["ideas"] == 2 and not Counted.objects.exists()

    def test_large_scope_is_kept_and_counted_anew_by_the_worker(self, monkeypatch):
        monkeypatch.setattr(keeping, "LARGE", 1)
        call = ideas.call()
        ideas.idea(call)
        board_of(call)
        ideas.idea(call)
        kept = board_of(call, now=LATER + timedelta(minutes=30))
        assert numbers(kept)["ideas"] == 1 and kept.counted_at == LATER
        assert keeping.keep_fresh(LATER + timedelta(minutes=40)) == 1
        assert numbers(board_of(call, now=LATER + timedelta(minutes=41)))["ideas"] == 2

    def test_kept_figures_hold_nothing_about_a_small_group(self, monkeypatch):
        monkeypatch.setattr(keeping, "LARGE", 1)
        call = ideas.call()
        crowd(7, ideas.idea(call), gender="woman")
        board_of(call)
        figures = Counted.objects.get().figures
        assert figures["totals"]["people"]["number"] is None
        assert figures["traits"]["gender"]["people"]["woman"] is None


def test_number_of_queries_does_not_grow_with_what_is_counted(django_assert_num_queries):
    call = ideas.call()
    theme = call.process.themes.first()
    for size in (1, 3):
        for _each in range(size):
            idea = ideas.idea(call)
            type(idea).objects.filter(pk=idea.pk).update(theme=theme)
            crowd(12, idea, born=1990)
        with django_assert_num_queries(QUERIES):
            board_of(call)
