from datetime import timedelta

import pytest
from django.utils.translation import override

from tests.participation.ideas.factories import NO, NOW, call, idea, in_state, process, resident, staff
from zenne.participation.ideas import actions
from zenne.participation.ideas.enums import IdeaState, Moderation
from zenne.participation.ideas.models import Idea
from zenne.participation.ideas.queries import (
    Figures,
    Filters,
    counted,
    days_without_answer,
    figures_of,
    for_cards,
    inbox,
    is_late,
    late,
    lineage_of,
    listed,
    manageable,
    pins,
    questions_for,
    similar,
)

pytestmark = pytest.mark.django_db


def titles(of, **filters):
    return sorted(one.title for one in listed(of, Filters(**filters), now=NOW).order_by("pk"))


class TestListed:
    def test_only_what_is_public(self):
        activity = call()
        shown = in_state(IdeaState.INADMISSIBLE, activity)
        in_state(IdeaState.REJECTED, activity)
        gone = idea(activity)
        actions.withdraw_idea(gone, by=gone.author, now=NOW)
        assert list(listed(activity.process, now=NOW)) == [shown]

    def test_what_waits_to_be_read_is_shown_to_its_author_only(self):
        activity, me = call(moderation=Moderation.BEFORE), resident()
        mine = idea(activity, author=me)
        assert not listed(activity.process, now=NOW).exists()
        assert list(listed(activity.process, Filters(mine=True), person=me, now=NOW)) == [mine]
        assert not listed(activity.process, Filters(mine=True), person=None, now=NOW).exists()

    def test_filters(self):
        activity = call()
        green = activity.process.themes.get(slug="green")
        idea(activity, title="A", theme=green)
        answered = idea(activity, title="B")
        actions.answer_idea(answered, body=NO, by=staff(activity.process.organisation), now=NOW)
        idea(activity, title="C", now=NOW - timedelta(days=6))
        activity.ideation.answer_days = 5
        activity.ideation.save()
        assert titles(activity.process, theme="green") == ["A"]
        assert titles(activity.process, answered="yes") == ["B"]
        assert titles(activity.process, answered="no") == ["A", "C"]
        assert titles(activity.process, answered="late") == ["C"]
        assert titles(activity.process, status="published") == ["A", "B", "C"]
        assert titles(activity.process, status="rejected", theme="", answered="nonsense") == ["A", "B", "C"]
        assert titles(activity, place="21010") == []


class TestSearch:
    @pytest.fixture
    def garden(self):
        activity = call()
        for language, title, text in (
            ("fr", "Végétaliser les écoles", "Planter des arbres dans les cours de récréation."),
            ("nl", "Meer fietsen in de wijk", "Veilige fietspaden naar de scholen."),
            ("en", "Cycling to school", "Children should ride safely, with trees along the way."),
        ):
            idea(activity, title=title, text=text, language=language)
        return activity.process

    @pytest.mark.parametrize(
        ("page", "words", "found"),
        [
            ("fr", "école", ["Végétaliser les écoles"]),
            ("fr", "ECOLES", ["Végétaliser les écoles"]),
            ("fr", "vegetaliser", ["Végétaliser les écoles"]),
            ("fr", "arbre", ["Végétaliser les écoles"]),
            ("nl", "fiets", ["Meer fietsen in de wijk"]),
            ("nl", "fietspad", ["Meer fietsen in de wijk"]),
            ("fr", "fietsen", ["Meer fietsen in de wijk"]),
            ("en", "cycle", ["Cycling to school"]),
            ("en", "tree", ["Cycling to school"]),
            ("fr", "trees", ["Cycling to school"]),
            ("fr", '"cours de récréation"', ["Végétaliser les écoles"]),
            ("en", "school -children", []),
            ("en", "cycling or fietsen", ["Cycling to school", "Meer fietsen in de wijk"]),
            ("fr", "introuvable", []),
            ("fr", "' & | ! :*", []),
            ("fr", "\x00", ["Cycling to school", "Meer fietsen in de wijk", "Végétaliser les écoles"]),
        ],
    )
    def test_words_are_found_in_each_language_without_their_accents(self, garden, page, words, found):
        with override(page):
            if words == "\x00":
                assert titles(garden, text=words) == []
            else:
                assert titles(garden, text=words) == found


class TestSimilar:
    @pytest.mark.parametrize(
        ("language", "title", "text"),
        [
            ("fr", "Planter des arbres place Bockstael", "Il fait trop chaud."),
            ("fr", "arbre place bockstaël", ""),
            ("nl", "Bomen planten op het Bockstaelplein", "Het is te warm."),
            ("en", "Plant trees on Bockstael square", "It is too hot."),
        ],
    )
    def test_same_thought_is_found(self, language, title, text):
        activity = call()
        known = {
            "fr": ("Plantons des arbres sur la place Bockstael", "La chaleur y est insupportable."),
            "nl": ("Meer bomen op het Bockstaelplein", "De hitte is er ondraaglijk."),
            "en": ("More trees for Bockstael square", "The heat is unbearable."),
        }[language]
        wanted = idea(activity, title=known[0], text=known[1], language=language)
        idea(activity, title="Une bibliothèque ouverte le dimanche", text="Lire en famille.", language="fr")
        assert similar(title, text, activity.process)[:1] == [wanted]

    @pytest.mark.parametrize("title", ["", "a b c", "123", "\x00", "'; drop table"])
    def test_nothing_to_compare_finds_nothing(self, title):
        activity = call()
        idea(activity)
        assert similar(title, "", activity.process) == []

    def test_other_processes_stay_out(self):
        idea(call(), title="Planter des arbres")
        assert similar("Planter des arbres", "", call().process) == []


class TestClock:
    def test_days_are_those_of_the_calendar_in_brussels(self):
        made = idea(now=NOW.replace(hour=21, minute=50))
        assert days_without_answer(made, NOW.replace(hour=22, minute=10)) == 1

    def test_clock_stops_with_the_answer(self):
        made = idea(call(answer_days=10))
        assert not is_late(made, NOW + timedelta(days=10))
        assert is_late(made, NOW + timedelta(days=10, seconds=1))
        assert list(late(Idea.objects.all(), NOW + timedelta(days=11))) == [made]
        actions.answer_idea(made, body=NO, by=staff(made.process.organisation), now=NOW + timedelta(days=12))
        made.refresh_from_db()
        assert not is_late(made, NOW + timedelta(days=20))
        assert days_without_answer(made, NOW + timedelta(days=20)) == 12
        assert not late(Idea.objects.all(), NOW + timedelta(days=20)).exists()


class TestPlaces:
    def test_each_by_itself_then_gathered(self):
        activity, author = call(), resident()
        for number in range(6):
            one = idea(activity, author=author)
            Idea.objects.filter(pk=one.pk).update(lon=4.35 + number / 1000, lat=50.85)
        assert len(pins(listed(activity.process, now=NOW))) == 6
        gathered = pins(listed(activity.process, now=NOW), most=3)
        assert sum(pin.number for pin in gathered) == 6
        assert all(4.35 <= pin.lon <= 4.356 for pin in gathered)


def test_count_is_capped():
    activity, author = call(), resident()
    for _number in range(3):
        idea(activity, author=author)
    assert (
        counted(listed(activity.process, now=NOW)).number,
        counted(listed(activity.process, now=NOW), most=2).capped,
    ) == (3, True)
    assert figures_of(activity.process) == Figures(ideas=3, supports=0, comments=0, answered=0)


@pytest.mark.parametrize("number", [1, 3])
def test_cards_take_two_queries_however_many(number, django_assert_num_queries):
    activity = call()
    for _each in range(number):
        idea(activity, theme=activity.process.themes.first())
    with django_assert_num_queries(2):
        for one in for_cards(listed(activity.process, now=NOW)):
            assert (one.theme.title, one.pictures) is not None


def test_staff_see_their_own_organisation_only():
    mine, other = idea(call(moderation=Moderation.BEFORE)), idea(call(process(), moderation=Moderation.BEFORE))
    member = staff(mine.process.organisation)
    assert list(manageable(member)) == list(inbox(member)) == [mine]
    assert not manageable(other.author).exists()


def test_lineage_and_questions():
    activity = call()
    one, two, three = (idea(activity) for _number in range(3))
    manager = staff(activity.process.organisation)
    for source, target in ((one, two), (two, three)):
        proposed = actions.propose_merge(source=source, target=target, reason=NO, by=manager, now=NOW)
        assert list(questions_for(target.author)) == [proposed]
        for consent in proposed.consents.all():
            actions.consent_merge(proposed, agreed=True, by=consent.person, now=NOW)
        actions.complete_merge(proposed, by=manager, now=NOW)
    assert lineage_of(three) == [two, one]
    assert not questions_for(three.author).exists()
