from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.utils import translation

from tests import postgres

LOADED_AT = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, strict_house):
    """The demonstration city as `load` leaves it, for all tests of a module; each test's own changes are undone."""
    with django_db_blocker.unblock():
        # a thread of its own: in this one, a browser's event loop may be waiting for its next test
        with ThreadPoolExecutor(1) as aside:
            facts = postgres.database_as_left_by(lambda: aside.submit(_load).result(), "city")
        yield SimpleNamespace(**facts)
        postgres.fresh_database()


def _load():
    from django.db import connections

    from zenne.portal.demonstration import loading

    try:
        return asdict(loading.load(now=LOADED_AT))
    finally:
        connections.close_all()


@pytest.fixture(autouse=True)
def french():
    """Tests begin in French, whatever language the one before them left behind."""
    with translation.override("fr"):
        yield
