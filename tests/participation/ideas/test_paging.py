from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.participation.ideas.factories import NOW, call, idea, resident
from zenne.participation.ideas.enums import Sort
from zenne.participation.ideas.models import Idea
from zenne.participation.ideas.queries import door_of, listed, page_of, start_at
from zenne.participation.ideas.queries.paging import DOORS

pytestmark = pytest.mark.django_db


@pytest.fixture
def process():
    """A dozen ideas of one author, whose keys the tests set as they like."""
    activity, author = call(), resident()
    for number in range(12):
        idea(activity, author=author, now=NOW - timedelta(minutes=number))
    return activity.process


def walked(process, sort, size, start):
    """Every page forwards, then every page back: (ideas seen forwards, pages forwards, pages back)."""
    forwards, cursor = [], ""
    while True:
        page = page_of(listed(process, now=NOW), sort, cursor, start=start, size=size)
        forwards.append([one.pk for one in page.ideas])
        if not page.next:
            break
        cursor = page.next
    back = [forwards[-1]]
    while page.previous:
        page = page_of(listed(process, now=NOW), sort, page.previous, start=start, size=size)
        back.append([one.pk for one in page.ideas])
    return forwards, back


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sort=st.sampled_from(list(Sort)),
    size=st.integers(1, 13),
    start=st.integers(0, 40),
    values=st.lists(st.integers(0, 40), min_size=12, max_size=12),
)
def test_every_idea_is_met_exactly_once_and_the_way_back_is_the_same(process, sort, size, start, values):
    for one, value in zip(Idea.objects.order_by("pk"), values, strict=True):
        Idea.objects.filter(pk=one.pk).update(
            shuffle=value, support_count=value, comment_count=value, published_at=NOW + timedelta(minutes=value)
        )
    forwards, back = walked(process, sort, size, start)
    seen = [pk for page in forwards for pk in page]
    assert sorted(seen) == sorted(Idea.objects.values_list("pk", flat=True))
    assert back == forwards[::-1]


@pytest.mark.parametrize("cursor", ["x", "WyJuZXdlc3QiXQ:abc", "é", "a:b:c", "." * 5000])
def test_cursor_that_was_not_made_here_leads_to_the_first_page(process, cursor):
    first = page_of(listed(process, now=NOW), Sort.NEWEST, size=5)
    assert page_of(listed(process, now=NOW), Sort.NEWEST, cursor, size=5).ideas == first.ideas


def test_cursor_of_another_order_leads_to_the_first_page(process):
    other = page_of(listed(process, now=NOW), Sort.SUPPORTED, size=5).next
    assert page_of(listed(process, now=NOW), Sort.NEWEST, other, size=5).previous == ""


def test_walk_goes_on_from_where_it_began_when_the_start_has_moved_on(process):
    first = page_of(listed(process, now=NOW), Sort.RANDOM, start=0, size=5)
    moved = page_of(listed(process, now=NOW), Sort.RANDOM, first.next, start=2**30, size=5)
    stayed = page_of(listed(process, now=NOW), Sort.RANDOM, first.next, start=0, size=5)
    assert moved.ideas == stayed.ideas


def test_visitors_share_a_start_that_moves_on(process):
    assert start_at(None, NOW) == start_at(None, NOW + timedelta(minutes=1))
    assert start_at(None, NOW) != start_at(None, NOW + timedelta(minutes=20))


def test_person_enters_by_the_same_door_for_a_day(process):
    door = door_of(resident())
    assert start_at(door, NOW) == start_at(door, NOW + timedelta(hours=1))
    assert start_at(door, NOW) != start_at(door, NOW + timedelta(days=1))


def test_doors_lie_apart_and_away_from_where_visitors_enter(process):
    assert len({start_at(door, NOW) for door in (None, *range(DOORS))}) == DOORS + 1
