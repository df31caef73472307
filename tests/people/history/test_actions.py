from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.people.accounts.factories import a_person
from zenne.people.history.actions import record
from zenne.people.history.queries import about, within
from zenne.people.organisations.enums import OrganisationKind
from zenne.people.organisations.models import Organisation

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)


def test_what_happened_is_found_by_thing_and_by_organisation_newest_first():
    jette = Organisation.objects.create(kind=OrganisationKind.COMMUNE, slug="jette-test", name="Jette", created_at=NOW)
    person, other = a_person(), a_person()
    first = record("person.blocked", by=other, now=NOW, about=person, organisation=jette, details={"days": 3})
    second = record("person.freed", by=None, now=NOW.replace(hour=10), about=person, organisation=jette)
    record("person.blocked", by=other, now=NOW, about=other)
    assert list(about(person)) == [second, first]
    assert list(within(jette)) == [second, first]
    assert (first.actor, first.details, second.actor) == (other, {"days": 3}, None)


def test_visitor_is_nobody():
    person = a_person()
    assert record("person.seen", by=AnonymousUser(), now=NOW, about=person).actor is None


def test_erased_actor_leaves_the_entry():
    actor, person = a_person(), a_person()
    record("person.seen", by=actor, now=NOW, about=person)
    actor.delete()
    assert about(person).get().actor is None
