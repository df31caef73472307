import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.people.organisations import factories as make
from tests.visitors import signed_in
from zenne.core import clock
from zenne.people.organisations import actions
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db


def test_an_organisation_in_preparation_is_there_for_its_members_and_the_platform_only():
    soon = make.organisation("Soon", opened_at=None)
    address = soon.get_absolute_url()
    assert Client().get(address).status_code == 404
    assert signed_in(make.member(make.organisation("Ixelles"))).get(address).status_code == 404
    assert signed_in(make.member(soon, Role.EDITOR)).get(address).status_code == 200
    assert signed_in(make.platform_admin()).get(address).status_code == 200


def test_a_live_organisation_wears_its_own_look():
    make.organisation("Region")
    jette = make.organisation("Jette", brand="#0a7a3c", about="We plant trees.")
    page = Client().get(jette.get_absolute_url())
    assert page.status_code == 200
    assert "0a7a3c" in page.text and "We plant trees." in page.text


def test_the_title_of_a_home_names_its_organisation_once():
    make.organisation("Region")
    jette = make.organisation("Jette")
    page = Client().get(jette.get_absolute_url())
    assert re.findall("<title>(.*)</title>", page.text) == ["Jette"]


def test_the_list_names_live_organisations_by_kind():
    make.organisation("Jette"), make.organisation("Soon", opened_at=None)
    page = Client().get(reverse("organisations:list"))
    assert "Jette" in page.text and "Soon" not in page.text


def test_the_list_asks_as_often_for_three_as_for_one():
    make.organisation("Jette")
    client, address = Client(), reverse("organisations:list")
    client.get(address)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
        make.organisation("Evere"), make.organisation("Forest")
    assert counts[0] == counts[1]


@pytest.fixture
def link(django_capture_on_commit_callbacks):
    jette, guest = make.organisation("Jette"), make.person("Guest")
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(organisation=jette, email=guest.email, role=Role.EDITOR, by=None, now=clock.now())
    return re.search(r"(/fr/organisations/invitation/\S+/)", mail.outbox[0].body)[1], guest


def test_an_invitation_is_accepted_by_its_button_only(link):
    address, guest = link
    client = signed_in(guest)
    page = client.get(address)
    assert page.status_code == 200 and page["Referrer-Policy"] == "same-origin"
    assert not Membership.objects.exists()
    assert client.post(address).url == reverse("wagtailadmin_home")
    assert Membership.objects.get().person == guest


def test_a_visitor_is_led_to_sign_in_and_back(link):
    address, _guest = link
    page = Client().get(address)
    assert page.status_code == 200 and "next=" in page.text
    assert reverse("account_login") in Client().post(address).url


def test_another_account_is_told_why(link):
    address, guest = link
    page = signed_in(make.person("Other")).get(address)
    assert page.status_code == 409 and guest.email in page.text


def test_a_made_up_link_is_gone():
    assert Client().get(reverse("organisations:invitation", args=["x" * 43])).status_code == 404


def test_the_back_office_opens_on_ones_own_organisations():
    jette = make.organisation("Jette", opened_at=None)
    make.organisation("Ixelles")
    page = signed_in(make.member(jette)).get(reverse("wagtailadmin_home"))
    assert page.status_code == 200
    assert "Jette" in page.text and "Ixelles" not in page.text
    assert reverse("organisation:start", args=[jette.pk]) in page.text


def test_going_live_from_the_checklist_says_what_is_missing():
    jette = make.organisation("Jette", opened_at=None)
    client = signed_in(make.member(jette))
    address = reverse("organisation:start", args=[jette.pk])
    assert client.get(address).status_code == 200
    client.post(address)
    jette.refresh_from_db()
    assert jette.opened_at is None
    assert client.get(address).status_code == 200


def test_the_administrator_edits_the_look_in_the_back_office():
    jette = make.organisation("Jette", opened_at=None)
    client = signed_in(make.member(jette))
    address = reverse("organisation:edit", args=[jette.pk])
    page = client.get(address)
    assert page.status_code == 200 and "name_fr" in page.text and "id_slug" not in page.text
    sent = {
        "languages": ["fr"],
        "name_fr": "Jette",
        "brand": "#112233",
        "accent": "#ffcc00",
        "corners": "soft",
        "email": "a@b.be",
    }
    assert client.post(address, sent).status_code == 302
    jette.refresh_from_db()
    assert (jette.brand, jette.email, jette.slug[:5]) == ("#112233", "a@b.be", "jette")


def test_colours_are_shown_before_they_are_kept():
    client = signed_in(make.member(make.organisation("Jette")))
    page = client.get(reverse("organisation:look"), {"brand": "#ffff00", "accent": "#00ff00", "corners": "soft"})
    assert page.status_code == 200 and page.text.count("<svg") == 2
    assert client.get(reverse("organisation:look"), {"brand": "red"}).status_code == 422


def test_a_platform_administrator_creates_an_organisation():
    client = signed_in(make.platform_admin())
    sent = {
        "kind": "commune",
        "slug": "evere",
        "languages": ["fr", "nl"],
        "name_fr": "Evere",
        "name_nl": "Evere",
        "brand": "#112233",
        "accent": "#ffcc00",
        "corners": "soft",
    }
    assert client.get(reverse("organisation:add")).status_code == 200
    assert client.post(reverse("organisation:add"), sent).status_code == 302
    made = Organisation.objects.get(slug="evere")
    assert made.collection.name == "Evere" and made.opened_at is None and made.name_nl == "Evere"


def test_roles_are_changed_in_the_back_office():
    jette = make.organisation("Jette")
    make.member(jette, name="Boss")
    one = Membership.objects.get(person=make.member(jette, Role.EDITOR, name="Zoe"))
    client = signed_in(make.member(jette))
    address = reverse("membership:edit", args=[one.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"roles": ["moderator", "manager"]}).status_code == 302
    assert set(jette.memberships.filter(person=one.person).values_list("role", flat=True)) == {"moderator", "manager"}
