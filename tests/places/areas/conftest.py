from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from zenne.places.areas.actions import load_brussels

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The city, loaded for a whole module of tests: each test runs in a savepoint inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_brussels(now=NOW)
        try:
            yield
        finally:
            transaction.set_rollback(True)


@pytest.fixture
def brussels(loaded_once: None, db: None) -> None:
    """The Region, its communes, districts, sectors and the gazetteer."""


@pytest.fixture(scope="session")
def sources() -> Path:
    """The public sources at full resolution, where a developer has them beside the project."""
    folder = Path(__file__).parents[4] / "shared/data/brussels-geo"
    if not folder.exists():
        pytest.skip("the full-resolution sources are not on this machine (../shared/data/brussels-geo)")
    return folder
