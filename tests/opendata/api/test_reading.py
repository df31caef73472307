"""Reading is open: what is public, and nothing else."""

import pytest

from tests.opendata.api.factories import Program
from tests.participation.processes import factories as processes
from tests.people.organisations import factories as organisations

pytestmark = pytest.mark.django_db


def test_a_process_is_read_by_its_address(now):
    process = processes.published(organisations.organisation("Jette"))
    answer = Program().get(f"/processes/{process.slug}")
    assert answer.status_code == 200, answer.content
    assert answer.json()["title"] == {"fr": "Our squares fr", "nl": "Our squares nl", "en": "Our squares en"}
    assert not answer.cookies


@pytest.mark.parametrize("path", ["/", "/openapi.json", "/organisations", "/areas", "/processes"])
def test_every_list_answers(now, path):
    answer = Program().get(path)
    assert answer.status_code == 200, answer.content
