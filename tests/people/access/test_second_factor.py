"""Staff show a second factor before the back office opens, where the installation is public."""

import pytest
from allauth.mfa.models import Authenticator

from tests.people.accounts.factories import a_person
from zenne.people.organisations.enums import OrganisationKind, Role
from zenne.people.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(now):
    person = a_person()
    jette = Organisation.objects.create(kind=OrganisationKind.COMMUNE, slug="jette-test", name="Jette", created_at=now)
    Membership.objects.create(organisation=jette, person=person, role=Role.EDITOR, since=now)
    return person


def test_staff_without_second_factor_is_sent_to_add_one(client_for, clerk, settings):
    settings.STAFF_SECOND_FACTOR = True
    assert client_for(clerk).get("/manage/").url == "/fr/account/2fa/"


def test_platform_administrator_without_second_factor_too(client_for, settings):
    settings.STAFF_SECOND_FACTOR = True
    assert client_for(a_person(is_superuser=True)).get("/manage/pages/").url == "/fr/account/2fa/"


def test_who_is_no_staff_reads_that_the_back_office_is_closed_and_is_not_sent_round_in_circles(client_for):
    answer = client_for(a_person()).get("/manage/campaigns/")
    assert answer.status_code == 403
    assert "/organisations/" in answer.content.decode()
    assert client_for().get("/manage/").url.startswith("/account/login/")


@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_staff_with_second_factor_goes_on(client_for, clerk, settings, kind):
    settings.STAFF_SECOND_FACTOR = True
    Authenticator.objects.create(user=clerk, type=kind, data={})
    answer = client_for(clerk).get("/manage/")
    assert answer.status_code in (200, 302)
    assert "/2fa/" not in answer.get("Location", "")


def test_recovery_codes_alone_are_no_second_factor(client_for, clerk, settings):
    settings.STAFF_SECOND_FACTOR = True
    Authenticator.objects.create(user=clerk, type="recovery_codes", data={})
    assert client_for(clerk).get("/manage/").url == "/fr/account/2fa/"


def test_local_installation_does_not_insist(client_for, clerk, settings):
    assert settings.STAFF_SECOND_FACTOR is False
    assert "/2fa/" not in client_for(clerk).get("/manage/").get("Location", "")
