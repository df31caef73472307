from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.people.organisations import factories as make
from tests.visitors import signed_in
from zenne.people.access.models import Group
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role

pytestmark = pytest.mark.django_db


def test_index_lists_own_rows_only():
    jette, ixelles = make.organisation("Jette"), make.organisation("Ixelles")
    make.group(jette, "Jette youth"), make.group(ixelles, "Ixelles youth")
    page = signed_in(make.member(jette, Role.MANAGER)).get(reverse("group:index"))
    assert page.status_code == 200
    assert "Jette youth" in page.text and "Ixelles youth" not in page.text


def test_editor_without_the_role_is_refused():
    jette = make.organisation("Jette")
    page = signed_in(make.member(jette, Role.EDITOR)).get(reverse("group:index"))
    assert page.status_code == 302


def test_edit_of_another_organisation_is_refused_and_unchanged():
    jette, ixelles = make.organisation("Jette"), make.organisation("Ixelles")
    theirs = make.group(ixelles, "Ixelles youth")
    client = signed_in(make.member(jette))
    address = reverse("group:edit", args=[theirs.pk])
    home = reverse("wagtailadmin_home")
    assert client.get(address).url == home
    assert client.post(address, {"organisation": jette.pk, "name": "Taken"}).url == home
    assert client.get(reverse("group:edit", args=[theirs.pk + 1])).url == home  # no different from one that never was
    theirs.refresh_from_db()
    assert (theirs.name, theirs.organisation) == ("Ixelles youth", ixelles)


def test_create_offers_and_takes_own_organisations_only():
    jette, ixelles = make.organisation("Jette"), make.organisation("Ixelles")
    client = signed_in(make.member(jette))
    page = client.get(reverse("group:add"))
    assert "Jette" in page.text and "Ixelles" not in page.text
    client.post(reverse("group:add"), {"organisation": ixelles.pk, "name": "Foreign"})
    assert not Group.objects.exists()
    client.post(reverse("group:add"), {"organisation": jette.pk, "name": "Own"})
    assert Group.objects.get().organisation == jette
    assert Entry.objects.get().event == "group.created"


def test_history_page_shows_what_was_done():
    jette = make.organisation("Jette")
    client = signed_in(make.member(jette))
    client.post(reverse("group:add"), {"organisation": jette.pk, "name": "Own"})
    page = client.get(reverse("group:history", args=[Group.objects.get().pk]))
    assert page.status_code == 200 and "Groupe créé" in page.text


def test_delete_goes_and_is_recorded():
    jette = make.organisation("Jette")
    group = make.group(jette)
    signed_in(make.member(jette)).post(reverse("group:delete", args=[group.pk]))
    assert not Group.objects.exists()
    assert Entry.objects.get().event == "group.deleted"


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_export_holds_own_rows_only(form):
    jette, ixelles = make.organisation("Jette"), make.organisation("Ixelles")
    make.group(jette, "Jette youth"), make.group(ixelles, "Ixelles youth")
    page = signed_in(make.member(jette)).get(reverse("group:index"), {"export": form})
    content = b"".join(page.streaming_content) if page.streaming else page.content
    assert page.status_code == 200
    text = content.decode() if form == "csv" else str(list(load_workbook(BytesIO(content)).active.values))
    assert "Jette youth" in text and "Ixelles" not in text


def test_exported_text_is_no_formula():
    jette = make.organisation("Jette")
    make.group(jette, "=cmd|' /C calc'!A0")
    page = signed_in(make.member(jette)).get(reverse("group:index"), {"export": "csv"})
    assert b"'=cmd" in b"".join(page.streaming_content)
