import pytest
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zenne.web import theme

colours = st.integers(min_value=0, max_value=0xFFFFFF).map(lambda number: f"#{number:06x}")


@settings(max_examples=150, deadline=None)
@given(brand=colours, accent=colours)
@example(brand="#000000", accent="#000000")
@example(brand="#ffffff", accent="#ffffff")
@example(brand="#808080", accent="#777777")
@example(brand="#ffff00", accent="#0000ff")
def test_any_two_colours_give_a_readable_theme(brand, accent):
    made = theme.make(brand, accent)
    assert theme.failures(made.light) == []
    assert theme.failures(made.dark) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("number", theme.CATEGORY_HUES)
def test_a_category_can_be_read_on_its_tile_and_on_a_card(number, scheme):
    roles = theme.category(number, scheme)
    surface = {"light": "#ffffff", "dark": "#2a2e45"}[scheme]
    assert theme.contrast(roles["cat-ink"], roles["tile-a"]) >= 6
    assert theme.contrast(roles["cat-ink"], surface) >= 6
    assert theme.contrast(roles["cat-fill"], surface) >= 3


def test_a_good_brand_colour_is_kept_as_it_is():
    assert theme.make("#3d37b0", "#ffc93c").light["brand"] == "#3d37b0"
    assert theme.make("#3d37b0", "#ffc93c").light["accent"] == "#ffc93c"


def test_contrast_of_black_on_white_is_the_greatest():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("text", ["", "red", "#fff", "#3d37b0;}", "3d37b", "#3d37b0ff", "url(x)"])
def test_what_is_not_six_hex_digits_is_not_a_colour(text):
    with pytest.raises(theme.NotAColour):
        theme.colour(text)


def test_the_stylesheet_is_served_for_ever_and_changes_with_its_colours(db):
    response = Client().get("/theme/3d37b0-ffc93c-round.css")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]
    assert "--c-brand:#3d37b0" in response.text
    assert (
        Client().get("/theme/3d37b0-ffc93c-round.css", headers={"If-None-Match": response["ETag"]}).status_code == 304
    )
    assert theme.fingerprint("#3d37b0", "#ffc93c", "round") != theme.fingerprint("#3d37b0", "#ffc93c", "square")


@pytest.mark.parametrize(
    "address", ["3d37b0-ffc93c-evil", "x-ffc93c-round", "3d37b0-%7D%3C-round", "3d37b0-ffc93c-", "..%2F..-ffc93c-round"]
)
def test_a_hostile_address_is_not_found(db, address):
    assert Client().get(f"/theme/{address}.css").status_code == 404
