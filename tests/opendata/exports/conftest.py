from collections.abc import Callable

import pytest

from tests.people.organisations.factories import organisation
from zenne.opendata.exports.kinds import Dataset, datasets

from . import factories as make
from .factories import NOW


@pytest.fixture(autouse=True)
def today(clock_shows):
    return clock_shows(NOW)


@pytest.fixture
def offered(monkeypatch) -> Callable[[Dataset], None]:
    """`offered(dataset)`: the registry has it under "trial" for the length of a test."""

    def offer(dataset: Dataset) -> None:
        monkeypatch.setitem(datasets._items, "trial", dataset)

    offer(make.dataset())
    return offer


@pytest.fixture
def jette(db):
    return organisation("Jette")


@pytest.fixture
def editor(jette):
    return make.staff(jette)
