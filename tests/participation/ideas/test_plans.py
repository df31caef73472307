"""Which index answers which question: what makes a page of a million ideas as quick as a page of a hundred.

With so few rows PostgreSQL would read them all; told not to, it shows whether the index can be used for this question at all.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zenne.core.search import findable
from zenne.participation.ideas.enums import Sort
from zenne.participation.ideas.models import Idea
from zenne.participation.ideas.queries import Filters, counted, listed, page_of, searching
from zenne.participation.ideas.queries.searching import search_query
from zenne.participation.processes.models import Theme
from zenne.portal.queries import latest_answers

from . import factories as ideas
from .factories import NOW

pytestmark = pytest.mark.django_db

INDEXES = {
    Sort.NEWEST: "idea_newest",
    Sort.SUPPORTED: "idea_supported",
    Sort.DISCUSSED: "idea_discussed",
    Sort.RANDOM: "idea_shuffled",
}


@pytest.fixture
def process(db):
    """Three hundred ideas with a place, few enough to write and enough for the planner to see a difference."""
    made = ideas.idea(title="Des bancs au parc")
    copy(made, 300)
    return made.process


def copy(made: Idea, times: int) -> None:
    columns = [field.column for field in Idea._meta.concrete_fields if not field.generated and not field.primary_key]
    own = {
        "title": "'Une idée ' || n",
        "text": "'Plus de verdure ' || n",
        "lon": "4.3 + n / 3000.0",
        "lat": "50.85",
        "shuffle": "n * 2147483646::bigint / 4001",
    }
    drawn = ", ".join(own.get(column, f'"{column}"') for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into ideas_idea ({', '.join(columns)}) "  # noqa: S608 - our own names
            f"select {drawn} from ideas_idea, generate_series(1, %s) n where id = %s",
            [times, made.pk],
        )
        # what waits to be sorted into the index of words, from this test and those before it, would make it look dear
        cursor.execute("select gin_clean_pending_list('idea_words')")
        cursor.execute("analyze ideas_idea")


def plans(ask, without=("seqscan", "sort", "incremental_sort")):
    """How PostgreSQL would answer everything that `ask` asks about ideas, with neither whole tables nor sorting, or without what is named."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    asked = [each["sql"] for each in captured.captured_queries if '"ideas_' in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("; ".join(["select", *(f"set local enable_{way} = off" for way in without)]))
        lines = []
        for sql in asked:
            cursor.execute(f"explain {sql}")
            lines += [line for (line,) in cursor.fetchall()]
        cursor.execute("; ".join(["select", *(f"reset enable_{way}" for way in without)]))
    return "\n".join(lines)


@pytest.mark.parametrize(("sort", "index"), INDEXES.items())
def test_every_order_of_the_list_comes_from_its_index(process, sort, index):
    plan = plans(lambda: page_of(listed(process, now=NOW), sort, start=7))
    assert f"using {index}" in plan and "Sort" not in plan


def test_a_deep_page_begins_in_the_index_where_the_last_one_ended(process):
    first = page_of(listed(process, now=NOW), Sort.SUPPORTED, size=1)
    plan = plans(lambda: page_of(listed(process, now=NOW), Sort.SUPPORTED, first.next, size=1))
    assert "using idea_supported" in plan and "support_count <=" in plan.partition("Index Cond")[2].splitlines()[0]


@pytest.mark.parametrize("sort", [Sort.SUPPORTED, Sort.DISCUSSED])
def test_one_theme_in_another_order_walks_that_order(process, sort):
    Theme.objects.create(process=process, slug="nature", title="Nature")
    plan = plans(lambda: page_of(listed(process, Filters(theme="nature"), now=NOW), sort))
    assert f"using idea_{sort}" in plan and "Sort" not in plan


@pytest.mark.parametrize("sort", Sort)
def test_a_word_that_few_ideas_have_is_looked_up_and_no_order_is_walked(process, sort):
    """Whatever PostgreSQL may do: it takes the keys for ten, and fetches these."""
    copy(process.ideas.get(title="Des bancs au parc"), 4000)  # many more than have the word
    plan = plans(lambda: page_of(listed(process, Filters(text="bancs"), now=NOW), sort, start=2**30), without=())
    assert "on idea_words" in plan and "using ideas_idea_pkey" in plan
    assert not re.search("using idea_(newest|supported|discussed|shuffled)", plan)


@pytest.mark.parametrize("sort", Sort)
def test_a_word_that_many_ideas_have_is_met_soon_by_walking_the_order(process, sort, monkeypatch):
    monkeypatch.setattr(searching, "FEW", 10)
    found = listed(process, Filters(text="verdure"), now=NOW)
    plan = plans(lambda: page_of(found, sort, start=7))
    assert f"using {INDEXES[sort]}" in plan and "Sort" not in plan


def test_how_many_have_a_word_is_asked_of_its_index(process):
    copy(process.ideas.get(title="Des bancs au parc"), 4000)
    found = Idea.objects.filter(process=process, listed=True, search=search_query("bancs"))
    plan = plans(lambda: counted(found, 1000), without=())
    assert "on idea_words" in plan and "Seq Scan" not in plan


@pytest.mark.parametrize("few", [0, 10_000])
@pytest.mark.parametrize("sort", Sort)
def test_either_way_finds_the_same_page_after_page(process, sort, few, monkeypatch):
    monkeypatch.setattr(searching, "FEW", few)
    named = {f"Une idée {number}" for number in range(40, 50)}
    found = listed(process, Filters(text="idée 40 or 41 or 42 or 43 or 44 or 45 or 46 or 47 or 48 or 49"), now=NOW)
    met, cursor = [], ""
    while not met or cursor:
        page = page_of(found, sort, cursor, start=2**30, size=4)
        met += [idea.title for idea in page.ideas]
        cursor = page.next
    assert len(met) == len(named) and set(met) == named
    assert counted(found).number == len(named)
    assert page_of(found, sort, page.previous, start=2**30, size=4).next


def test_the_search_of_the_whole_platform_walks_its_newest_ideas(process, monkeypatch):
    monkeypatch.setattr(searching, "FEW", 10)
    plan = plans(lambda: findable["ideas"].find("verdure", None, NOW, 10), without=("seqscan", "sort", "bitmapscan"))
    assert "using idea_newest_anywhere" in plan


def test_the_newest_answers_are_read_from_the_newest_on(process):
    assert "idea_answer_newest" in plans(lambda: latest_answers(None))
