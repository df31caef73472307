from collections.abc import Iterator

import pytest

from tests.people.organisations import factories as organisations
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from . import factories, trial


@pytest.fixture
def jette(db: None) -> Organisation:
    return organisations.organisation("Jette", languages=["fr", "nl"])


@pytest.fixture
def manager(jette: Organisation) -> Person:
    return factories.manager_of(jette)


@pytest.fixture
def limit() -> dict[str, object]:
    """The one setting of the trial kind."""
    return {"most": 3}


@pytest.fixture
def kind(limit: dict[str, object]) -> Iterator[str]:
    with trial.registered(limit) as name:
        yield name
