import io
import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from PIL import Image

from zenne.web.art import mark, share, street, tiles


def test_the_same_seed_draws_the_same_street_and_another_seed_another():
    first = street.facades("place-bockstael")
    assert street.facades("place-bockstael") == first
    assert street.facades("place-flagey") != first


def test_a_street_is_well_formed_has_no_inline_style_and_stays_small():
    drawing = street.facades("rue-du-fort", "Une rue < de Bruxelles")
    assert ElementTree.fromstring(drawing).get("aria-label") == "Une rue < de Bruxelles"  # noqa: S314 - our own drawing
    assert "style=" not in drawing
    assert len(drawing) < 30_000


@pytest.mark.parametrize(("kind", "most"), [("tram", 3_800), ("calm", 3_600), ("short", 2_900)])
def test_a_street_travels_light(client, kind, most):
    for seed in ("home", "rue-du-fort", "place-flagey"):
        address = f"/streets/{kind}-{street.fingerprint(seed, kind)}/{seed}.svg"
        assert len(client.get(address, headers={"Accept-Encoding": "br"}).content) < most


def test_a_page_refers_to_its_street_in_a_file_that_browsers_keep_for_ever(client):
    shown = Template('{% facades "rue-du-fort" %}').render(Context())
    address = re.search(r'href="([^"]+)#street"', shown)[1]
    answer = client.get(address)
    assert len(shown) < 300 and answer["Cache-Control"].endswith("immutable")
    root = ElementTree.fromstring(answer.text)  # noqa: S314 - our own drawing
    assert root[0].get("id") == "street"
    assert "style" not in answer.text and "class=" not in answer.text, (
        "a style sheet of the page does not reach into the file"
    )
    assert street.facades("rue-du-fort").count("<path") == answer.text.count("<path")


def test_an_address_of_an_older_drawing_leads_to_the_present_one(client):
    answer = client.get("/streets/calm-00000000/rue-du-fort.svg")
    assert answer.status_code == 302 and client.get(answer.url).status_code == 200


def test_a_seed_that_no_address_can_hold_has_a_street_too(client):
    shown = Template("{% facades seed kind='short' %}").render(Context({"seed": "a/b <c>?"}))
    assert client.get(re.search(r'href="([^"]+)#street"', shown)[1]).status_code == 200


@pytest.mark.parametrize("motif", tiles.MOTIFS)
def test_every_motif_is_well_formed_and_its_id_is_its_own(motif):
    first, second = tiles.tile(motif, "1"), tiles.tile(motif, "2")
    ElementTree.fromstring(first)  # noqa: S314 - our own drawing
    assert first.split('pattern id="')[1].split('"')[0] != second.split('pattern id="')[1].split('"')[0]


def test_an_unknown_motif_becomes_one_of_ours():
    assert tiles.tile('"><script>', "1").startswith('<svg class="tile"')
    assert "script" not in tiles.tile('"><script>', "1")


def test_the_mark_wears_the_colours_it_is_given():
    assert "#0b6b4f" in mark.favicon("#0b6b4f", "#ff9d7a")
    assert "fill=" not in mark.mark()


@pytest.mark.parametrize("title", ["", "Quatorze arbres", "Un " * 80, "Donaudampfschifffahrtsgesellschaft" * 5])
def test_a_share_picture_has_the_size_that_networks_ask_for(title):
    picture = Image.open(io.BytesIO(share.share_image(title, "Jette ensemble", "#0b6b4f", "#ff9d7a")))
    assert picture.size == (1200, 630)
    assert picture.format == "PNG"
