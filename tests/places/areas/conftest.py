from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.data import real
from zenne.places.areas.actions import load_brussels

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="module")
def loaded_once(kept: None) -> None:
    load_brussels(now=NOW)


@pytest.fixture
def brussels(loaded_once: None, db: None) -> None:
    """The Region, its communes, districts, sectors and the gazetteer."""


@pytest.fixture(scope="session")
def sources() -> Path:
    """The public sources at full resolution, where a developer has them beside the project."""
    return real("brussels-geo")
