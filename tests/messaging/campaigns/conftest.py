import pytest

from tests.people.organisations import factories as organisations
from zenne.people.organisations.enums import Role


@pytest.fixture
def jette():
    return organisations.organisation("Jette", languages=["fr", "nl"])


@pytest.fixture
def manager(jette):
    return organisations.member(jette, Role.MANAGER, name="Véronique")
