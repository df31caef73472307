"""Statements that come all the time: phrased once, planned once."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.people.accounts.factories import a_person as person
from zenne.core.prepared import prepared, rows_of
from zenne.messaging.outbox.models import Letter
from zenne.people.accounts.models import Person

pytestmark = pytest.mark.django_db


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

    def test_fields_that_django_reads_in_a_way_of_its_own_are_refused_before_they_are_misread(self):
        with pytest.raises(TypeError, match="context"):
            rows_of(Letter, "where id = %s", [1])
