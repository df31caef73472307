"""Juries of things that are no ideas: an upper app declares them, puts them before a jury, and hears the verdicts. Here: areas of the city."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.participation.ideas.factories import NOW, call, idea
from tests.participation.juries.factories import WHY, candidates, jury, manager, member, scored
from zenne.core.errors import Conflict
from zenne.core.languages import LANGUAGES
from zenne.participation.juries import actions, queries
from zenne.participation.juries.actions.publishing import verdicts
from zenne.participation.juries.enums import Stage
from zenne.participation.juries.kinds import Subject, SubjectKind, Verdict, subjects
from zenne.participation.juries.models import Candidate, Jury
from zenne.participation.juries.rules import selection_of, stage
from zenne.participation.selections.models import Selection
from zenne.people.accounts.models import Person
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area

pytestmark = pytest.mark.django_db
KIND = "tests.area"
heard: list[Verdict] = []


def _read(keys: object) -> dict[int, Subject]:
    rows = Area.objects.filter(pk__in=list(keys))  # type: ignore[call-overload]
    return {row.pk: Subject(row.pk, str(row), "About it.", "fr", "", "", stands=True) for row in rows}


def _publish(made: int, found: Sequence[Verdict], by: Person, now: datetime) -> None:
    heard.extend(found)


@pytest.fixture(autouse=True)
def _kind(clock_shows: Callable[[datetime], None]) -> Iterator[None]:
    clock_shows(NOW)
    heard.clear()
    subjects.register(KIND, SubjectKind("areas", _read, _publish))
    yield
    del subjects._items[KIND]


def areas_before(made: Jury, number: int) -> list[Area]:
    found = [
        Area.objects.create(
            kind=AreaKind.DISTRICT, code=f"{made.pk}-{letter}", name_fr=f"Quartier {letter}", name_nl=letter
        )
        for letter in "ABCDE"[:number]
    ]
    actions.take_subjects(made, kind=KIND, keys=[each.pk for each in found], by=manager(made), now=NOW)
    made.refresh_from_db()
    return found


def deliberated(number: int = 3, keep: int = 1) -> Jury:
    made = jury(entries=0, keep=keep)
    areas_before(made, number)
    rows = [((5, 4), (2, 2), (3, 1))[:number], ((4, 4), (2, 3), (3, 2))[:number]]  # weights 3 and 1
    seats = scored(made, *rows)
    boss = manager(made)
    actions.open_session(made, present=seats, by=boss, now=NOW)
    for each in candidates(made):
        actions.word_reason(each, reason=WHY, by=boss, now=NOW)
    actions.word_statement(made, statement=WHY, by=boss, now=NOW)
    return Jury.objects.get(pk=made.pk)


def test_things_of_a_declared_kind_are_put_before_a_jury_once_and_read_together(
    django_assert_num_queries: object,
) -> None:
    made = jury(entries=0)
    found = areas_before(made, 3)
    again = actions.take_subjects(made, kind=KIND, keys=[each.pk for each in found], by=manager(made), now=NOW)
    assert again == []
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert [each.title for each in queries.standing(made)] == [str(each) for each in found]


def test_a_key_behind_which_there_is_nothing_does_not_come_before_a_jury() -> None:
    made = jury(entries=0)
    assert actions.take_subjects(made, kind=KIND, keys=[999_999], by=manager(made), now=NOW) == []


def test_a_jury_scores_one_kind_of_thing() -> None:
    made = jury(entries=1)
    with pytest.raises(Conflict):
        areas_before(made, 1)
    other = jury(entries=0)
    areas_before(other, 1)
    source = call(other.process)
    idea(source)
    with pytest.raises(Conflict):
        actions.take_candidates(other, source=source, by=manager(other), now=NOW)


def test_once_everything_is_taken_away_a_jury_may_score_something_else() -> None:
    made = jury(entries=0)
    areas_before(made, 1)
    actions.release_candidate(candidates(made)[0], by=manager(made), now=NOW)
    source = call(made.process)
    idea(source)
    assert len(actions.take_candidates(made, source=source, by=manager(made), now=NOW)) == 1


def test_the_database_takes_no_candidate_that_is_nothing_or_two_things() -> None:
    made = jury(entries=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidate.objects.create(jury=made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidate.objects.create(jury=made, idea=idea(), key=1)


def test_a_published_result_reaches_the_app_with_exact_scores_and_reasons_and_leaves_no_selection() -> None:
    made = deliberated()
    found = actions.publish_verdicts(made, by=manager(made), now=NOW)
    made.refresh_from_db()
    assert heard == found
    assert [(each.rank, each.kept) for each in found] == [(1, True), (2, False), (3, False)]
    assert Fraction(found[0].score) == Fraction(35, 8)  # (19/4 + 4) / 2
    assert dict(found[0].reason) == WHY
    assert stage(made, NOW) == Stage.PUBLISHED
    assert selection_of(made) is None and not Selection.objects.exists()


def test_the_ranking_is_the_same_when_it_is_computed_again_from_the_stored_points() -> None:
    made = deliberated()
    found = actions.publish_verdicts(made, by=manager(made), now=NOW)
    assert verdicts(Jury.objects.get(pk=made.pk), queries.decided(made)) == found


def test_what_disappeared_meanwhile_is_said_to_be_undecided() -> None:
    made = deliberated()
    gone = candidates(made)[1].number
    Area.objects.get(pk=gone).delete()
    found = actions.publish_verdicts(made, by=manager(made), now=NOW)
    assert [(each.key, each.kept) for each in found][-1] == (gone, None)
    assert len(queries.decided(made)) == 2


def test_a_jury_of_ideas_leaves_a_selection_and_nothing_else() -> None:
    made = jury()
    seats = scored(made, ((5, 5), (1, 1), (2, 2), (3, 3)))
    actions.open_session(made, present=seats, by=manager(made), now=NOW)
    with pytest.raises(Conflict):
        actions.publish_verdicts(made, by=manager(made), now=NOW)


def test_a_member_scores_on_the_same_pages_and_everybody_reads_the_result_with_its_reasons(
    client_for: Callable[..., Client],
) -> None:
    made = jury(entries=0)
    areas_before(made, 1)
    seat = member(made)
    assert seat.person is not None
    client = client_for(seat.person)
    here = [made.process.slug, made.pk]
    assert "Quartier A" in client.get(reverse("juries:work", args=here)).content.decode()
    assert client.get(reverse("juries:assess", args=[*here, candidates(made)[0].pk])).status_code == 200
    done = deliberated()
    actions.publish_verdicts(done, by=manager(done), now=NOW)
    for language in LANGUAGES:
        page = client.get(f"/{language}/processes/{done.process.slug}/juries/{done.pk}/").content.decode()
        assert WHY[language] in page
