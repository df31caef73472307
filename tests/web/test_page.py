import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils.translation import override

from zenne.web import identity, navigation
from zenne.web.tags.charts import nice_ceiling
from zenne.web.tags.labels import initials
from zenne.web.tags.page import translations


def found(request: HttpRequest) -> HttpRequest:
    """The request as its page sees it: Django has found the view that answers."""
    with override("fr"):
        request.resolver_match = resolve(request.path)
    return request


def test_the_language_links_keep_the_page_and_its_query(rf: RequestFactory):
    assert translations(found(rf.get("/fr/styleguide/?look=jette")))["nl"] == "/nl/styleguide/?look=jette"


def test_after_a_form_the_language_links_lead_to_the_empty_page(rf: RequestFactory):
    assert translations(found(rf.post("/fr/styleguide/form/?look=jette")))["nl"] == "/nl/styleguide/form/"


def test_an_address_of_no_language_leads_home(rf: RequestFactory):
    assert translations(rf.get("/theme/x"))["en"] == "/en/"


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_gallery_renders_in_each_language(db, language):
    response = Client().get(f"/{language}/styleguide/")
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text
    assert 'rel="alternate"' not in response.text  # the gallery is not for search engines


def test_a_wrong_form_is_422_and_htmx_gets_the_form_alone(db):
    page = Client().post("/fr/styleguide/form/", {})
    assert page.status_code == 422
    assert "<html" in page.text
    fragment = Client().post("/fr/styleguide/form/", {}, headers={"HX-Request": "true"})
    assert fragment.status_code == 422
    assert "<html" not in fragment.text
    assert 'id="form"' in fragment.text


def test_a_menu_is_ordered_and_leaves_out_what_is_not_shown(rf: RequestFactory):
    navigation.register(navigation.Entry(navigation.Place.MAIN, "Form", "web:gallery-form", order=20))
    navigation.register(navigation.Entry(navigation.Place.MAIN, "Gallery", "web:gallery", order=10))
    navigation.register(navigation.Entry(navigation.Place.MAIN, "Hidden", "favicon", shown=lambda _request: False))
    lines = navigation.lines(navigation.Place.MAIN, rf.get("/fr/styleguide/form/"))
    assert [line.entry.label for line in lines] == ["Gallery", "Form"]


@pytest.mark.parametrize(
    ("name", "letters"), [("Nele V.", "NV"), ("Comité de quartier", "CQ"), ("Leïla", "L"), ("", ""), ("7", "")]
)
def test_initials(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(("value", "top"), [(0, 4), (4, 4), (5, 8), (244, 320), (1000, 1200), (99_999, 120_000)])
def test_a_scale_ends_on_a_round_number(value, top):
    assert nice_ceiling(value) == top


def test_the_picture_of_a_shared_link_is_drawn_only_for_words_that_we_signed(client):
    address = identity.worn_by(None).share_address
    picture = client.get(address)
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert "immutable" in picture["Cache-Control"]
    assert client.get(address.replace("/share/", "/share/x")).status_code == 404
