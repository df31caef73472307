import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from zenne.web.art import mark, share, street, tiles


def test_the_same_seed_draws_the_same_street_and_another_seed_another():
    first = street.facades("place-bockstael")
    street.facades.cache_clear()
    assert street.facades("place-bockstael") == first
    assert street.facades("place-flagey") != first


def test_a_street_is_well_formed_has_no_inline_style_and_stays_small():
    drawing = street.facades("rue-du-fort", "Une rue < de Bruxelles")
    assert ElementTree.fromstring(drawing).get("aria-label") == "Une rue < de Bruxelles"  # noqa: S314 - our own drawing
    assert "style=" not in drawing
    assert len(drawing) < 40_000


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
