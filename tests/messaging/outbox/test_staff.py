"""The back office of the outbox."""

import pytest

from tests.messaging.outbox.letters import post, states
from tests.participation.ideas.factories import resident
from tests.people.organisations.factories import member, organisation
from zenne.messaging.outbox.enums import LetterState
from zenne.messaging.outbox.models import Letter
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role

pytestmark = pytest.mark.django_db
BOARD = "/manage/outbox/"


@pytest.fixture
def doubtful(now):
    post(person := resident(), now=now)
    Letter.objects.update(state=LetterState.IN_DOUBT, settled_at=now, address=person.email, error="killed")
    return Letter.objects.get()


@pytest.fixture
def admin(client_for):
    return client_for(resident("Admin", is_superuser=True))


def test_board_counts_letters_per_kind_and_day_and_shows_no_address(admin, doubtful):
    page = admin.get(BOARD).content.decode()
    assert "Tests" in page
    assert doubtful.address not in page


@pytest.mark.parametrize(("verb", "after"), [("again", "waiting"), ("leave", "sent")])
def test_letter_in_doubt_is_decided_once_and_the_decision_is_recorded(admin, doubtful, verb, after):
    for _twice in range(2):
        assert admin.post(BOARD, {"letter": doubtful.pk, "verb": verb}).status_code == 302
    assert states() == [after]
    assert Entry.objects.filter(event__startswith="letter.").count() == 1


@pytest.mark.parametrize("data", [{"letter": "x"}, {"letter": "9" * 30}, {}, {"letter": "1", "verb": "burn"}])
def test_board_answers_nonsense_with_not_found(admin, doubtful, data):
    assert admin.post(BOARD, data).status_code == 404


def test_board_is_for_platform_administrators_only(client_for, client, doubtful):
    manager = client_for(member(organisation(), Role.ADMIN))
    assert manager.get(BOARD).status_code in (302, 403)
    assert manager.post(BOARD, {"letter": doubtful.pk, "verb": "again"}).status_code in (302, 403)
    assert client.get(BOARD).status_code == 302
    assert states() == ["in_doubt"]


@pytest.mark.parametrize("number", [1, 3])
def test_board_asks_as_few_questions_for_three_letters_as_for_one(admin, now, django_assert_max_num_queries, number):
    for at in range(number):
        post(resident(), key=f"test:{at}", now=now)
    Letter.objects.update(state=LetterState.FAILED, settled_at=now)
    admin.get(BOARD)
    with django_assert_max_num_queries(22):
        assert admin.get(BOARD).status_code == 200
