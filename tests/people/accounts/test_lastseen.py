"""When each session was last used: a page only notes it, and what was noted is written together."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from tests.people.organisations.factories import person
from zenne.core import memory
from zenne.people.accounts.lastseen import last_seen

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Android) Firefox/128"


@pytest.fixture(autouse=True)
def nothing_waits(db):
    last_seen.write()


def seen_of(client):
    return (
        UserSession.objects.filter(session_key=client.session.session_key)
        .values_list("user_agent", "last_seen_at")
        .first()
    )


def test_a_page_notes_and_the_note_is_written_later(client_for, now, clock_shows, django_assert_num_queries):
    phone, desk = client_for(person()), client_for(person())
    phone.get("/fr/", headers={"user-agent": PHONE}), desk.get("/fr/")
    assert seen_of(phone) is None
    with django_assert_num_queries(1):
        last_seen.write()
    assert seen_of(phone) == (PHONE, now) and seen_of(desk) is not None
    memory.forget_everything()  # a minute later
    later = clock_shows(now + timedelta(minutes=1))
    phone.get("/fr/", headers={"user-agent": PHONE})
    last_seen.write()
    assert seen_of(phone) == (PHONE, later)


def test_a_session_that_ended_meanwhile_is_not_brought_back(client_for, now):
    client = client_for(person())
    client.get("/fr/")
    Session.objects.all().delete()
    last_seen.write()
    assert not UserSession.objects.exists()
