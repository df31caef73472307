"""A connection kept from one request to the next."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    """A connection as a web process holds it when the next request comes."""
    own = connection.copy()
    own.settings_dict = {**own.settings_dict, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    with own.cursor() as cursor:
        cursor.execute("select 'its last words'")
    own.close_if_unusable_or_obsolete()  # as Django does when a request begins
    yield own
    own.close()


def server_of(kept) -> int:
    return kept.connection.info.backend_pid


def test_a_connection_that_was_used_before_is_taken_again_without_a_question(kept):
    before = server_of(kept)
    kept.close_if_health_check_failed()
    with connection.cursor() as cursor:
        cursor.execute("select query from pg_stat_activity where pid = %s", [before])
        assert cursor.fetchone() == ("select 'its last words'",)
    assert server_of(kept) == before


def test_a_connection_that_the_server_closed_is_replaced_before_anybody_notices(kept):
    before = server_of(kept)
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s, 10000)", [before])
    with kept.cursor() as cursor:
        cursor.execute("select 1")
        assert cursor.fetchone() == (1,)
    assert server_of(kept) != before
