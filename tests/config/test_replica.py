"""Which database a query goes to. The whole, on a real replica, is in tests/journeys/test_replica.py."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import RequestFactory

from zenne.config import replica
from zenne.config.replica import PRIMARY, REPLICA, Router, may_be_older
from zenne.people.organisations.models import Organisation
from zenne.web.just_wrote import COOKIE


@pytest.fixture
def reading():
    token = replica._reading.set(True)
    yield Router()
    replica._reading.reset(token)


def test_outside_a_public_page_everything_is_the_primarys(db):
    assert Router().db_for_read(Organisation) == Router().db_for_write(Organisation) == PRIMARY


@pytest.mark.django_db(transaction=True)
def test_a_public_page_reads_content_from_the_replica_and_shared_state_from_the_primary(reading):
    assert reading.db_for_read(Organisation) == REPLICA
    assert reading.db_for_read(Session) == PRIMARY


@pytest.mark.django_db(transaction=True)
def test_transactions_and_locks_are_the_primarys(reading):
    with transaction.atomic():
        assert reading.db_for_read(Organisation) == PRIMARY
    assert reading.db_for_read(Organisation) == REPLICA
    assert Organisation.objects.select_for_update()._for_write, "a lock asks where one writes"


@pytest.mark.django_db(transaction=True)
def test_what_was_written_in_a_request_is_read_back_from_the_primary(reading):
    assert reading.db_for_write(Session) == PRIMARY and reading.db_for_read(Organisation) == REPLICA
    reading.db_for_write(Organisation)
    assert reading.db_for_read(Organisation) == PRIMARY


def test_a_replica_is_never_migrated():
    assert Router().allow_migrate(PRIMARY, "ideas") and not Router().allow_migrate(REPLICA, "ideas")


def asked(method="GET", address="/fr/", cookies=None, **headers):
    request = getattr(RequestFactory(), method.lower())(address, headers=headers)
    request.COOKIES.update(cookies or {})
    return may_be_older(request)


def test_only_what_nobody_in_particular_asks_for_may_be_older():
    assert asked() and asked("HEAD") and asked(cookies={"django_language": "fr"})
    assert not asked("POST") and not asked("PUT") and not asked("DELETE")
    assert not asked(cookies={settings.SESSION_COOKIE_NAME: "x"}) and not asked(cookies={COOKIE: "1"})
    assert not asked(Authorization="Bearer x")
    assert not asked(address="/manage/") and not asked(address="/health/")
