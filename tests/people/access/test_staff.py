"""The counter, the letters and the groups in the back office."""

import re

import pytest
from django.urls import reverse

from tests.people.accounts.factories import a_person
from zenne.people.access.models import Group, LetterCode
from zenne.people.organisations.enums import OrganisationKind, Role
from zenne.people.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db
NUMBER = "85.07.30-033.28"


@pytest.fixture
def jette(now):
    return Organisation.objects.create(
        kind=OrganisationKind.COMMUNE, slug="jette-test", name="Jette", created_at=now, opened_at=now
    )


@pytest.fixture
def desk(client_for, jette, now):
    person = a_person(language="en")
    Membership.objects.create(organisation=jette, person=person, role=Role.MANAGER, since=now)
    return client_for(person)


def test_counter_checks_the_person_with_that_address(desk, jette):
    resident = a_person("resident@example.org")
    given = {"organisation": jette.pk, "email": "Resident@example.org", "national_number": NUMBER}
    assert desk.get(reverse("letter:counter")).status_code == 200
    assert desk.post(reverse("letter:counter"), given).status_code == 302
    assert resident.identities.get().method == "counter"


@pytest.mark.parametrize("wrong", [{"email": "nobody@example.org"}, {"national_number": "85.07.30-033.29"}])
def test_counter_says_what_is_wrong(desk, jette, wrong):
    a_person("resident@example.org")
    given = {"organisation": jette.pk, "email": "resident@example.org", "national_number": NUMBER, **wrong}
    assert desk.post(reverse("letter:counter"), given).status_code == 422


def test_counter_of_another_organisation_is_not_offered(desk, now):
    other = Organisation.objects.create(kind=OrganisationKind.COMMUNE, slug="other-test", name="Other", created_at=now)
    a_person("resident@example.org")
    given = {"organisation": other.pk, "email": "resident@example.org", "national_number": NUMBER}
    assert desk.post(reverse("letter:counter"), given).status_code == 422


def test_letter_says_its_code_once(desk, jette):
    page = desk.post(reverse("letter:add"), {"organisation": jette.pk, "national_number": NUMBER}, follow=True)
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page.content.decode())
    assert code
    assert LetterCode.objects.get().organisation == jette
    assert code[0] not in desk.get(reverse("letter:index")).content.decode()


def test_group_is_written_as_addresses(desk, jette):
    member = a_person("member@example.org")
    given = {"organisation": jette.pk, "name": "Youth council", "addresses": "member@example.org\n"}
    assert desk.post(reverse("group:add"), given).status_code == 302
    group = Group.objects.get()
    assert list(group.members.all()) == [member]
    assert "member@example.org" in desk.get(reverse("group:edit", args=[group.pk])).content.decode()
    wrong = desk.post(reverse("group:add"), {**given, "name": "Other", "addresses": "nobody@example.org"})
    assert "nobody@example.org" in wrong.content.decode()
    assert Group.objects.count() == 1
