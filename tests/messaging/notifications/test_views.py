"""The pages about messages."""

import pytest

from tests.messaging.notifications.telling import KIND, tell
from tests.participation.ideas.factories import NOW, process, resident
from zenne.messaging.notifications import queries
from zenne.messaging.notifications.enums import Circle, Frequency
from zenne.messaging.notifications.forms import ChoicesForm
from zenne.messaging.notifications.models import Preference
from zenne.participation.processes.models import Follow

pytestmark = pytest.mark.django_db
CHOICES = "/fr/messages/choices/"


def chosen(person, **changes):
    """What the page of choices would post, with some changes."""
    form = ChoicesForm(person)
    data = {name: field.initial for name, field in form.fields.items() if field.initial not in (None, False)}
    return data | changes


def test_inbox_shows_only_ones_own_and_marks_it_read(client_for):
    amina, bob = resident("Amina"), resident("Bob")
    tell(amina)
    tell(bob, key="comment:2")
    page = client_for(amina).get("/fr/messages/").content.decode()
    assert page.count("Nele vous a répondu") == 1
    assert (queries.unread_count(amina), queries.unread_count(bob)) == (0, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_inbox_asks_as_few_questions_for_three_messages_as_for_one(client_for, django_assert_num_queries, number):
    person = resident()
    for at in range(number):
        tell(person, key=f"comment:{at}", scope=f"processes.process:{process().pk}")
    client = client_for(person)
    client.get("/fr/messages/")
    with django_assert_num_queries(8):
        assert client.get("/fr/messages/").status_code == 200


def test_choices_are_kept_for_kinds_and_for_followed_processes(client_for):
    person, about = resident(), process()
    Follow.objects.create(person=person, process=about, since=NOW)
    scope = f"processes.process:{about.pk}"
    data = chosen(person, **{f"kind-{KIND}": "weekly", f"scope-{scope}": "never"})
    assert client_for(person).post(CHOICES, data).status_code == 302
    assert queries.by_kind(person)[KIND] == (Frequency.WEEKLY, True)
    assert queries.by_scope(person) == {scope: Frequency.NEVER}


def test_choices_page_refuses_a_frequency_that_does_not_exist_and_keeps_what_was_chosen(client_for):
    person = resident()
    answer = client_for(person).post(CHOICES, chosen(person, **{f"kind-{KIND}": "hourly"}))
    assert answer.status_code == 422
    assert queries.by_kind(person)[KIND] == (Frequency.IMMEDIATE, True)


def test_what_was_told_before_comes_first_and_what_one_never_met_is_folded():
    person = resident()
    assert [group.label for group in ChoicesForm(person).groups() if group.open] == [Circle.MINE.label]
    tell(person, kind="meetings.reminder")
    first, *others = ChoicesForm(person).groups()
    assert [field.name for field, _hide in first.fields] == ["kind-meetings.reminder"] and first.open
    assert [(group.label, group.open) for group in others] == [(circle.label, False) for circle in Circle]
    named = [field.name for group in (first, *others) for field, _hide in group.fields]
    assert sorted(named) == sorted(name for name in ChoicesForm(person).fields if name.startswith("kind-"))


def test_only_what_was_changed_is_written_down(client_for):
    person = resident()
    client_for(person).post(CHOICES, chosen(person, **{f"kind-{KIND}": "weekly"}))
    assert [row.kind for row in Preference.objects.filter(person=person)] == [KIND]


@pytest.mark.parametrize("number", [1, 3])
def test_choices_page_asks_as_few_questions_for_three_processes_as_for_one(
    client_for, django_assert_num_queries, number
):
    person = resident()
    for _each in range(number):
        about = process()
        Follow.objects.create(person=person, process=about, since=NOW)
    client = client_for(person)
    client.get(CHOICES)
    with django_assert_num_queries(11):
        assert client.get(CHOICES).status_code == 200


@pytest.mark.parametrize(("until", "status"), [("2999-01-01", 422), ("2020-01-01", 422), ("soon", 422), ("", 422)])
def test_pause_needs_a_day_to_come_within_a_year(client_for, until, status):
    person = resident()
    assert client_for(person).post(f"{CHOICES}pause/", {"until": until}).status_code == status


def test_pause_begins_and_ends_from_the_page_of_choices(client_for, now):
    person = resident()
    client = client_for(person)
    client.post(f"{CHOICES}pause/", {"until": "2026-07-01"})
    until = queries.paused_until(person, now)
    assert until and until.isoformat() == "2026-06-30T22:00:00+00:00"
    client.post(f"{CHOICES}pause/", {"resume": "1"})
    assert queries.paused_until(person, now) is None


def test_person_reads_that_their_address_is_unreachable_and_can_take_that_back(client_for):
    from tests.messaging.outbox.letters import make_unreachable

    person = resident()
    make_unreachable(person)
    client = client_for(person)
    assert person.email in client.get("/nl/messages/").content.decode()
    client.post(f"{CHOICES}address/")
    assert person.email not in client.get(CHOICES).content.decode()


def test_messages_need_an_account(client):
    for path in ("/fr/messages/", CHOICES):
        assert client.get(path).status_code == 302
