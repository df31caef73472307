from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.participation.ideas.factories import NOW, call, idea, resident
from zenne.participation.ideas.enums import Sort
from zenne.participation.ideas.models import Idea
from zenne.participation.ideas.queries import listed, page_of, start_for

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
    assert start_for(None, NOW) == start_for(None, NOW + timedelta(minutes=1))
    assert start_for(None, NOW) != start_for(None, NOW + timedelta(minutes=20))


def test_person_has_a_start_of_their_own_for_the_day(process):
    one, other = resident(), resident()
    assert start_for(one, NOW) == start_for(one, NOW + timedelta(hours=1))
    assert len({start_for(one, NOW), start_for(other, NOW), start_for(None, NOW)}) == 3
