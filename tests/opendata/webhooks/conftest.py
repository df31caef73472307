import pytest

from tests.people.organisations import factories as organisations


@pytest.fixture
def jette():
    return organisations.organisation("Jette")
