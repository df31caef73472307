"""Statements that come all the time: phrased once, planned once."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.participation.processes.factories import draft
from tests.people.accounts.factories import a_person as person
from tests.people.organisations.factories import organisation
from zenne.core.prepared import Lists, Rows, Whether, prepared, rows_of, write
from zenne.messaging.outbox.models import Letter
from zenne.participation.processes.models import Process
from zenne.people.accounts.models import Person
from zenne.strategy.indicators.models import Indicator

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 5, 10, tzinfo=UTC)


def kept() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select statement from pg_prepared_statements where statement like %s", ["%accounts_person%"])
        return [statement for (statement,) in cursor]


@pytest.fixture(autouse=True)
def nothing_kept():
    with connection.cursor() as cursor:
        cursor.execute("deallocate all")
    connection.connection._prepared.clear()


class TestPrepared:
    def test_what_is_asked_again_and_again_is_planned_once_whatever_the_values(self):
        people = [person() for _each in range(4)]
        with prepared():
            found = [Person.objects.get(pk=each.pk) for each in people]
        assert found == people
        assert len(kept()) == 1

    def test_outside_values_stand_in_the_words_as_django_writes_them(self):
        for _time in range(4):
            list(Person.objects.filter(pk=1))
        assert kept() == []

    def test_one_inside_the_other_and_one_that_fails_leave_the_connection_as_it_was(self):
        before = connection.connection.cursor_factory, connection.features.uses_server_side_binding
        with pytest.raises(ZeroDivisionError), prepared(), prepared():
            raise ZeroDivisionError
        assert (connection.connection.cursor_factory, connection.features.uses_server_side_binding) == before

    def test_what_waits_for_the_commit_is_outside(self, django_capture_on_commit_callbacks):
        said = []
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic(), prepared():
            transaction.on_commit(lambda: said.append(connection.connection.cursor_factory))
        assert said == [connection.connection.cursor_factory]

    def test_what_was_said_can_be_read_with_its_values_by_who_looks_into_a_slow_page(self):
        made = person()
        with CaptureQueriesContext(connection) as queries, prepared():
            for _time in range(4):
                Person.objects.get(pk=made.pk)
        assert all(f'"accounts_person"."id" = {made.pk} ' in query["sql"] for query in queries)


class TestRowsOf:
    def test_rows_are_what_django_would_have_read(self):
        made, other = person(), person()
        found = rows_of(Person, "where id = any(%s) order by id desc", [[made.pk, other.pk]])
        assert found == [other, made]
        assert {**vars(found[1]), "_state": None} == {**vars(Person.objects.get(pk=made.pk)), "_state": None}
        assert not found[0]._state.adding

    def test_json_is_read_as_django_reads_it(self):
        made = Letter.objects.create(
            person=person(), source="a", key="b", context={"n": [1, None]}, created_at=NOW, due_at=NOW
        )
        assert [found.context for found in rows_of(Letter, "where id = %s", [made.pk])] == [{"n": [1, None]}]

    def test_rows_come_with_those_their_keys_lead_to(self, django_assert_num_queries):
        made = draft(organisation())
        with django_assert_num_queries(1):
            (found,) = rows_of(
                Process, "where organisation.slug = %s", [made.organisation.slug], ("organisation", "area__parent")
            )
            assert (found, found.organisation, found.area) == (made, made.organisation, None)

    def test_what_is_left_out_is_read_when_somebody_asks_for_it(self, django_assert_num_queries):
        made = person()
        (found,) = rows_of(Person, "where id = %s", [made.pk], without=("email",))
        with django_assert_num_queries(1):
            assert found.email == made.email


class TestWrite:
    def test_a_new_row_is_inserted_and_one_that_was_read_is_overwritten_whole(self):
        before = Letter.objects.create(person=person(), source="a", key="b", created_at=NOW, due_at=NOW)
        made = Letter(
            pk=before.pk + 1, person=person(), source="c", key="d", context={"one": 1}, created_at=NOW, due_at=NOW
        )
        write(made)
        made.context, made.key = {"two": [2]}, "e"
        write(made)
        again = Letter.objects.get(pk=made.pk)
        assert (again.context, again.key, again.person) == ({"two": [2]}, "e", made.person)
        assert Letter.objects.count() == 2

    def test_a_row_that_is_there_is_no_new_one_and_one_without_a_key_is_refused(self):
        made = Letter.objects.create(person=person(), source="a", key="b", created_at=NOW, due_at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            write(Letter(pk=made.pk, person=made.person, source="c", key="d", created_at=NOW, due_at=NOW))
        with pytest.raises(ValueError, match="Letter"):
            write(Letter(person=made.person, source="c", key="d", created_at=NOW, due_at=NOW))


class TestLists:
    def test_lists_come_in_one_statement_as_django_would_have_read_them(self, django_assert_num_queries):
        made = draft(organisation(name_nl="Gemeente"))
        of_one = Lists(
            processes=Rows(Process, "where organisation.slug = %(slug)s", along=("organisation",)),
            nobody=Rows(Person, "where email = %(slug)s"),
            there=Whether("select from organisations_organisation where slug = %(slug)s"),
            gone=Whether("select from organisations_organisation where slug = %(slug)s and name = 'x'"),
        )
        with django_assert_num_queries(1):
            found = of_one.read(slug=made.organisation.slug)
            assert found["processes"][0].organisation.name_nl == "Gemeente"
        assert (found["nobody"], found["there"], found["gone"]) == ([], True, False)
        again = Process.objects.get(pk=made.pk)
        assert {**vars(found["processes"][0]), "_state": None} == {**vars(again), "_state": None}

    def test_lists_keep_their_order(self):
        made = [person() for _each in range(3)]
        of_all = Lists(people=Rows(Person, "where id = any(%(keys)s) order by id desc"))
        assert of_all.read(keys=[each.pk for each in made])["people"] == made[::-1]

    def test_what_json_would_change_is_refused(self):
        with pytest.raises(TypeError, match="tolerance"):
            Lists(values=Rows(Indicator, "")).read()
