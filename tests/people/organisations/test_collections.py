from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.urls import reverse
from django.utils.translation import override
from PIL import Image as Picture
from wagtail.images.models import Image

from tests.people.organisations import factories as make
from tests.visitors import signed_in
from zenne.people.organisations import actions
from zenne.people.organisations.enums import OrganisationKind, Role
from zenne.people.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def house(name):
    new = Organisation(kind=OrganisationKind.COMMUNE, slug=name.lower(), name=name)
    return actions.create_organisation(organisation=new, by=None, now=make.NOW)


def picture(of, title):
    data = BytesIO()
    Picture.new("RGB", (8, 8), "red").save(data, "PNG")
    data.seek(0)
    return Image.objects.create(title=title, file=ImageFile(data, name=f"{title}.png"), collection=of.collection)


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_staff_sees_and_chooses_pictures_of_its_own_organisation_only():
    jette, ixelles = house("Jette"), house("Ixelles")
    mine, theirs = picture(jette, "ours"), picture(ixelles, "theirs")
    client = signed_in(make.member(jette, Role.EDITOR))
    for address in (reverse("wagtailimages:index"), reverse("wagtailimages_chooser:choose")):
        page = client.get(address)
        assert page.status_code == 200 and "ours" in page.text and "theirs" not in page.text
    assert client.get(reverse("wagtailimages_chooser:chosen", args=[mine.pk])).status_code == 200
    assert client.get(reverse("wagtailimages_chooser:chosen", args=[theirs.pk])).status_code != 200
    for name in ("edit", "delete"):
        address = reverse(f"wagtailimages:{name}", args=[theirs.pk])
        assert client.get(address).status_code in (302, 403, 404)
        assert client.post(address, {"title": "taken"}).status_code in (302, 403, 404)
    assert Image.objects.get(pk=theirs.pk).title == "theirs"


def test_the_window_in_which_a_file_is_chosen_speaks_the_language_of_its_reader():
    client = signed_in(make.member(house("Jette"), Role.EDITOR))
    label = client.get(reverse("wagtaildocs_chooser:choose")).context["search_tab_label"]
    for language, word in (("fr", "Chercher"), ("nl", "Zoeken"), ("en", "Search")):
        with override(language):
            assert str(label) == word


def test_uploads_go_to_own_collections_only():
    jette, ixelles = house("Jette"), house("Ixelles")
    page = signed_in(make.member(jette, Role.EDITOR)).get(reverse("wagtailimages:add"))
    assert page.status_code == 200
    assert f'value="{jette.collection.pk}"' in page.text or "collection" not in page.text
    assert f'value="{ixelles.collection.pk}"' not in page.text


def test_a_moderator_chooses_but_does_not_change():
    jette = house("Jette")
    mine = picture(jette, "ours")
    client = signed_in(make.member(jette, Role.MODERATOR))
    assert client.get(reverse("wagtailimages_chooser:choose")).status_code == 200
    assert client.get(reverse("wagtailimages:edit", args=[mine.pk])).status_code in (302, 403)


@pytest.mark.parametrize("kind", ["images", "documents", "pages"])
def test_the_json_behind_the_back_office_lists_own_things_only(kind):
    jette, ixelles = house("Jette"), house("Ixelles")
    mine, theirs = picture(jette, "ours"), picture(ixelles, "theirs")
    client = signed_in(make.member(jette, Role.EDITOR))
    answer = client.get(f"/manage/api/main/{kind}/")
    assert answer.status_code in (200, 403) and "theirs" not in answer.text
    if kind == "images":
        assert [item["id"] for item in answer.json()["items"]] == [mine.pk]
        assert client.get(f"/manage/api/main/images/{theirs.pk}/").status_code != 200


def test_bulk_deletion_takes_own_pictures_only():
    jette, ixelles = house("Jette"), house("Ixelles")
    theirs = picture(ixelles, "theirs")
    client = signed_in(make.member(jette))
    client.post(f"{reverse('wagtail_bulk_action', args=['wagtailimages', 'image', 'delete'])}?id={theirs.pk}")
    assert Image.objects.filter(pk=theirs.pk).exists()
