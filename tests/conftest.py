"""The strict harness: what every test of the house gets, and what none may get away with."""

import pytest

from tests import postgres


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> None:
    postgres.prepare_databases()
