"""Ideas as files: what is in them for staff, what is in them for everyone, and that it is what the pages show."""

import csv
import io
from datetime import timedelta

import pytest

from tests.participation.comments.factories import comment
from tests.people.organisations.factories import organisation
from zenne.opendata.exports.actions import begin_export
from zenne.opendata.exports.enums import Sheet
from zenne.opendata.exports.kinds import Audience, Wish, datasets
from zenne.participation.ideas import actions, queries
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.ideas.models import Idea

from . import factories as make
from .factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
OURS = ("ideas.desk", "ideas", "comments")


@pytest.fixture
def jette():
    return organisation("Jette")


@pytest.fixture
def call(jette):
    return make.call(organisation=jette)


@pytest.fixture
def manager(jette):
    return make.staff(jette)


def exported(by, **asked: str) -> list[dict[str, str]]:
    export = begin_export(dataset="ideas.desk", asked=asked, sheet=Sheet.CSV, by=by, now=NOW)
    names = [column.name for column in datasets["ideas.desk"].columns]
    lines = list(csv.reader(io.StringIO(export.file.read().decode("utf-8-sig")), delimiter=";"))[1:]
    return [dict(zip(names, line, strict=True)) for line in lines]


def public(key: str, call) -> list[dict]:
    dataset = datasets[key]
    wish = Wish(now=NOW, asked={"process": str(call.process.pk)})
    rows = [dict(zip([c.name for c in dataset.columns], row, strict=True)) for row in dataset.rows(wish)]
    assert len(rows) == dataset.count(wish)
    return rows


def test_the_file_holds_what_the_list_shows_and_nothing_of_others(call, manager):
    make.idea(call, language="nl", text="Meer bomen en banken in onze straat.")
    make.idea(call)
    make.idea(make.call(organisation=organisation("Ixelles")))
    assert len(exported(manager)) == 2
    assert [line["language"] for line in exported(manager, language="nl")] == ["nl"]


def test_the_last_words_of_the_organisation_are_in_it(call, manager):
    idea = make.idea(call)
    actions.answer_idea(idea, body={"fr": "Nous le ferons."}, by=manager, now=NOW)
    actions.change_status(idea, to="admissible", reason={"fr": "Il y a la place."}, by=manager, now=NOW)
    (line,) = exported(manager)
    assert (line["answer"], line["reason"]) == ("Nous le ferons.", "Il y a la place.")
    assert (line["answered"], line["waits"]) == ("2026-06-15 11:30", "")


def test_waiting_is_counted_as_the_list_counts_it(call, manager):
    made = make.idea(call)
    Idea.objects.filter(pk=made.pk).update(published_at=NOW - timedelta(days=40))
    (line,) = exported(manager)
    made = Idea.objects.select_related("activity__ideation").get(pk=made.pk)
    assert line["waits"] == str(queries.days_without_answer(made, NOW)) == "40"
    assert bool(line["late"]) == queries.is_late(made, NOW)


def test_no_column_holds_an_address_of_a_person(call, manager):
    idea = make.idea(call, author=make.resident("Amina"))
    actions.assign(idea, to=manager, by=manager, now=NOW)
    actions.tag(idea, add=["à suivre", "banc"], by=manager, now=NOW)
    (line,) = exported(manager)
    assert (line["author"], line["assigned"], line["tags"]) == ("Amina", "Staff", "banc, à suivre")
    assert "example.org" not in str(line)
    assert line["page"] == idea.get_absolute_url()


def test_everyone_gets_what_the_lists_show_without_names(call):
    shown = make.idea(call, author=make.resident("Amina"))
    Idea.objects.filter(pk=shown.pk).update(lon=4.351_234, lat=50.846_789)
    make.in_state(IdeaState.REJECTED, call)
    make.idea(make.call())
    (line,) = public("ideas", call)
    assert line["number"] == shown.pk and "Amina" not in str(line)
    assert (line["longitude"], line["latitude"]) == (4.351, 50.847)
    assert datasets["ideas"].audience == Audience.EVERYONE and not datasets["ideas"].personal


def test_the_open_numbers_are_those_of_the_page(call):
    first, second = make.idea(call), make.idea(call)
    for name in ("An", "Bob", "Chloé"):
        actions.support(first, by=make.resident(name), now=NOW)
    actions.support(second, by=make.resident("Dan"), now=NOW)
    rows = public("ideas", call)
    figures = queries.figures_of(call.process)
    assert (figures.ideas, figures.supports) == (len(rows), sum(row["supports"] for row in rows))


def test_comments_stand_as_long_as_they_and_their_idea_stand(call):
    kept, gone = make.idea(call), make.idea(call)
    said = comment(kept, text="Bonne idée, vraiment.")
    comment(gone)
    actions.change_status(gone, to="rejected", reason=make.NO, by=make.staff(call.process.organisation), now=NOW)
    (line,) = public("comments", call)
    assert (line["number"], line["idea"], line["text"]) == (said.pk, kept.pk, "Bonne idée, vraiment.")


@pytest.mark.parametrize("key", [key for key in OURS if key != "ideas.desk"])
@pytest.mark.parametrize("given", ["", "x", "9" * 30, "-1", "1 or 1=1"])
def test_a_process_that_is_none_has_no_rows(key, given):
    wish = Wish(now=NOW, asked={"process": given})
    assert datasets[key].count(wish) == 0 and list(datasets[key].rows(wish)) == []


@pytest.mark.parametrize("key", OURS)
def test_every_column_is_named_once_and_explained_where_it_is_for_everyone(key):
    dataset = datasets[key]
    assert len({column.name for column in dataset.columns}) == len(dataset.columns)
    assert dataset.audience == Audience.STAFF or all(column.about for column in dataset.columns)


@pytest.mark.parametrize(("key", "queries_asked"), [("ideas.desk", 10), ("ideas", 7), ("comments", 1)])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    call, manager, key, queries_asked, django_assert_num_queries
):
    for more in (1, 2):
        for _number in range(more):
            comment(make.idea(call))
        wish = Wish(
            now=NOW,
            asked={"process": str(call.process.pk)},
            person=manager,
            organisations=(call.process.organisation_id,),
        )
        list(datasets[key].rows(wish))  # content types are remembered from here on
        with django_assert_num_queries(queries_asked):
            list(datasets[key].rows(wish))
