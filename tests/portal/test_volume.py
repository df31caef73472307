"""Volume in small numbers: what the verbs keep exact is exact here too."""

from itertools import pairwise

import pytest
from django.db import connection
from django.db.models import Count, Q

from tests.people.organisations.factories import organisation, platform_admin
from zenne.core.errors import Invalid
from zenne.participation.comments.enums import CommentState
from zenne.participation.comments.models import Comment
from zenne.participation.ideas.enums import NEEDS_REASON, TRANSITIONS, IdeaState
from zenne.participation.ideas.models import Idea, OfficialAnswer, StatusChange, Support, Version
from zenne.participation.ideas.queries import figures_of
from zenne.participation.processes.models import Process
from zenne.people.accounts.models import Person
from zenne.people.accounts.rules import has_confirmed_email
from zenne.places.areas.actions import load_brussels
from zenne.places.areas.queries import area_at
from zenne.portal.demonstration import outlines, volume

pytestmark = pytest.mark.django_db
SIZE = {"ideas": 60, "comments": 240, "supports": 500, "people": 50}


@pytest.fixture
def filled(now):
    organisation()
    platform_admin()
    return volume.fill(**SIZE, now=now)


def test_numbers_are_exactly_those_asked_for(filled):
    assert Idea.objects.filter(process=filled).count() == SIZE["ideas"]
    assert Comment.objects.count() == SIZE["comments"]
    assert Support.objects.count() == SIZE["supports"]
    assert Person.objects.filter(email__startswith="volume-").count() == SIZE["people"]
    assert has_confirmed_email(Person.objects.get(email="volume-1@example.org"))


def test_counters_equal_the_rows_they_count(filled):
    for idea in Idea.objects.annotate(yes=Count("supports", filter=Q(supports__value=1))):
        said = Comment.objects.filter(about_id=idea.pk, state=CommentState.PUBLISHED).count()
        assert (idea.support_count, idea.oppose_count, idea.comment_count) == (idea.yes, 0, said)


def test_nobody_supports_their_own_idea(filled):
    assert not [
        support for support in Support.objects.select_related("idea") if support.person_id == support.idea.author_id
    ]


def test_every_idea_took_steps_of_the_table_and_gave_reasons(filled):
    for idea in Idea.objects.order_by("pk"):
        steps = list(StatusChange.objects.filter(idea=idea).order_by("changed_at", "pk"))
        assert (steps[0].before, steps[0].after, steps[-1].after) == ("", IdeaState.SUBMITTED, idea.state)
        for before, after in pairwise(steps):
            assert after.before == before.after
            assert after.after in TRANSITIONS[after.before]
            assert (after.before, after.after) not in NEEDS_REASON or (
                after.reason_fr and after.reason_nl and after.reason_en
            )
        assert Version.objects.get(idea=idea).text == idea.text
        assert (idea.answered_at is not None) == OfficialAnswer.objects.filter(idea=idea).exists()


def test_replies_belong_to_the_thread_of_the_same_idea(filled):
    replies = Comment.objects.filter(parent__isnull=False).select_related("parent")
    assert replies
    for reply in replies:
        assert (reply.about_id, reply.parent.parent) == (reply.parent.about_id, None)
        assert reply.created_at >= reply.parent.created_at


def test_search_finds_what_was_written(filled):
    idea = Idea.objects.filter(language="nl").order_by("pk").first()
    word = idea.text.split()[-1].strip(".?")
    assert Idea.objects.filter(pk=idea.pk, text__contains=word).exists()
    assert Idea.objects.exclude(search="").count() == SIZE["ideas"]


def test_same_seed_gives_the_same_volume(filled, now):
    again = volume.fill(**SIZE, now=now)
    assert again.slug != filled.slug
    columns = ("title", "text", "state", "support_count", "comment_count", "shuffle")
    first, second = (
        list(Idea.objects.filter(process=each).order_by("pk").values_list(*columns)) for each in (filled, again)
    )
    assert first == second


def test_process_can_be_chosen(filled, now):
    volume.fill(ideas=3, comments=0, supports=0, people=2, process=filled.slug, now=now)
    assert Idea.objects.filter(process=filled).count() == SIZE["ideas"] + 3
    assert Process.objects.count() == 1


def test_places_lie_in_the_areas_they_name(now):
    load_brussels(now=now)
    organisation()
    platform_admin()
    volume.fill(ideas=20, comments=0, supports=0, people=5, now=now)
    placed = Idea.objects.filter(lon__isnull=False)
    assert placed
    for idea in placed:
        assert area_at(idea.lon, idea.lat) == idea.commune


@pytest.mark.parametrize(
    "numbers",
    [
        {"ideas": 0, "comments": 1, "supports": 0, "people": 5},
        {"ideas": 10, "comments": 0, "supports": 100, "people": 5},
        {"ideas": 10, "comments": 0, "supports": 0, "people": 5, "process": "nowhere"},
    ],
    ids=["no ideas", "too many supports", "no process"],
)
def test_numbers_that_cannot_be_are_refused(numbers, now):
    organisation()
    platform_admin()
    with pytest.raises(Invalid):
        volume.fill(**numbers, now=now)


def test_an_empty_installation_is_told_what_to_do_first(now):
    with pytest.raises(Invalid, match="load the demonstration"):
        volume.fill(**SIZE, now=now)


def test_shares_add_up_whatever_the_weights():
    assert list(outlines.shares(10, [1, 0, 3], 4)) == [2, 0, 8]
    assert list(outlines.shares(10, [8, 1, 1], 10, most=4)) == [4, 4, 2]
    assert sum(outlines.shares(9999, (1 / n for n in range(1, 500)), sum(1 / n for n in range(1, 500)))) == 9999


def test_ideas_beyond_those_written_are_copied_whole_and_their_counters_are_true(now, monkeypatch):
    organisation()
    platform_admin()
    monkeypatch.setattr(volume, "WRITTEN", 20)
    made = volume.fill(ideas=90, comments=40, supports=60, people=30, now=now)
    ideas = Idea.objects.filter(process=made)
    assert ideas.count() == 90 and ideas.filter(title__contains=", n° ").count() == 70
    for one in ideas.annotate(yes=Count("supports")):
        steps = StatusChange.objects.filter(idea=one).order_by("changed_at", "pk")
        assert steps.last().after == one.state and one.support_count == one.yes
        assert Version.objects.filter(idea=one).count() == 1
        assert (one.answered_at is not None) == OfficialAnswer.objects.filter(idea=one).exists()
    listed = ideas.filter(listed=True)
    figures = figures_of(made)
    assert (figures.ideas, figures.supports) == (listed.count(), 60)
    with connection.cursor() as cursor:
        cursor.execute("select indexname from pg_indexes where tablename = 'ideas_idea'")
        standing = {name for (name,) in cursor.fetchall()}
    assert {index.name for index in Idea._meta.indexes} <= standing
