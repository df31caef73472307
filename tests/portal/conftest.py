from datetime import UTC, datetime

import pytest
from django.utils import translation

from tests import postgres

LOADED_AT = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, strict_house):
    """The demonstration city as `load` leaves it, for all tests of a module; each test's own changes are undone."""
    from zenne.portal.demonstration import loading

    with django_db_blocker.unblock():
        summary = loading.load(now=LOADED_AT)
        yield summary
        postgres.fresh_database()


@pytest.fixture(autouse=True)
def french():
    """Tests begin in French, whatever language the one before them left behind."""
    with translation.override("fr"):
        yield
