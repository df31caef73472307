import pytest

from tests.participation.ideas.factories import staff
from zenne.people.organisations.enums import Role


@pytest.fixture
def at(client_for):
    """`at(vote, Role.EDITOR)`: a client at the desk, in English, of the organisation that runs the process of the vote."""

    def sign_in(of, role=Role.MANAGER):
        person = staff(of.process.organisation, role)
        person.language = "en"
        person.save(update_fields=["language"])
        return client_for(person)

    return sign_in
