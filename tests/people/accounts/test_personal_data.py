"""What is known of a person is declared, handed over and erased, whatever app it lies in."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

from tests.people.accounts.factories import a_person
from zenne.people.accounts import actions, queries
from zenne.people.accounts.enums import IdentityMethod, Purpose
from zenne.people.accounts.lastseen import last_seen
from zenne.people.accounts.models import Consent, Identity, Person
from zenne.people.accounts.personal_data import personal_data

NOW = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)


def links_to_people() -> set[str]:
    """Every model with a column that points to a person, and every many-to-many, by the label an app declares it with."""
    found = set()
    for model in apps.get_models(include_auto_created=False):
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if isinstance(field, ForeignKey | OneToOneField) and field.related_model is Person:
                found.add(model._meta.label)
            if isinstance(field, ManyToManyField) and Person in (field.related_model, model):
                found.add(f"{model._meta.label}.{field.name}")
    return found


def test_every_app_says_what_happens_with_what_it_knows_of_a_person():
    declared = {label for part in personal_data.values() for label in part.covers}
    assert links_to_people() - declared == set(), "register them in the app's personal_data.py"


def test_nothing_is_declared_that_is_not_there():
    declared = {label for part in personal_data.values() for label in part.covers}
    assert declared - links_to_people() == set()


@pytest.mark.django_db
def test_download_holds_every_part_and_what_the_person_told():
    person = a_person("nele@example.org", name="Nele", birth_year=1987)
    actions.give_consent(by=person, purpose=Purpose.NEWS, now=NOW)
    archive = zipfile.ZipFile(io.BytesIO(queries.personal_archive(person, NOW)))
    assert {f"{key}.json" for key, _part in personal_data.items()} <= set(archive.namelist())
    account = json.loads(archive.read("account.json"))["data"]
    assert (account["email"], account["name"], account["birth_year"]) == ("nele@example.org", "Nele", 1987)
    assert account["consents"][0]["purpose"] == "news"


@pytest.mark.django_db
def test_erased_person_is_named_nowhere(client_for):
    person = a_person("nele@example.org", name="Nele Unique", birth_year=1987, gender="woman", password="correct horse")
    client = client_for(person)
    client.get("/fr/account/profile/")
    last_seen.write()
    actions.verify_identity(person=person, method=IdentityMethod.OIDC, mark="a" * 64, now=NOW)
    actions.give_consent(by=person, purpose=Purpose.NEWS, now=NOW)
    Authenticator.objects.create(user=person, type="totp", data={})
    actions.erase(by=person, now=NOW)
    person.refresh_from_db()
    assert (person.name, person.birth_year, person.gender, person.is_active, person.erased_at) == (
        "",
        None,
        "",
        False,
        NOW,
    )
    assert "nele" not in person.email
    assert not person.has_usable_password()
    for model in (Identity, Consent, Authenticator, EmailAddress, UserSession, Session):
        assert not model.objects.exists(), model
    assert client.get("/fr/account/profile/").status_code == 302


@pytest.mark.django_db
def test_address_and_identity_of_an_erased_person_are_free_again(now):
    person = a_person("nele@example.org")
    actions.verify_identity(person=person, method=IdentityMethod.OIDC, mark="a" * 64, now=NOW)
    actions.erase(by=person, now=NOW)
    again = actions.join(email="nele@example.org", language="fr", now=NOW)
    actions.verify_identity(person=again, method=IdentityMethod.OIDC, mark="a" * 64, now=NOW)
    assert again.pk != person.pk


@pytest.mark.django_db
def test_two_erased_people_stand_side_by_side():
    for _number in range(2):
        actions.erase(by=a_person(), now=NOW)
    assert Person.objects.filter(erased_at=NOW).count() == 2
